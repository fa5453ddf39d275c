import { ExperienceException } from '../errors/experience.exception';
import type { RelyingParty } from '../webauthn/relying-party';
import type { AuthenticationCeremony } from '../records/verification-record.entity';
import type { KnownCredential, SpentRecord } from '../records/verification-record.repository';
import { takeSteps } from '../webauthn/ceremony-step';
import type { FidoMetadata } from '../trust/metadata/fido-metadata';
import { AssertionAnswer, UNKNOWN_CREDENTIAL } from './assertion-answer';
import type { AssertionPayloadDto } from './authentication.dto';
import { AUTHENTICATION_STEPS } from './steps/authentication-steps';

/** What a valid assertion says. */
export interface VerifiedAssertion {
  credential: KnownCredential;
  signCount: number;
  backupEligible: boolean;
  backupState: boolean;
}

/**
 * Verifies an authentication assertion by AUTHENTICATION_STEPS. Its verdicts on what @simplewebauthn/server checks too
 * are the same, which test/differential/differential.spec.ts shows.
 * @param nameUnknown whether an unknown credential is named in the discoverable flow, see AssertionAnswer
 * @param metadata asked where the policy trusts it
 * @throws ExperienceException `session.mfa.webauthn_verification_failed`, with step and reason for the log
 */
export async function verifyAssertion(
  payload: AssertionPayloadDto,
  record: SpentRecord<AuthenticationCeremony>,
  relyingParty: RelyingParty,
  nameUnknown: boolean,
  metadata: Pick<FidoMetadata, 'entryOf'>,
): Promise<VerifiedAssertion> {
  const answer = new AssertionAnswer(payload, record, relyingParty, nameUnknown, metadata);
  try {
    await takeSteps(AUTHENTICATION_STEPS, answer);
  } catch (error) {
    throw record.credential ? error : ofUnknownCredential(error);
  }
  const { signCount, backupEligible, backupState } = answer.authenticatorData;
  return { credential: answer.credential, signCount, backupEligible, backupState };
}

/** Whichever step a decoy was refused at, the log tells why it could not but be. */
const ofUnknownCredential = (error: unknown): unknown =>
  error instanceof ExperienceException
    ? new ExperienceException(error.code, {
        ...error.details,
        reason: UNKNOWN_CREDENTIAL,
        step: '7.2 step 6',
      })
    : error;
