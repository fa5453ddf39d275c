import { verify } from 'node:crypto';
import { verifySignature } from '@simplewebauthn/server/helpers';
import type { PublicKey } from './cose-key';
import { isEcdsaSignature } from './ecdsa-signature';

/** ES256, ES384 and ES512, of which @simplewebauthn/server reads padded signatures. */
const READ_PADDED = new Set([-7, -35, -36]);

/** A key that signatures are verified with: imported, and as it is stored. */
export interface VerifyingKey {
  /** Null: of no algorithm that is known here. */
  imported: PublicKey | null;
  /** COSE_Key. */
  cose: Uint8Array;
}

/**
 * Whether `signature` is the key's over `data`. On two things @simplewebauthn/server has the last word: keys that are
 * not imported, and ECDSA signatures whose integers are padded with zeros, as some authenticators do: OpenSSL takes
 * strict DER only.
 * @throws Error with the reason, when the signature or key can't be read
 */
export async function isSignatureValid(
  { imported, cose }: VerifyingKey,
  signature: Uint8Array,
  data: Uint8Array,
): Promise<boolean> {
  if (imported) {
    const { key, algorithm } = imported;
    if (verify(algorithm.hash, data, { key, ...algorithm.padding }, signature)) return true;
    if (!READ_PADDED.has(algorithm.id)) return false;
    if (!isEcdsaSignature(signature)) throw new Error('the signature is not one of ECDSA');
  }
  return verifySignature({
    signature: new Uint8Array(signature),
    data: new Uint8Array(data),
    credentialPublicKey: new Uint8Array(cose),
  });
}
