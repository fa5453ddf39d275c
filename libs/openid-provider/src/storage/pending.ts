import type { AuditEvent } from 'nestjs-passkey-sign-in';
import type { default as Provider } from 'oidc-provider';

/** What waits, of requests under way, for the statement that writes the token. */
export class Pending<T> {
  private readonly ofRequests = new WeakMap<object, T>();

  /** @param request that is under way */
  constructor(private readonly request: () => object | undefined) {}

  put(value: T): void {
    const request = this.request();
    if (!request) throw new Error('tokens are given to requests');
    this.ofRequests.set(request, value);
  }

  take(): T | undefined {
    const request = this.request();
    const value = request && this.ofRequests.get(request);
    if (request) this.ofRequests.delete(request);
    return value;
  }
}

/**
 * Uses a code.
 * @param decide by one statement; false when somebody else was first
 * @throws InvalidGrant then
 */
export type Use = (decide: (key: Buffer) => Promise<boolean>) => Promise<void>;

/** What is done with each token that an application is given. */
export interface Issuing {
  uses: Pending<Use>;
  events: Pending<AuditEvent>;
  /** Makes the event of the request under way. */
  event: () => AuditEvent;
  /** Of a token that is not kept. */
  consume: (key: Buffer) => Promise<boolean>;
  record: (event: AuditEvent) => Promise<void>;
}

/** Has the event written, and the code used, before an application has its token, also where that is not kept: one that is a JWT. */
export function tellOfTokens(
  { AccessToken, ClientCredentials }: Provider,
  { uses, events, event, consume, record }: Issuing,
): void {
  for (const { prototype } of [AccessToken, ClientCredentials]) {
    const { save } = prototype as { save: (this: object) => Promise<string> };
    Object.assign(prototype, {
      async save(this: object): Promise<string> {
        events.put(event());
        const value = await save.call(this);
        await uses.take()?.(consume);
        const unwritten = events.take();
        if (unwritten) await record(unwritten);
        return value;
      },
    });
  }
}
