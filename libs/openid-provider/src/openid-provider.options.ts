import type { Application } from './ports/application';
import type { ProviderLanguages } from './pages/texts';

/** How the provider is set up. What it keeps is sealed under the module's `secret`. */
export interface OpenIdProviderOptions {
  /**
   * The issuer of the relying party that is no tenant. Default: the first of its origins, its base path, and `/oidc`. Tenants have theirs at
   * their own first origin.
   */
  issuer?: string;
  /** APIs of the host's own, for which applications may ask for access tokens (RFC 8707): JWTs, as RFC 9068 has them. */
  resources?: ResourceOptions[];
  /**
   * Applications that are what this says after each start, and are not changed by the API: `toApplications` reads them. One that
   * was here, and is no more, ends. Default: there are none of the kind, and none ends.
   */
  applications?: Application[];
  /** Languages of the provider's own pages. Default: English alone. */
  languages?: ProviderLanguages;
}

export interface ResourceOptions {
  /** A URI, which is the tokens' `aud`. */
  identifier: string;
  /** Scopes that it knows. */
  scopes: string[];
}

export const OPENID_PROVIDER_OPTIONS = Symbol('OPENID_PROVIDER_OPTIONS');

/** Under which path of an origin an issuer is. */
export const ISSUER_PATH = '/oidc';

/** @throws Error that says what an issuer must be */
export function toIssuer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Error('must be a URL such as https://login.example.com/oidc');
  if (url.protocol === 'http:' && !/^(.+\.)?localhost$/.test(url.hostname)) {
    throw new Error('must be https: http is for localhost alone');
  }
  if (url.username || url.password) throw new Error('must have no credentials in it');
  if (url.search || url.hash || text.endsWith('/'))
    throw new Error('must have no query, fragment or final slash');
  if (url.pathname === '/') throw new Error(`must have a path, such as ${ISSUER_PATH}`);
  return url.href;
}

/** @throws Error when the options can't work together; the message names the option */
export function checkOpenIdProviderOptions(options: OpenIdProviderOptions): OpenIdProviderOptions {
  const { issuer } = options;
  try {
    if (issuer !== undefined) toIssuer(issuer);
  } catch (error) {
    throw new Error(`issuer: ${(error as Error).message}`, { cause: error });
  }
  try {
    options.resources?.forEach(checkResource);
  } catch (error) {
    throw new Error(`resources: ${(error as Error).message}`, { cause: error });
  }
  return options;
}

/** @throws Error that says what identifiers and scopes must be */
export function checkResource({ identifier, scopes }: ResourceOptions): void {
  if (!URL.canParse(identifier) || identifier.includes('#')) {
    throw new Error(`"${identifier}" must be a URI without a fragment`);
  }
  const wrong = scopes.find((scope) => !/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope));
  if (wrong !== undefined) throw new Error(`"${wrong}" of "${identifier}" can't be a scope`);
}
