import type { CeremonyStep } from '../../webauthn/ceremony-step';
import {
  backedUpOnlyIfEligible,
  rpIdHashIsExpected,
  userIsPresent,
  userIsVerified,
} from '../../webauthn/steps/authenticator-data.steps';
import {
  challengeIsTheRecords,
  clientDataIsJson,
  clientDataIsText,
  crossOriginIsExpected,
  originIsExpected,
  topOriginIsExpected,
  typeIsOfTheCeremony,
} from '../../webauthn/steps/client-data.steps';
import { responseIsOfAPublicKeyCredential } from '../../webauthn/steps/credential.steps';
import type { AssertionAnswer } from '../assertion-answer';
import {
  backupEligibilityIsUnchanged,
  credentialIsKnown,
  credentialWasOffered,
  signCountHasMovedOn,
  userHandleIsTheOwners,
} from './credential.steps';
import { modelIsStillAccepted } from './model.steps';
import { type ProvenPasskey, ownerIsExpected, ownerIsNotSuspended } from './owner.steps';
import { signatureIsValid } from './signature.steps';

/**
 * WebAuthn Level 3, section 7.2, as far as an assertion is judged by itself. The first part of step 6 comes before
 * steps 3 and 5: step 5 compares the record that it finds, and a page is told of an unknown credential whatever else
 * is wrong.
 */
export const AUTHENTICATION_STEPS: readonly CeremonyStep<AssertionAnswer>[] = [
  { step: '7.2 step 6', check: credentialIsKnown },
  { step: '7.2 step 3', check: responseIsOfAPublicKeyCredential },
  { step: '7.2 step 5', check: credentialWasOffered },
  { step: '7.2 step 6: user handle', check: userHandleIsTheOwners },
  { step: '7.2 step 8', check: clientDataIsText },
  { step: '7.2 step 9', check: clientDataIsJson },
  { step: '7.2 step 10', check: typeIsOfTheCeremony },
  { step: '7.2 step 11', check: challengeIsTheRecords },
  { step: '7.2 step 12', check: originIsExpected },
  { step: '7.2 step 13', check: crossOriginIsExpected },
  { step: '7.2 step 14', check: topOriginIsExpected },
  { step: '7.2 step 15', check: rpIdHashIsExpected },
  { step: '7.2 step 16', check: userIsPresent },
  { step: '7.2 step 17', check: userIsVerified },
  { step: '7.2 step 18', check: backedUpOnlyIfEligible },
  { step: '7.2 step 19', check: backupEligibilityIsUnchanged },
  { step: '7.2 step 21', check: signatureIsValid },
  { step: '7.2 step 22', check: signCountHasMovedOn },
  { step: '7.2 step 25: model', check: modelIsStillAccepted },
];

/**
 * Whose passkey it is: the rest of step 6, and what step 25 leaves to the relying party. Taken after the others, so
 * that only who holds the passkey is told.
 */
export const OWNER_STEPS: readonly CeremonyStep<ProvenPasskey>[] = [
  { step: '7.2 step 6: owner', check: ownerIsExpected },
  { step: '7.2 step 25: suspended', check: ownerIsNotSuspended },
];
