import { domainToASCII } from 'node:url';
import { parse as parseDomain } from 'tldts';

export const isLocalhost = (host: string): boolean => host === 'localhost' || host.endsWith('.localhost');

/** As browsers compare them: domains in Unicode are ASCII there (UTS #46). */
const toAscii = (id: string): string => (/[^\0-\x7f]/.test(id) ? domainToASCII(id) : id);

/**
 * An RP ID is a domain that is no public suffix (WebAuthn Level 3, section 4, and the public suffix list), or the name of a
 * host on one's own network, which has one label.
 * @returns it in ASCII
 * @throws Error that names it
 */
export function toRelyingPartyId(given: string): string {
  const id = toAscii(given);
  if (isLocalhost(id)) return id;
  const { domain, hostname, isIp, isIcann, isPrivate } = parseDomain(id, { allowPrivateDomains: true });
  const named = id === given ? `"${id}"` : `"${given}" (${id || 'no domain'})`;
  if (isIp || hostname !== id || id === '') throw new Error(`must be a domain in lower case, is ${named}`);
  if (domain === null && (isIcann || isPrivate || id.includes('.'))) {
    throw new Error(`${named} is a public suffix, under which anybody can register: browsers refuse it`);
  }
  return id;
}

/** A browser's origin in its one spelling. Browsers run WebAuthn on https, and on http for localhost only. */
function toOrigin(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/` || text.includes('*')) {
    throw new Error(`"${text}" is not an origin such as https://example.com`);
  }
  if (url.protocol === 'http:' && !isLocalhost(url.hostname)) {
    throw new Error(`"${url.origin}" must be https: browsers allow http for localhost only`);
  }
  return url;
}

/**
 * An origin of the relying party's own: the RP ID is its host or a parent of it.
 * @param others what takes other origins
 * @throws Error that names the origin
 */
export function toOwnOrigin(text: string, rpId: string, others: string): string {
  const url = toOrigin(text);
  if (url.hostname === rpId || url.hostname.endsWith(`.${rpId}`)) return url.origin;
  throw new Error(`"${url.origin}" is not on RP_ID "${rpId}" or a subdomain of it; ${others} takes others`);
}

/** Names that browsers look at in a list of related origins (WebAuthn Level 3, section 5.11.1): more may be passed over. */
const LABELS = 5;

/** Origins whose names come after those that browsers look at. */
export function originsPassedOver(origins: string[]): string[] {
  const labels = new Set<string>();
  return origins.filter((origin) => {
    const { domainWithoutSuffix, hostname } = parseDomain(origin, { allowPrivateDomains: true });
    labels.add(domainWithoutSuffix ?? hostname ?? origin);
    return labels.size > LABELS;
  });
}

/** Android names an app by the SHA-256 of its signing certificate, base64url. */
const ANDROID_APP = /^android:apk-key-hash:[\w-]{43}$/;

/** @throws Error that names the origin */
export const toRelatedOrigin = (text: string): string =>
  ANDROID_APP.test(text) ? text : toOrigin(text).origin;
