import { hash } from 'node:crypto';
import type { CeremonyAnswer } from '../ceremony-answer';

/** Section 7.1 step 14, section 7.2 step 15. */
export function rpIdHashIsExpected({ authenticatorData, expectedRpId }: CeremonyAnswer): void {
  if (!hash('sha256', expectedRpId, 'buffer').equals(authenticatorData.rpIdHash)) {
    throw new Error(`the RP ID's hash is not that of ${expectedRpId}`);
  }
}

/** Section 7.1 step 15, section 7.2 step 16. */
export function userIsPresent({ authenticatorData, mustBePresent }: CeremonyAnswer): void {
  if (mustBePresent && !authenticatorData.userPresent) throw new Error('the user is not present');
}

/** Section 7.1 step 16, section 7.2 step 17. */
export function userIsVerified({ authenticatorData, mustBeVerified }: CeremonyAnswer): void {
  if (mustBeVerified && !authenticatorData.userVerified) {
    throw new Error('User verification is required, and the user is not verified');
  }
}

/** Section 7.1 step 17, section 7.2 step 18. */
export function backedUpOnlyIfEligible({ authenticatorData }: CeremonyAnswer): void {
  if (authenticatorData.backupState && !authenticatorData.backupEligible) {
    throw new Error('the credential is backed up, and not eligible for backup');
  }
}
