import { type KeyObject, verify } from 'node:crypto';

/** A JSON Web Signature (RFC 7515) whose header has certificates. Nothing of it is checked yet. */
export interface CertifiedJws {
  algorithm: unknown;
  /** DER, that of its key first. */
  x5c: unknown;
  payload: Record<string, unknown>;
  signed: Buffer;
  signature: Buffer;
}

/** @throws Error when it can't be read */
export function readJws(compact: string): CertifiedJws {
  const [header = '', payload = '', signature, ...others] = compact.split('.');
  if (signature === undefined || others.length > 0) throw new Error('it is not a JSON Web Signature');
  const { alg, x5c } = readPart(header);
  return {
    algorithm: alg,
    x5c: Array.isArray(x5c) ? x5c.map((one) => Buffer.from(String(one), 'base64')) : x5c,
    payload: readPart(payload),
    signed: Buffer.from(`${header}.${payload}`),
    signature: Buffer.from(signature, 'base64url'),
  };
}

function readPart(part: string): Record<string, unknown> {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
  if (typeof value !== 'object' || value === null) throw new Error('a part of the signature is no object');
  return value as Record<string, unknown>;
}

/** Those that such signatures are made with (RFC 7518, sections 3.3 and 3.4), and the key that each needs. */
const ALGORITHMS: Readonly<Record<string, { key: string; hash: string }>> = {
  RS256: { key: 'rsa', hash: 'sha256' },
  RS384: { key: 'rsa', hash: 'sha384' },
  RS512: { key: 'rsa', hash: 'sha512' },
  ES256: { key: 'prime256v1', hash: 'sha256' },
  ES384: { key: 'secp384r1', hash: 'sha384' },
  ES512: { key: 'secp521r1', hash: 'sha512' },
};

/**
 * Whether the key has signed it.
 * @throws Error when the algorithm is not known, or the key is of another
 */
export function isJwsSignedBy({ algorithm, signed, signature }: CertifiedJws, key: KeyObject): boolean {
  const known = typeof algorithm === 'string' && Object.hasOwn(ALGORITHMS, algorithm);
  const { key: kind, hash } = (known && ALGORITHMS[algorithm]) || {};
  if (!kind || kind !== (key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType)) {
    throw new Error(`the algorithm ${String(algorithm)} is not known, or not that of the certificate`);
  }
  return verify(hash, signed, { key, dsaEncoding: 'ieee-p1363' }, signature);
}
