import { constants, verify } from 'node:crypto';
import { verifySignature } from '@simplewebauthn/server/helpers';
import { isEcdsaSignature } from '../webauthn/ecdsa-signature';
import type { KnownCredential } from '../records/verification-record.repository';
import { type ImportedKey, ImportedPublicKeys } from './imported-public-keys';

const importedKeys = new ImportedPublicKeys();

/**
 * Whether `signature` is the credential's over `data` (WebAuthn Level 3, section 7.2, step 21).
 *
 * Keys of ES256, ES384, ES512, RS256, EdDSA and Ed448 are imported once and used by node:crypto. On two things
 * @simplewebauthn/server has the last word: other algorithms, and ECDSA signatures whose integers are
 * padded with zeros, as some authenticators do: OpenSSL takes strict DER only.
 * @throws Error with the reason, when the signature or key can't be read
 */
export async function isSignatureValid(
  credential: Pick<KnownCredential, 'id' | 'publicKey'>,
  signature: Uint8Array,
  data: Uint8Array,
): Promise<boolean> {
  const imported = importKey(credential);
  if (imported) {
    const { key, hash } = imported;
    // Of no effect on keys other than RSA.
    if (verify(hash, data, { key, padding: constants.RSA_PKCS1_PADDING }, signature)) return true;
    if (key.asymmetricKeyType !== 'ec') return false;
    if (!isEcdsaSignature(signature)) {
      throw new Error('the signature is not one of ECDSA');
    }
  }
  return verifySignature({
    signature: new Uint8Array(signature),
    data: new Uint8Array(data),
    credentialPublicKey: new Uint8Array(credential.publicKey),
  });
}

function importKey({ id, publicKey }: Pick<KnownCredential, 'id' | 'publicKey'>): ImportedKey | null {
  try {
    return importedKeys.get(id, publicKey);
  } catch {
    return null;
  }
}
