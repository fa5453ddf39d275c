import { hash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Identifier } from '../identifiers/identifier';

/** 128 bits of a hash, base64url: enough to tell keys apart. */
const hashOf = (text: string): string => hash('sha256', text, 'buffer').toString('base64url', 0, 16);

/** The key under which servers share a count. */
export const sharedKey = (key: string): string => hashOf(key);

/** Stands for an identifier where only sameness matters. */
export const identifierHashOf = ({ type, value }: Identifier): string => hashOf(`${type} ${value}`);

/** The network that one caller has: an IPv4 address, or the /64 of an IPv6 one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.replace(/%.*$/, '').toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
