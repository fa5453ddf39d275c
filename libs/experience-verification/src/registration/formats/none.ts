import type { AttestationStatement } from './attestation-statement';

/** Section 8.7. */
export function verifyNone(statement: AttestationStatement): void {
  if (statement.size > 0) throw new Error('the format "none" has an unexpected attestation statement');
}
