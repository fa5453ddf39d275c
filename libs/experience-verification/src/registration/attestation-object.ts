import { decodeAttestationObject, type isoCBOR } from '@simplewebauthn/server/helpers';
import { type Base64Url, fromBase64Url } from '../webauthn/webauthn-types';

export type CBORType = Parameters<typeof isoCBOR.encode>[0];

/** An attestation object (WebAuthn Level 3, section 6.5.4), nothing of which is checked yet. */
export interface AttestationObject {
  format: unknown;
  statement: Map<string | number, CBORType>;
  authenticatorData: Uint8Array<ArrayBuffer>;
}

/** Where the AAGUID stands in authenticator data with an attested credential (section 6.5.1). */
const AAGUID_AT = 37;
const AAGUID_BYTES = 16;

/** @throws Error with the reason when it can't be read */
export function readAttestationObject(attestationObject: Base64Url): AttestationObject {
  const bytes = fromBase64Url(attestationObject);
  if (!bytes) throw new Error('the attestation object is not base64url');
  const members: unknown = decodeAttestationObject(new Uint8Array(bytes));
  if (!(members instanceof Map)) throw new Error('the attestation object is not a map');
  const format: unknown = members.get('fmt');
  const statement: unknown = members.get('attStmt');
  const data: unknown = members.get('authData');
  if (!isMap(statement)) throw new Error('the attestation statement is not a map');
  if (!(data instanceof Uint8Array)) throw new Error('the authenticator data is not a byte string');
  return {
    format,
    statement,
    authenticatorData: format === 'fido-u2f' ? withoutAaguid(data) : new Uint8Array(data),
  };
}

const isMap = (value: unknown): value is AttestationObject['statement'] => value instanceof Map;

/** Section 8.6: the statement does not sign the AAGUID. Whatever it says, it is as good as none. */
const withoutAaguid = (data: Uint8Array) => new Uint8Array(data).fill(0, AAGUID_AT, AAGUID_AT + AAGUID_BYTES);
