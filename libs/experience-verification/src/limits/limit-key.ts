import { hash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Identifier } from '../identifiers/identifier';
import { withoutMapping } from '../ports/http-exchange';

/** 128 bits of a hash, base64url: enough to tell keys apart. */
const hashOf = (text: string): string => hash('sha256', text, 'buffer').toString('base64url', 0, 16);

/** The key under which servers share a count. */
export const sharedKey = (key: string): string => hashOf(key);

/** The same as its column has it. */
export const bytesOfKey = (key: string): Buffer => Buffer.from(key, 'base64url');

/** Stands for an identifier of a tenant where only sameness matters. */
export const identifierHashOf = ({ type, value }: Identifier, { tenant }: { tenant: string }): string =>
  hashOf(`${type} ${value} ${tenant}`);

/** The network that one caller has: an IPv4 address, or the /64 of an IPv6 one. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const bare = withoutMapping(address);
  return isIPv6(bare) ? `${groupsOf(bare).slice(0, 4).join(':')}::/64` : bare;
}

/** The eight groups of an IPv6 address, without leading zeros. */
export function groupsOf(address: string): string[] {
  const [head = '', tail] = address.replace(/%.*$/, '').toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(zeros).fill('0'), ...right].map((group) =>
    Number.parseInt(group, 16).toString(16),
  );
}
