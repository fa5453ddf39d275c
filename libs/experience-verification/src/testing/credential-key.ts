import { type KeyObject, sign } from 'node:crypto';
import { COSE_ALGORITHMS, type CoseAlgorithm, NAMED_ALGORITHMS } from '../webauthn/cose-algorithms';
import { toCoseKey } from '../webauthn/cose-key';
import { type KeyPair, makeKeyPair } from '../webauthn/key-pair';

/** A credential's key pair, as an authenticator keeps it. */
export interface CredentialKey {
  /** COSE algorithm identifier. */
  algorithm: number;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** COSE_Key (RFC 9052, RFC 9053, RFC 8230). */
  coseKey: Buffer;
}

/** Rows that passkeys may have, where the runtime can verify them. */
export const CREDENTIAL_ALGORITHMS = NAMED_ALGORITHMS.filter(({ attestationOnly }) => !attestationOnly);

export const SUPPORTED_ALGORITHMS = CREDENTIAL_ALGORITHMS.map(({ id }) => id);

function algorithmOf(identifier: number): CoseAlgorithm {
  const algorithm = COSE_ALGORITHMS.find(({ id }) => id === identifier);
  if (!algorithm) throw new Error(`algorithm ${identifier} is not supported`);
  return algorithm;
}

/** RSA keys take long to make: of so many, one after the other is used again. */
const RSA_KEYS = 4;
const rsaKeys: KeyPair[] = [];
let rsaCredentials = 0;

function rsaKey(): KeyPair {
  const index = rsaCredentials++ % RSA_KEYS;
  return (rsaKeys[index] ??= makeKeyPair('rsa', { modulusLength: 2048 }));
}

function generate({ kty, curve, name }: CoseAlgorithm): KeyPair {
  if (kty === 'AKP') return makeKeyPair(name.toLowerCase());
  if (!curve) return rsaKey();
  if (kty === 'EC') return makeKeyPair('ec', { namedCurve: curve.jwk });
  return makeKeyPair(curve.jwk.toLowerCase());
}

/** @param kind a row, or the identifier of the first row that has it */
export function generateCredentialKey(kind: number | CoseAlgorithm): CredentialKey {
  const algorithm = typeof kind === 'number' ? algorithmOf(kind) : kind;
  const pair = generate(algorithm);
  const coseKey = toCoseKey(algorithm, pair.publicKey.export({ format: 'jwk' }));
  return { algorithm: algorithm.id, ...pair, coseKey };
}

/** A signature as authenticators make it: DER for ECDSA, raw for EdDSA, of PKCS #1 for RSA. */
export function signWith({ algorithm, privateKey }: CredentialKey, data: Buffer): Buffer {
  const { hash, padding } = algorithmOf(algorithm);
  return sign(hash, data, { key: privateKey, ...padding });
}
