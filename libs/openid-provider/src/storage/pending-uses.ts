import type { default as Provider } from 'oidc-provider';

/**
 * Uses a code or token.
 * @param decide by one statement; false when somebody else was first
 * @throws InvalidGrant then
 */
export type Use = (decide: (key: Buffer) => Promise<boolean>) => Promise<void>;

/** Uses of codes, of requests under way, that wait for the statement that writes the access token: it decides both. */
export class PendingUses {
  private readonly ofRequests = new WeakMap<object, Use>();

  /** @param request that is under way */
  constructor(private readonly request: () => object | undefined) {}

  put(use: Use): void {
    const request = this.request();
    if (!request) throw new Error('a code is used by a request');
    this.ofRequests.set(request, use);
  }

  take(): Use | undefined {
    const request = this.request();
    const use = request && this.ofRequests.get(request);
    if (request) this.ofRequests.delete(request);
    return use;
  }
}

/** Has a code used also where its access token is not kept: one that is a JWT. */
export function useCodesAnyway(
  { AccessToken }: Provider,
  uses: PendingUses,
  consume: (key: Buffer) => Promise<boolean>,
): void {
  const { save } = AccessToken.prototype as { save: (this: object) => Promise<string> };
  Object.assign(AccessToken.prototype, {
    async save(this: object): Promise<string> {
      const value = await save.call(this);
      await uses.take()?.(consume);
      return value;
    },
  });
}
