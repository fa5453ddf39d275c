import { constants, type KeyObject, verify } from 'node:crypto';
import { verifySignature } from '@simplewebauthn/server/helpers';
import { isEcdsaSignature } from '../passkeys/ecdsa-signature';
import type { KnownCredential } from '../verification-record/verification-record.repository';
import { ImportedPublicKeys } from './imported-public-keys';

const importedKeys = new ImportedPublicKeys();

const HASH_OF_CURVE: Partial<Record<string, string>> = {
  prime256v1: 'sha256',
  secp384r1: 'sha384',
  secp521r1: 'sha512',
};

/**
 * Whether `signature` is the credential's over `data` (WebAuthn Level 3, section 7.2, step 21).
 *
 * Keys of ES256, ES384, ES512, RS256, EdDSA and Ed448 are imported once and used by node:crypto. On two things
 * @simplewebauthn/server has the last word: other algorithms, and ECDSA signatures that OpenSSL refuses, since
 * it takes strict DER only, and some authenticators pad.
 * @throws Error with the reason, when the signature or key can't be read
 */
export async function isSignatureValid(
  credential: Pick<KnownCredential, 'id' | 'publicKey'>,
  signature: Uint8Array,
  data: Uint8Array,
): Promise<boolean> {
  const key = importKey(credential);
  if (key?.asymmetricKeyType === 'ec' && !isEcdsaSignature(signature)) {
    throw new Error('the signature is not one of ECDSA');
  }
  if (key) {
    if (isValidFor(key, signature, data)) return true;
    if (key.asymmetricKeyType !== 'ec') return false;
  }
  return verifySignature({
    signature: new Uint8Array(signature),
    data: new Uint8Array(data),
    credentialPublicKey: new Uint8Array(credential.publicKey),
  });
}

function importKey({ id, publicKey }: Pick<KnownCredential, 'id' | 'publicKey'>): KeyObject | null {
  try {
    return importedKeys.get(id, publicKey);
  } catch {
    return null;
  }
}

function isValidFor(key: KeyObject, signature: Uint8Array, data: Uint8Array): boolean {
  switch (key.asymmetricKeyType) {
    case 'ec': {
      const hash = HASH_OF_CURVE[key.asymmetricKeyDetails?.namedCurve ?? ''];
      return hash !== undefined && verify(hash, data, key, signature);
    }
    case 'rsa':
      return verify('sha256', data, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
    default:
      return verify(null, data, key, signature);
  }
}
