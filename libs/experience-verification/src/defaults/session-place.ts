import { isIPv4, isIPv6 } from 'node:net';
import Bowser from 'bowser';
import { groupsOf } from '../limits/limit-key';
import { withoutMapping } from '../ports/http-exchange';

/** The network of an address, as its owner recognises a place: `203.0.113.0/24`, `2001:db8:1::/48`; null of none. */
export function placeOf(ip: string | undefined): string | null {
  if (ip === undefined) return null;
  const address = withoutMapping(ip);
  if (isIPv4(address)) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  return isIPv6(address) ? `${groupsOf(address).slice(0, 3).join(':')}::/48` : null;
}

/** The browser and the system of a User-Agent header: `Firefox on Linux`; null where it tells of neither. */
export function browserInWords(userAgent: string | undefined): string | null {
  if (!userAgent) return null;
  const { browser, os } = Bowser.parse(userAgent.slice(0, 512));
  if (browser.name && os.name) return `${browser.name} on ${os.name}`;
  return browser.name || os.name || null;
}
