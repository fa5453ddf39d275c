import type { RelyingParty } from '../webauthn/relying-party';
import type { SpentRecord } from '../records/verification-record.repository';
import { takeSteps } from '../webauthn/ceremony-step';
import { type CredentialId, knownTransports, toBase64Url } from '../webauthn/webauthn-types';
import type { NewCredential } from '../records/new-credential';
import { RegistrationAnswer, type TrustSources } from './registration-answer';
import type { AttestationPayloadDto } from './registration.dto';
import { REGISTRATION_STEPS } from './steps/registration-steps';

/**
 * Verifies a new credential by REGISTRATION_STEPS, and makes of it what is to be kept (section 7.1, step 27). Everything
 * is checked against what the record says was asked.
 * @throws ExperienceException `session.mfa.webauthn_verification_failed`, with step and reason for the log;
 *   `session.mfa.webauthn_credential_already_in_use`
 */
export async function verifyRegistration(
  payload: AttestationPayloadDto,
  record: SpentRecord<'registration'>,
  relyingParty: RelyingParty,
  trust: TrustSources,
): Promise<NewCredential> {
  const answer = new RegistrationAnswer(payload, record, relyingParty, trust);
  await takeSteps(REGISTRATION_STEPS, answer);
  const { attested, authenticatorData } = answer;
  return {
    credentialId: toBase64Url(attested.credentialId) as CredentialId,
    rpId: record.rpId,
    publicKey: toBase64Url(attested.publicKey),
    signCount: authenticatorData.signCount,
    transports: knownTransports(payload.response.transports),
    aaguid: attested.aaguid,
    backupEligible: authenticatorData.backupEligible,
    backupState: authenticatorData.backupState,
    uvInitialized: authenticatorData.userVerified,
    discoverable: answer.discoverable,
    attestationFormat: String(answer.attestationObject.format),
    attestedModel: answer.attestedModel,
  };
}
