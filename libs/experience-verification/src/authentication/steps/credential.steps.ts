import { marksRegression } from '../../webauthn/relying-party';
import { toBase64Url } from '../../webauthn/webauthn-types';
import type { AssertionAnswer } from '../assertion-answer';

/** Section 7.2 step 6: the relying party knows the credential. */
export function credentialIsKnown(answer: AssertionAnswer): void {
  answer.findCredential();
}

/** Section 7.2 step 5: when allowCredentials was sent, the credential is one of it. */
export function credentialWasOffered({ record, credential }: AssertionAnswer): void {
  if (record.userId === credential.userId && !credential.offered) {
    throw new Error('the credential was registered after the options were made');
  }
}

/**
 * Section 7.2 step 6: the user handle is the owner's, and is there when nobody was identified before. Of an imported
 * passkey whose handle the former system did not keep, the first one that comes is kept.
 */
export function userHandleIsTheOwners({ payload, record, credential }: AssertionAnswer): void {
  const { userHandle } = payload.response;
  if (!userHandle) {
    if (record.userId === null && !record.decoy) {
      throw new Error('the user handle is missing in the discoverable flow');
    }
  } else if (credential.userHandle && userHandle !== toBase64Url(credential.userHandle)) {
    throw new Error("the user handle is not that of the credential's owner");
  }
}

/** Section 7.2 step 19: a credential's backup eligibility never changes. Imported, it may not be known yet. */
export function backupEligibilityIsUnchanged({ authenticatorData, credential }: AssertionAnswer): void {
  const { backupEligible } = authenticatorData;
  if (credential.backupEligible !== null && backupEligible !== credential.backupEligible) {
    throw new Error(`backup eligibility changed from ${credential.backupEligible} to ${backupEligible}`);
  }
}

/** Section 7.2 step 22: a counter that has not moved on tells of a clone. Updating the record asks again, race-free. */
export function signCountHasMovedOn({ authenticatorData, credential, relyingParty }: AssertionAnswer): void {
  const { signCount, backupEligible } = authenticatorData;
  if (isAfter(signCount, credential.signCount)) return;
  if (!marksRegression(relyingParty.policy, backupEligible)) {
    throw new Error(`the signature counter is ${signCount}, after ${credential.signCount}`);
  }
}

/** Authenticators without a counter always say zero. */
const isAfter = (signCount: number, stored: number): boolean =>
  signCount > stored || (signCount === 0 && stored === 0);
