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
import type { RegistrationAnswer } from '../registration-answer';
import { attestationObjectIsReadable, formatIsKnown, statementIsValid } from './attestation.steps';
import {
  credentialIdIsNotTooLong,
  credentialIdIsTheAttestedOne,
  credentialIsNotRegistered,
  discoverabilityIsAsAsked,
} from './credential.steps';
import { deviceTypeIsAccepted, formatIsAccepted, modelIsAccepted } from './policy.steps';
import { algorithmWasAskedFor, publicKeyIsOfItsAlgorithm, rsaKeySizeIsAllowed } from './public-key.steps';
import { attestationIsTrustworthy, certificatesAreTrustworthy } from './trust.steps';

/** WebAuthn Level 3, section 7.1, in its order. */
export const REGISTRATION_STEPS: readonly CeremonyStep<RegistrationAnswer>[] = [
  { step: '7.1 step 3', check: responseIsOfAPublicKeyCredential },
  { step: '7.1 step 4', check: discoverabilityIsAsAsked },
  { step: '7.1 step 5', check: clientDataIsText },
  { step: '7.1 step 6', check: clientDataIsJson },
  { step: '7.1 step 7', check: typeIsOfTheCeremony },
  { step: '7.1 step 8', check: challengeIsTheRecords },
  { step: '7.1 step 9', check: originIsExpected },
  { step: '7.1 step 10', check: crossOriginIsExpected },
  { step: '7.1 step 11', check: topOriginIsExpected },
  { step: '7.1 step 13', check: attestationObjectIsReadable },
  { step: '7.1 step 14', check: rpIdHashIsExpected },
  { step: '7.1 step 15', check: userIsPresent },
  { step: '7.1 step 16', check: userIsVerified },
  { step: '7.1 step 17', check: backedUpOnlyIfEligible },
  { step: '7.1 step 18', check: deviceTypeIsAccepted },
  { step: '7.1 step 20', check: algorithmWasAskedFor },
  { step: '7.1 step 20: key', check: publicKeyIsOfItsAlgorithm },
  { step: '7.1 step 20: RSA key size', check: rsaKeySizeIsAllowed },
  { step: '7.1 step 21', check: formatIsKnown },
  { step: '7.1 step 22', check: statementIsValid },
  { step: '7.1 step 24: format', check: formatIsAccepted },
  { step: '7.1 step 24: model', check: modelIsAccepted },
  { step: '7.1 step 24: path', check: certificatesAreTrustworthy },
  { step: '7.1 step 24: metadata', check: attestationIsTrustworthy },
  { step: '7.1 step 25', check: credentialIdIsNotTooLong },
  { step: '7.1 step 26: attested ID', check: credentialIdIsTheAttestedOne },
  { step: '7.1 step 26', check: credentialIsNotRegistered },
];
