import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

cryptoProvider.set(webcrypto as Crypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

/** A certificate with the key that it is of. */
export interface Certified {
  name: string;
  keys: CryptoKeyPair;
  der: Buffer;
}

export interface CertificateOptions {
  name?: string;
  /** Itself, by default. */
  issuer?: Certified;
  /** Default: new ones. */
  keys?: CryptoKeyPair;
  /** Whether it may issue others, and how many may be between. Default false. */
  authority?: boolean | number;
  /** What its key usage says. Default: as `authority`. */
  signsCertificates?: boolean;
  /** Days from now. */
  from?: number;
  until?: number;
  extensions?: Extension[];
}

export const newKeys = () =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

/** Makes a certificate on P-256. */
export async function certify(options: CertificateOptions = {}): Promise<Certified> {
  const { name = 'CN=Test', issuer, authority = false } = options;
  const keys = options.keys ?? (await newKeys());
  const isAuthority = authority !== false;
  const usage =
    (options.signsCertificates ?? isAuthority) ? KeyUsageFlags.keyCertSign : KeyUsageFlags.digitalSignature;
  const certificate = await X509CertificateGenerator.create({
    subject: name,
    issuer: issuer?.name ?? name,
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(Date.now() + (options.from ?? -1) * DAY_MS),
    notAfter: new Date(Date.now() + (options.until ?? 1) * DAY_MS),
    extensions: [
      new BasicConstraintsExtension(isAuthority, typeof authority === 'number' ? authority : undefined, true),
      new KeyUsagesExtension(usage, true),
      ...(options.extensions ?? []),
    ],
  });
  return { name, keys, der: Buffer.from(certificate.rawData) };
}
