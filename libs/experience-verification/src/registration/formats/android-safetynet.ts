import { hash } from 'node:crypto';
import { type CertifiedJws, isJwsSignedBy, readJws } from '../../trust/certificates/certified-jws';
import type { AttestationStatement } from './attestation-statement';
import type { AttestationSubject } from './attestation-subject';

const COMMON_NAME = '2.5.4.3';
const HOST = 'attest.android.com';

const MAX_AGE_MS = 60_000;

/** Section 8.5. Google's service is gone; old devices have its answers no more, so that few can be fresh. */
export function verifyAndroidSafetyNet(
  statement: AttestationStatement,
  { signed }: AttestationSubject,
): void {
  if (!statement.get('ver')) throw new Error('the SafetyNet statement names no version');
  const response = readJws(statement.bytes('response').toString());
  if (response.payload['nonce'] !== hash('sha256', signed, 'base64')) {
    throw new Error('the SafetyNet nonce is not of this answer');
  }
  if (response.payload['ctsProfileMatch'] !== true) {
    throw new Error("the device does not pass Android's compatibility tests (CTS)");
  }
  assertIsFresh(response);
  const { certificate } = statement;
  if (!certificate.subject(COMMON_NAME).includes(HOST)) {
    throw new Error(`the SafetyNet certificate is not one of ${HOST}`);
  }
  if (!isJwsSignedBy(response, certificate.publicKey))
    throw new Error('the SafetyNet signature is not valid');
}

function assertIsFresh({ payload }: CertifiedJws): void {
  const age = Date.now() - Number(payload['timestampMs']);
  if (!(age >= 0 && age <= MAX_AGE_MS)) throw new Error('the SafetyNet response was not made just now');
}
