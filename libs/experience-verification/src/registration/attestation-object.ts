import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import { type Base64Url, fromBase64Url } from '../webauthn/webauthn-types';
import { AttestationStatement } from './formats/attestation-statement';

/** An attestation object (WebAuthn Level 3, section 6.5.4), nothing of which is checked yet. */
export interface AttestationObject {
  format: unknown;
  /** One; of the format `compound` (section 8.9) each that it is composed of. */
  statements: readonly AttestationStatement[];
  authenticatorData: Uint8Array;
}

/** A compound attestation has one for each kind of proof; more would only cost. */
const MAX_STATEMENTS = 4;

/** @throws Error with the reason when it can't be read */
export function readAttestationObject(attestationObject: Base64Url): AttestationObject {
  const bytes = fromBase64Url(attestationObject);
  if (!bytes) throw new Error('the attestation object is not base64url');
  const members: unknown = decodeAttestationObject(new Uint8Array(bytes));
  if (!(members instanceof Map)) throw new Error('the attestation object is not a map');
  const format: unknown = members.get('fmt');
  const statement: unknown = members.get('attStmt');
  const data: unknown = members.get('authData');
  if (!(data instanceof Uint8Array)) throw new Error('the authenticator data is not a byte string');
  return {
    format,
    statements: format === 'compound' ? readCompound(statement) : [readStatement(format, statement)],
    authenticatorData: data,
  };
}

function readStatement(format: unknown, statement: unknown): AttestationStatement {
  if (!(statement instanceof Map)) throw new Error('the attestation statement is not a map');
  return new AttestationStatement(format, statement);
}

/** Section 8.9: two statements or more, each with its format. */
function readCompound(statements: unknown): AttestationStatement[] {
  if (!Array.isArray(statements) || statements.length < 2 || statements.length > MAX_STATEMENTS) {
    throw new Error(`the compound attestation has not 2 to ${MAX_STATEMENTS} statements`);
  }
  return statements.map((one: unknown) => {
    if (!(one instanceof Map)) throw new Error('a statement of the compound attestation is not a map');
    return readStatement(one.get('fmt'), one.get('attStmt'));
  });
}
