import type { AttestationFormat } from '../webauthn/relying-party';
import { verifyAndroidKey } from './formats/android-key';
import { verifyAndroidSafetyNet } from './formats/android-safetynet';
import { verifyApple } from './formats/apple';
import type { AttestationStatement } from './formats/attestation-statement';
import type { AttestationSubject } from './formats/attestation-subject';
import { verifyFidoU2f } from './formats/fido-u2f';
import { verifyNone } from './formats/none';
import { verifyPacked } from './formats/packed';
import { verifyTpm } from './formats/tpm';

/** @throws Error with the reason, when the statement is not valid */
type Verifier = (statement: AttestationStatement, subject: AttestationSubject) => void | Promise<void>;

const VERIFIERS: Readonly<Record<Exclude<AttestationFormat, 'compound'>, Verifier>> = {
  none: verifyNone,
  packed: verifyPacked,
  tpm: verifyTpm,
  'android-key': verifyAndroidKey,
  'android-safetynet': verifyAndroidSafetyNet,
  'fido-u2f': verifyFidoU2f,
  apple: verifyApple,
};

const isVerified = (format: unknown): format is keyof typeof VERIFIERS =>
  typeof format === 'string' && Object.hasOwn(VERIFIERS, format);

/**
 * Verifies a statement (WebAuthn Level 3, section 8). Whether its certificates are trustworthy is another step.
 * @throws Error with the reason, when it is not valid
 */
export async function verifyStatement(
  statement: AttestationStatement,
  subject: AttestationSubject,
): Promise<void> {
  const { format } = statement;
  if (!isVerified(format)) throw new Error(`Unsupported Attestation Format: ${String(format)}`);
  await VERIFIERS[format](statement, subject);
}
