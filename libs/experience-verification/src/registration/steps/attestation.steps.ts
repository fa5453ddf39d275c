import { ATTESTATION_FORMATS } from '../../webauthn/relying-party';
import { verifyStatement } from '../attestation-verification';
import type { RegistrationAnswer } from '../registration-answer';

/** Section 7.1 step 13: the attestation object is CBOR, and its authenticator data has a credential. */
export function attestationObjectIsReadable(answer: RegistrationAnswer): void {
  answer.readAttested();
}

/** Section 7.1 step 21. */
export function formatIsKnown({ attestationObject: { format } }: RegistrationAnswer): void {
  if (!ATTESTATION_FORMATS.some((known) => known === format)) {
    throw new Error(`Unsupported Attestation Format: ${String(format)}`);
  }
}

/** Section 7.1 step 22, over the hash of step 12. */
export async function statementIsValid(answer: RegistrationAnswer): Promise<void> {
  const { subject } = answer;
  await answer.goOnWith((statement) => verifyStatement(statement, subject));
}
