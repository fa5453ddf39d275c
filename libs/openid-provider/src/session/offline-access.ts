import type { default as Provider } from 'oidc-provider';

/** What a request asks to be prompted for; `consent` counts as asked for where offline access is. */
class Prompts extends Set<string> {
  constructor(
    names: string[],
    private readonly offline: boolean,
  ) {
    super(names);
  }

  override has(name: string): boolean {
    return super.has(name) || (name === 'consent' && this.offline);
  }
}

const words = (text: unknown): string[] => (typeof text === 'string' ? text.split(' ') : []);

/**
 * OpenID Connect Core 1.0, section 11: offline access needs consent, unless other conditions allow it. Here they do: who has
 * granted it to somebody else's application has seen it, and the operator's own need not ask. What a request itself says
 * is asked for is in its parameter (session/policy.ts).
 */
export function allowOfflineAccess(provider: Provider): void {
  Object.defineProperty(provider.OIDCContext.prototype, 'prompts', {
    get(this: { params?: Record<string, unknown> }): Set<string> {
      const { prompt, scope } = this.params ?? {};
      return new Prompts(words(prompt), words(scope).includes('offline_access'));
    },
  });
}
