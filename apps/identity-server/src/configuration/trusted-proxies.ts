import { BlockList, isIP } from 'node:net';

/** Whether an address is that of a proxy whose X-Forwarded-For is believed. */
export type TrustedProxies = (address: string) => boolean;

/**
 * @param entries addresses and networks (CIDR); none: nobody is trusted
 * @throws Error for an entry that is neither
 */
export function toTrustedProxies(entries: string[]): TrustedProxies | null {
  if (entries.length === 0) return null;
  const trusted = new BlockList();
  for (const entry of entries) {
    const [address = '', bits, ...rest] = entry.split('/');
    const most = { 4: 32, 6: 128 }[isIP(address)];
    const fits = bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (most ?? 0));
    if (most === undefined || !fits || rest.length > 0) {
      throw new Error(`"${entry}" is not an address or a network such as 10.0.0.0/8`);
    }
    trusted.addSubnet(address, Number(bits ?? most), familyOf(address));
  }
  return (address) => isIP(address) !== 0 && trusted.check(address, familyOf(address));
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
