import { X509Certificate } from 'node:crypto';
import { SettingsService } from '@simplewebauthn/server';
import { decodeAttestationObject, isoCBOR } from '@simplewebauthn/server/helpers';
import { isEcdsaSignature } from '../webauthn/ecdsa-signature';
import { type Base64Url, fromBase64Url, toBase64Url } from '../webauthn/webauthn-types';

type CBORType = Parameters<typeof isoCBOR.encode>[0];
type AttestationObject = Map<'fmt' | 'attStmt' | 'authData', CBORType>;

/** Where the AAGUID stands in authenticator data with an attested credential (section 6.5.1). */
const AAGUID_AT = 37;
const AAGUID_BYTES = 16;

/**
 * The attestation object in the form in which @simplewebauthn/server verifies what WebAuthn Level 3 has valid.
 * What a statement signs is never changed.
 * @throws Error with the reason
 */
export function prepareForLibrary(attestationObject: Base64Url): Base64Url {
  const bytes = fromBase64Url(attestationObject);
  if (!bytes) throw new Error('the attestation object is not base64url');
  const decoded = decodeAttestationObject(new Uint8Array(bytes)) as unknown as AttestationObject;
  signatureIsWellFormed(decoded);
  const prepare = PREPARE.get(decoded.get('fmt'));
  if (!prepare) return attestationObject;
  prepare(decoded);
  return toBase64Url(isoCBOR.encode(decoded));
}

const PREPARE = new Map<CBORType | undefined, (decoded: AttestationObject) => void>([
  ['android-key', addTrustedRoot],
  ['fido-u2f', dropAaguid],
]);

/**
 * Section 8.4: ends the certificate path with the accepted root that issued it. A path to any other root is refused
 * here: the library takes the path's own last certificate for trusted until it has asked the revocation lists
 * that the path names, so that anybody could have the server call any address.
 */
function addTrustedRoot(decoded: AttestationObject): void {
  const statement = decoded.get('attStmt') as Map<string, CBORType>;
  const path = statement.get('x5c') as Uint8Array<ArrayBuffer>[] | undefined;
  const last = path?.at(-1);
  if (!path || !last) throw new Error('the android-key statement has no certificate');
  const root = rootOf(new X509Certificate(last));
  if (!root) throw new Error('the android-key statement leads to no accepted root');
  if (Buffer.compare(root, last) !== 0) statement.set('x5c', [...path, new Uint8Array(root)]);
}

const ECDSA = new Set<CBORType | undefined>([-7, -35, -36]);

function signatureIsWellFormed(decoded: AttestationObject): void {
  const statement = decoded.get('attStmt');
  if (!(statement instanceof Map)) throw new Error('the attestation statement is not a map');
  const [algorithm, signature] = [statement.get('alg'), statement.get('sig')];
  const isEcdsa = ECDSA.has(algorithm) || decoded.get('fmt') === 'fido-u2f';
  if (isEcdsa && signature instanceof Uint8Array && !isEcdsaSignature(signature)) {
    throw new Error('the attestation signature is not one of ECDSA');
  }
}

/** The accepted root that is, or has signed, the certificate. */
function rootOf(certificate: X509Certificate): Buffer | null {
  const roots = SettingsService.getRootCertificates({ identifier: 'android-key' });
  const root = roots
    .map((pem) => new X509Certificate(pem))
    .find((candidate) => certificate.checkIssued(candidate) && certificate.verify(candidate.publicKey));
  return root?.raw ?? null;
}

/** Section 8.6: the statement does not sign the AAGUID. Whatever it says, it is as good as none. */
function dropAaguid(decoded: AttestationObject): void {
  const data = new Uint8Array(decoded.get('authData') as Uint8Array);
  decoded.set('authData', data.fill(0, AAGUID_AT, AAGUID_AT + AAGUID_BYTES));
}
