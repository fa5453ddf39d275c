import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * One spelling of an address: without port, brackets and zone, and IPv4 as such where it is mapped into IPv6; null of
 * what is no address, such as `unknown` or an obfuscated identifier (RFC 7239, section 6).
 */
export function toAddress(text: string): string | null {
  const bare = text.trim().replace(/^"(.*)"$/, '$1');
  const unbracketed = /^\[([^\]]*)\](:\d+)?$/.exec(bare)?.[1] ?? bare.replace(/^([\d.]+):\d+$/, '$1');
  const address = unbracketed.replace(/%.*$/, '');
  const mapped = MAPPED.exec(address)?.[1];
  return isIP(mapped ?? address) === 0 ? null : (mapped ?? address).toLowerCase();
}

/** The `for` parameters of a Forwarded header (RFC 7239, section 4), in its order; '' where an element has none. */
const forwardedFor = (header: string): string[] =>
  (header.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []).map(
    (element) => /(?:^|;)\s*for\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)/i.exec(element)?.[1] ?? '',
  );

/**
 * Rewrites what proxies say of callers to bare addresses, so that a caller is the same however it was spelled. From the
 * last value that is no address on, what stands before it is worth nothing: the proxy that took it is the caller.
 */
export function normaliseForwardedAddresses({ headers }: IncomingMessage): void {
  const { forwarded } = headers;
  const given = [headers['x-forwarded-for'] ?? []].flat().join(',');
  if (!given && !forwarded) return;
  const addresses = (given ? given.split(',') : forwardedFor(forwarded ?? '')).map(toAddress);
  const known = addresses.slice(addresses.lastIndexOf(null) + 1);
  if (known.length > 0) headers['x-forwarded-for'] = known.join(', ');
  else delete headers['x-forwarded-for'];
}
