import type { ApplicationType } from '../ports/application';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Why users can't be led back there with an answer; null when they can. */
export function whyNoRedirectUri(type: ApplicationType, text: string): string | null {
  return type === 'machine' || type === 'device'
    ? 'has no use for this type of application'
    : whyNoUriToLeadTo(type, text);
}

/** Why an application of this type can't have users led there (RFC 8252, RFC 9700 section 4.1); null when it can. */
export function whyNoUriToLeadTo(type: ApplicationType, text: string): string | null {
  const why = whyNoUri(text, type === 'native');
  if (why !== null || (type !== 'native' && type !== 'device')) return why;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' && LOOPBACK.has(hostname) ? 'must be http on this machine itself' : null;
}

/** Why this is no address of an application's pages; null when it is. */
export function whyNoUri(text: string, orOfAnApp = false): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || /[\s\\*]/.test(text)) return 'must be a URL, without wildcards';
  if (text.includes('#')) return 'must have no fragment';
  if (url.username || url.password) return 'must have no user name';
  if (url.protocol === 'https:') return null;
  if (url.protocol === 'http:')
    return LOOPBACK.has(url.hostname) ? null : 'must be https, or http on this machine';
  // RFC 8252, section 7.1: a domain name backwards, which an app's maker owns.
  if (orOfAnApp && /^[a-z][a-z0-9+-]*\.[a-z0-9.+-]+:$/.test(url.protocol)) return null;
  return orOfAnApp
    ? 'must be https, http on this machine, or a scheme such as com.example.app'
    : 'must be https';
}
