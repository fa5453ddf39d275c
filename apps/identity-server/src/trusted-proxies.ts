import { isIP } from 'node:net';

/**
 * Addresses and networks (CIDR) of the proxies whose X-Forwarded-For is believed.
 * @throws Error for an entry that is neither
 */
export function toTrustedProxies(entries: string[]): string[] {
  for (const entry of entries) {
    const [address = '', bits, ...rest] = entry.split('/');
    const most = { 4: 32, 6: 128 }[isIP(address)];
    const fits = bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (most ?? 0));
    if (most === undefined || !fits || rest.length > 0) {
      throw new Error(`"${entry}" is not an address or a network such as 10.0.0.0/8`);
    }
  }
  return entries;
}
