import { hash } from 'node:crypto';
import { requireExpectedEmbedding } from '../webauthn/client-data';
import { ExperienceException } from '../errors/experience.exception';
import type { RelyingParty } from '../ports/relying-party.port';
import type { AuthenticationRequest } from '../records/verification-record.entity';
import type { KnownCredential, SpentRecord } from '../records/verification-record.repository';
import { toBase64Url } from '../webauthn/webauthn-types';
import { type AssertionParts, readAssertion } from './assertion-parts';
import { isSignatureValid } from './assertion-signature';
import { decoyCredential } from './decoy-assertion';
import type { AssertionPayloadDto } from './authentication.dto';

/** What a valid assertion says. */
export interface VerifiedAssertion {
  credential: KnownCredential;
  signCount: number;
  backupEligible: boolean;
  backupState: boolean;
}

/**
 * Verifies an authentication assertion: steps 3 and 5 to 22 of WebAuthn Level 3, section 7.2. Its verdicts on what
 * @simplewebauthn/server checks too are the same, which test/differential.spec.ts shows.
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
    step3ResponseIsOfAPublicKeyCredential(response);
    step5CredentialWasOffered(record, credential);
    step6UserHandleIsTheOwners(response, record, credential);
    const parts = readAssertion(response.response);
    step10TypeIsGet(parts);
    step11ChallengeIsTheRecords(parts, record);
    step12OriginIsExpected(parts, relyingParty);
    steps13And14EmbeddingIsExpected(parts, relyingParty);
    tokenBindingIsWellFormed(parts);
    step15RpIdHashIsExpected(parts, expectedRpId(response, record, relyingParty));
    step16UserIsPresent(parts);
    step17UserIsVerified(parts, record);
    step18BackedUpOnlyIfEligible(parts);
    step19BackupEligibilityIsUnchanged(parts, credential);
    await steps20And21SignatureIsValid(parts, credential);
    step22SignCountHasMovedOn(parts, credential, relyingParty);
    const { signCount, backupEligible, backupState } = parts.authenticatorData;
    return { credential, signCount, backupEligible, backupState };
  } catch (error) {
    if (error instanceof ExperienceException) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const reason = record.credential ? message : UNKNOWN;
    throw new ExperienceException('session.mfa.webauthn_verification_failed', { reason });
  }
}

const UNKNOWN = 'the credential is not known to this relying party';

/** Step 3, as far as JSON can tell (section 5.1, PublicKeyCredential). */
function step3ResponseIsOfAPublicKeyCredential({ id, rawId, credentialType }: AssertionPayloadDto): void {
  if (id !== rawId) throw new Error('id and rawId are not the same');
  if (credentialType !== 'public-key') throw new Error(`the credential type is "${credentialType}"`);
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
  if (!nameUnknown) return decoyCredential(id);
  throw new ExperienceException('session.mfa.webauthn_verification_failed', {
    reason: UNKNOWN,
    data: userId === null ? { unknownCredential: { rpId, credentialId: id } } : undefined,
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

function step10TypeIsGet({ clientData: { type } }: AssertionParts): void {
  if (type !== 'webauthn.get') throw new Error(`the type is ${told(type)}, expected "webauthn.get"`);
}

function step11ChallengeIsTheRecords({ clientData }: AssertionParts, { challenge }: SpentRecord): void {
  const expected = toBase64Url(challenge);
  if (clientData.challenge !== expected) {
    throw new Error(`the challenge is ${told(clientData.challenge)}, expected "${expected}"`);
  }
}

function step12OriginIsExpected({ clientData: { origin } }: AssertionParts, { origins }: RelyingParty): void {
  if (!origins.includes(origin as string)) {
    throw new Error(`unexpected origin ${told(origin)}, expected one of ${origins.join(', ')}`);
  }
}

function steps13And14EmbeddingIsExpected({ clientData }: AssertionParts, { policy }: RelyingParty): void {
  requireExpectedEmbedding(clientData, policy);
}

const TOKEN_BINDING = new Set<unknown>(['present', 'supported', 'notSupported']);

/** A member of Levels 1 and 2 that some clients still send; Level 3 asks nothing of it. */
function tokenBindingIsWellFormed({ clientData: { tokenBinding } }: AssertionParts): void {
  if (!tokenBinding) return;
  if (typeof tokenBinding !== 'object' || !('status' in tokenBinding)) {
    throw new Error('the token binding is not an object with a status');
  }
  if (!TOKEN_BINDING.has(tokenBinding.status)) {
    throw new Error(`the token binding's status is ${told(tokenBinding.status)}`);
  }
}

function step15RpIdHashIsExpected({ authenticatorData: { rpIdHash } }: AssertionParts, rpId: string): void {
  if (!hash('sha256', rpId, 'buffer').equals(rpIdHash)) {
    throw new Error(`the RP ID's hash is not that of ${rpId}`);
  }
}

function step16UserIsPresent({ authenticatorData: { userPresent } }: AssertionParts): void {
  if (!userPresent) throw new Error('the user is not present');
}

function step17UserIsVerified({ authenticatorData }: AssertionParts, { request }: SpentRecord): void {
  const { userVerification } = request as AuthenticationRequest;
  if (userVerification === 'required' && !authenticatorData.userVerified) {
    throw new Error('User verification is required, and the user is not verified');
  }
}

function step18BackedUpOnlyIfEligible({ authenticatorData }: AssertionParts): void {
  if (authenticatorData.backupState && !authenticatorData.backupEligible) {
    throw new Error('the credential is backed up, and not eligible for backup');
  }
}

/** Step 19: a credential's backup eligibility never changes. Imported, it may not be known yet. */
function step19BackupEligibilityIsUnchanged(
  { authenticatorData: { backupEligible } }: AssertionParts,
  credential: KnownCredential,
): void {
  if (credential.backupEligible !== null && backupEligible !== credential.backupEligible) {
    throw new Error(`backup eligibility changed from ${credential.backupEligible} to ${backupEligible}`);
  }
}

async function steps20And21SignatureIsValid(
  { authenticatorDataBytes, clientDataBytes, signature }: AssertionParts,
  credential: KnownCredential,
): Promise<void> {
  const signed = Buffer.concat([authenticatorDataBytes, hash('sha256', clientDataBytes, 'buffer')]);
  if (!(await isSignatureValid(credential, signature, signed))) {
    throw new Error('the signature is not valid');
  }
}

/** Step 22: a counter that has not moved on tells of a clone. Updating the record asks again, race-free. */
function step22SignCountHasMovedOn(
  { authenticatorData: { signCount } }: AssertionParts,
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

/** A member as it came, for the log; a client can send anything in its place. */
const told = (value: unknown): string =>
  value === undefined ? 'missing' : JSON.stringify(value).slice(0, 300);
