import { isIPv4, isIPv6 } from 'node:net';
import Bowser from 'bowser';

/** The network of an address, as its owner recognises a place: `203.0.113.0/24`, `2001:db8:1::/48`; null of none. */
export function networkOf(ip: string | undefined): string | null {
  if (ip === undefined) return null;
  const mapped = /^::ffff:([\d.]+)$/i.exec(ip)?.[1];
  if (isIPv4(mapped ?? ip)) return `${(mapped ?? ip).split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(ip)) return null;
  const groups = expand(ip).slice(0, 3);
  return `${groups.join(':')}::/48`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function expand(ip: string): string[] {
  const [head = '', tail] = ip.replace(/%.*$/, '').split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: zeros }, () => '0'), ...after].map((group) =>
    group.replace(/^0+(?=.)/, ''),
  );
}

/** The browser and the system of a User-Agent header: `Firefox on Linux`; null where it tells of neither. */
export function browserInWords(userAgent: string | undefined): string | null {
  if (!userAgent) return null;
  const { browser, os } = Bowser.parse(userAgent.slice(0, 512));
  if (browser.name && os.name) return `${browser.name} on ${os.name}`;
  return browser.name ?? os.name ?? null;
}
