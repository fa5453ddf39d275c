import { constants, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { encodeCBOR } from '@levischuck/tiny-cbor';

/** A credential's key pair, as an authenticator keeps it. */
export interface CredentialKey {
  /** COSE algorithm identifier. */
  algorithm: number;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** COSE_Key (RFC 9052, RFC 9053, RFC 8230). */
  coseKey: Buffer;
}

interface Algorithm {
  generate: () => { privateKey: KeyObject; publicKey: KeyObject };
  hash: string | null;
  keyType: number;
  /** Members of the key type, labels -1 and down. */
  cose: (jwk: JsonWebKey) => [number, number | Uint8Array][];
}

const bytes = (text = '') => new Uint8Array(Buffer.from(text, 'base64url'));

const ecdsa = (namedCurve: string, hash: string, curve: number): Algorithm => ({
  generate: () => generateKeyPairSync('ec', { namedCurve }),
  hash,
  keyType: 2,
  cose: ({ x, y }) => [
    [-1, curve],
    [-2, bytes(x)],
    [-3, bytes(y)],
  ],
});

const edwards = (type: 'ed25519' | 'ed448', curve: number): Algorithm => ({
  generate: () => (type === 'ed25519' ? generateKeyPairSync(type) : generateKeyPairSync(type)),
  hash: null,
  keyType: 1,
  cose: ({ x }) => [
    [-1, curve],
    [-2, bytes(x)],
  ],
});

/** By COSE algorithm identifier: EdDSA, ES256, ES384, ES512, Ed448, RS256. */
const ALGORITHMS = new Map<number, Algorithm>([
  [-8, edwards('ed25519', 6)],
  [-7, ecdsa('P-256', 'sha256', 1)],
  [-35, ecdsa('P-384', 'sha384', 2)],
  [-36, ecdsa('P-521', 'sha512', 3)],
  [-53, edwards('ed448', 7)],
  [
    -257,
    {
      generate: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
      hash: 'sha256',
      keyType: 3,
      cose: ({ n, e }) => [
        [-1, bytes(n)],
        [-2, bytes(e)],
      ],
    },
  ],
]);

export const SUPPORTED_ALGORITHMS = [...ALGORITHMS.keys()];

function algorithmOf(identifier: number): Algorithm {
  const algorithm = ALGORITHMS.get(identifier);
  if (!algorithm) throw new Error(`algorithm ${identifier} is not supported`);
  return algorithm;
}

export function generateCredentialKey(algorithm: number): CredentialKey {
  const { generate, keyType, cose } = algorithmOf(algorithm);
  const pair = generate();
  const members = cose(pair.publicKey.export({ format: 'jwk' }));
  // In the canonical order of CTAP2.
  const coseKey = Buffer.from(
    encodeCBOR(new Map<number, number | Uint8Array>([[1, keyType], [3, algorithm], ...members])),
  );
  return { algorithm, ...pair, coseKey };
}

/** A signature as authenticators make it: DER for ECDSA, raw for EdDSA, PKCS #1 v1.5 for RS256. */
export function signWith({ algorithm, privateKey }: CredentialKey, data: Buffer): Buffer {
  return sign(algorithmOf(algorithm).hash, data, { key: privateKey, padding: constants.RSA_PKCS1_PADDING });
}
