import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  COSE_ALGORITHMS,
  type CoseAlgorithm,
} from '../../libs/experience-verification/src/webauthn/cose-algorithms';
import { toCoseKey } from '../../libs/experience-verification/src/webauthn/cose-key';

/** A credential's key pair, as an authenticator keeps it. */
export interface CredentialKey {
  /** COSE algorithm identifier. */
  algorithm: number;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** COSE_Key (RFC 9052, RFC 9053, RFC 8230). */
  coseKey: Buffer;
}

export const SUPPORTED_ALGORITHMS = [...new Set(COSE_ALGORITHMS.map(({ id }) => id))];

function algorithmOf(identifier: number): CoseAlgorithm {
  const algorithm = COSE_ALGORITHMS.find(({ id }) => id === identifier);
  if (!algorithm) throw new Error(`algorithm ${identifier} is not supported`);
  return algorithm;
}

interface KeyPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** RSA keys take long to make: of so many, one after the other is used again. */
const RSA_KEYS = 4;
const rsaKeys: KeyPair[] = [];
let rsaCredentials = 0;

function rsaKey(): KeyPair {
  const index = rsaCredentials++ % RSA_KEYS;
  return (rsaKeys[index] ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
}

function generate({ kty, curve }: CoseAlgorithm): KeyPair {
  if (!curve) return rsaKey();
  if (kty === 'EC') return generateKeyPairSync('ec', { namedCurve: curve.jwk });
  return curve.jwk === 'Ed448' ? generateKeyPairSync('ed448') : generateKeyPairSync('ed25519');
}

export function generateCredentialKey(identifier: number): CredentialKey {
  const algorithm = algorithmOf(identifier);
  const pair = generate(algorithm);
  const coseKey = toCoseKey(algorithm, pair.publicKey.export({ format: 'jwk' }));
  return { algorithm: identifier, ...pair, coseKey };
}

/** A signature as authenticators make it: DER for ECDSA, raw for EdDSA, of PKCS #1 for RSA. */
export function signWith({ algorithm, privateKey }: CredentialKey, data: Buffer): Buffer {
  const { hash, padding } = algorithmOf(algorithm);
  return sign(hash, data, { key: privateKey, ...padding });
}
