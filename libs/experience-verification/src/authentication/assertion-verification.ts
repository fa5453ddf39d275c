import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { requireExpectedEmbedding } from '../client-data';
import { ExperienceException } from '../errors/experience.exception';
import { importCoseKey } from '../passkeys/cose-key';
import { isEcdsaSignature } from '../passkeys/ecdsa-signature';
import type { RelyingParty } from '../relying-party/relying-party.port';
import type { AuthenticationRequest } from '../verification-record/verification-record.entity';
import type { KnownCredential, SpentRecord } from '../verification-record/verification-record.repository';
import { fromBase64Url, toBase64Url } from '../webauthn-types';
import type { AssertionPayloadDto } from './authentication.dto';

/** What a valid assertion says. */
export interface VerifiedAssertion {
  credential: KnownCredential;
  signCount: number;
  backupEligible: boolean;
  backupState: boolean;
}

/**
 * Verifies an authentication assertion: the steps of WebAuthn Level 3, section 7.2, that @simplewebauthn/server
 * leaves to the relying party, around its own.
 * @param nameUnknown whether an unknown credential is named in the discoverable flow, for the page to tell the
 *   authenticator. Only where accounts are no secret: else a decoy's credential ID could be told from a real one.
 * @throws ExperienceException `session.mfa.webauthn_verification_failed`, with the exact reason for the log
 */
export async function verifyAssertion(
  response: AssertionPayloadDto,
  record: SpentRecord,
  relyingParty: RelyingParty,
  nameUnknown: boolean,
): Promise<VerifiedAssertion> {
  try {
    const credential = step6FindCredentialRecord(response, record, nameUnknown);
    step5CredentialWasOffered(record, credential);
    step6UserHandleIsTheOwners(response, record, credential);
    steps13And14EmbeddingIsExpected(response, relyingParty);
    const assertion = await stepsOfTheLibrary(response, record, relyingParty, credential);
    step19BackupEligibilityIsUnchanged(assertion.backupEligible, credential);
    step22SignCountHasMovedOn(assertion.signCount, credential, relyingParty);
    return { credential, ...assertion };
  } catch (error) {
    if (error instanceof ExperienceException) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExperienceException('session.mfa.webauthn_verification_failed', { reason });
  }
}

/** Step 5: when allowCredentials was sent, the credential is one of it. */
function step5CredentialWasOffered(record: SpentRecord, credential: KnownCredential): void {
  if (record.userId === credential.userId && !credential.offered) {
    throw new Error('the credential was registered after the options were made');
  }
}

/** Step 6: the relying party knows the credential. Whether it is of the identified user, the service decides. */
function step6FindCredentialRecord(
  { id }: AssertionPayloadDto,
  { credential, userId, rpId }: SpentRecord,
  nameUnknown: boolean,
): KnownCredential {
  if (credential) return credential;
  throw new ExperienceException('session.mfa.webauthn_verification_failed', {
    reason: 'the credential is not known to this relying party',
    data: nameUnknown && userId === null ? { unknownCredential: { rpId, credentialId: id } } : undefined,
  });
}

/**
 * Step 6: the user handle is the owner's, and is there when nobody was identified before. Of an imported passkey
 * whose handle the former system did not keep, the first one that comes is kept.
 */
function step6UserHandleIsTheOwners(
  { response: { userHandle } }: AssertionPayloadDto,
  { userId, decoy }: SpentRecord,
  credential: KnownCredential,
): void {
  if (!userHandle) {
    if (userId === null && !decoy) throw new Error('the user handle is missing in the discoverable flow');
  } else if (credential.userHandle && userHandle !== toBase64Url(credential.userHandle)) {
    throw new Error("the user handle is not that of the credential's owner");
  }
}

/** Steps 13 and 14: the library accepts crossOrigin without topOrigin. */
function steps13And14EmbeddingIsExpected({ response }: AssertionPayloadDto, { policy }: RelyingParty): void {
  requireExpectedEmbedding(response.clientDataJSON, policy);
}

/** Steps 7 to 18, 20 and 21: client data, rpIdHash, flags, signature. */
async function stepsOfTheLibrary(
  payload: AssertionPayloadDto,
  record: SpentRecord,
  relyingParty: RelyingParty,
  credential: KnownCredential,
): Promise<Omit<VerifiedAssertion, 'credential'>> {
  const signature = fromBase64Url(payload.response.signature);
  if (
    importCoseKey(credential.publicKey).asymmetricKeyType === 'ec' &&
    !(signature && isEcdsaSignature(signature))
  ) {
    throw new Error('the signature is not one of ECDSA');
  }
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: payload.toResponse(),
    expectedChallenge: toBase64Url(record.challenge),
    expectedOrigin: relyingParty.origins,
    expectedTopOrigin: relyingParty.policy.topOrigins,
    expectedRPID: expectedRpId(payload, record, relyingParty),
    requireUserVerification: (record.request as AuthenticationRequest).userVerification === 'required',
    // The signature counter is judged in step 22, by the policy.
    credential: { id: payload.id, publicKey: new Uint8Array(credential.publicKey), counter: -1 },
  });
  if (!verified) throw new Error('the signature is not valid');
  return {
    signCount: authenticationInfo.newCounter,
    backupState: authenticationInfo.credentialBackedUp,
    backupEligible: authenticationInfo.credentialDeviceType === 'multiDevice',
  };
}

/** Step 19: a credential's backup eligibility never changes. Imported, it may not be known yet. */
function step19BackupEligibilityIsUnchanged(backupEligible: boolean, credential: KnownCredential): void {
  if (credential.backupEligible !== null && backupEligible !== credential.backupEligible) {
    throw new Error(`backup eligibility changed from ${credential.backupEligible} to ${backupEligible}`);
  }
}

/** Step 22: a counter that has not moved on tells of a clone. Updating the record asks again, race-free. */
function step22SignCountHasMovedOn(
  signCount: number,
  credential: KnownCredential,
  { policy }: RelyingParty,
): void {
  if (policy.signCountRegression === 'refuse' && !hasMovedOn(signCount, credential.signCount)) {
    throw new Error(`the signature counter is ${signCount}, after ${credential.signCount}`);
  }
}

/** Authenticators without a counter always say zero. */
const hasMovedOn = (signCount: number, stored: number): boolean =>
  signCount > stored || (signCount === 0 && stored === 0);

/** Step 15: with the appid extension used, the hash is of the AppID (section 10.1.1). */
function expectedRpId(payload: AssertionPayloadDto, record: SpentRecord, { policy }: RelyingParty): string {
  return policy.appid !== undefined && payload.clientExtensionResults?.['appid'] === true
    ? policy.appid
    : record.rpId;
}
