import { BlockList, isIP, isIPv4 } from 'node:net';

/** Whether an address is that of a proxy whose X-Forwarded-For is believed. */
export type TrustedProxies = (address: string) => boolean;

/**
 * @param entries addresses and networks (CIDR); none: nobody is trusted
 * @throws Error for an entry that is neither
 */
export function toTrustedProxies(entries: string[]): TrustedProxies | null {
  if (entries.length === 0) return null;
  const trusted = new BlockList();
  const networks: Network[] = [];
  let isPlain = true;
  for (const entry of entries) {
    const [address = '', bits, ...rest] = entry.split('/');
    const most = { 4: 32, 6: 128 }[isIP(address)];
    const fits = bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (most ?? 0));
    if (most === undefined || !fits || rest.length > 0) {
      throw new Error(`"${entry}" is not an address or a network such as 10.0.0.0/8`);
    }
    trusted.addSubnet(address, Number(bits ?? most), familyOf(address));
    if (isIPv4(address)) networks.push(toNetwork(address, Number(bits ?? most)));
    else isPlain &&= !hasMapped(address, Number(bits ?? most));
  }
  return (address) => {
    if (isPlain && isIPv4(address)) return isIn(networks, toNumber(address));
    return isIP(address) !== 0 && trusted.check(address, familyOf(address));
  };
}

/** IPv4 addresses as numbers: of each that it is asked about, BlockList makes an object outside the heap. */
interface Network {
  first: number;
  last: number;
}

const [DOT, ZERO] = [46, 48];

const MAPPED = new BlockList();
MAPPED.addSubnet('::ffff:0:0', 96, 'ipv6');

/** Whether IPv4 addresses are in an IPv6 network, mapped into it. */
function hasMapped(address: string, bits: number): boolean {
  const network = new BlockList();
  network.addSubnet(address, bits, 'ipv6');
  return MAPPED.check(address, 'ipv6') || network.check('::ffff:0:0', 'ipv6');
}

const isIn = (networks: Network[], number: number): boolean =>
  networks.some(({ first, last }) => first <= number && number <= last);

function toNetwork(address: string, bits: number): Network {
  const size = 2 ** (32 - bits);
  const first = toNumber(address) - (toNumber(address) % size);
  return { first, last: first + size - 1 };
}

function toNumber(address: string): number {
  let [number, byte] = [0, 0];
  for (let index = 0; index < address.length; index++) {
    const code = address.charCodeAt(index);
    if (code === DOT) [number, byte] = [number * 256 + byte, 0];
    else byte = byte * 10 + code - ZERO;
  }
  return number * 256 + byte;
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
