import { verifyRegistrationResponse } from '@simplewebauthn/server';
import { requireExpectedEmbedding } from '../webauthn/client-data';
import { ExperienceException } from '../errors/experience.exception';
import { importCoseKey } from '../webauthn/cose-key';
import type { RelyingParty } from '../ports/relying-party.port';
import type { RegistrationRequest } from '../records/verification-record.entity';
import type { SpentRecord } from '../records/verification-record.repository';
import {
  type Base64Url,
  type CredentialId,
  fromBase64Url,
  knownTransports,
  MAX_CREDENTIAL_ID_BYTES,
  toBase64Url,
} from '../webauthn/webauthn-types';
import { prepareForLibrary } from './attestation-statement';
import {
  attestationIsTrustworthy,
  deviceTypeIsAccepted,
  formatIsAccepted,
  modelIsAccepted,
} from './attestation-trust';
import type { FidoMetadata } from './fido-metadata';
import type { NewCredential } from './new-credential';
import type { AttestationPayloadDto } from './registration.dto';

/** What RFC 8230 asks for, and what can be verified at each sign-in without anybody noticing. */
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 8192;

/**
 * Verifies a registration: the steps of WebAuthn Level 3, section 7.1, that @simplewebauthn/server leaves to
 * the relying party, around its own. Everything is checked against what the record says was asked.
 * @throws ExperienceException `session.mfa.webauthn_verification_failed`, with the exact reason for the log
 */
export async function verifyAttestation(
  payload: AttestationPayloadDto,
  record: SpentRecord,
  request: RegistrationRequest,
  relyingParty: RelyingParty,
  metadata: FidoMetadata,
): Promise<NewCredential> {
  try {
    step25CredentialIdIsNotTooLong(payload);
    steps10And11EmbeddingIsExpected(payload, relyingParty);
    const credential = await stepsOfTheLibrary(payload, record, request, relyingParty);
    credentialIdIsTheAttestedOne(payload, credential);
    publicKeyCanBeUsed(credential);
    const discoverable = discoverabilityIsAsAsked(payload, request);
    await step24AttestationIsAccepted(payload, request, relyingParty, credential, metadata);
    return {
      ...credential,
      rpId: record.rpId,
      discoverable,
      transports: knownTransports(payload.response.transports),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExperienceException('session.mfa.webauthn_verification_failed', { reason });
  }
}

function step25CredentialIdIsNotTooLong({ id }: AttestationPayloadDto): void {
  const bytes = fromBase64Url(id);
  if (!bytes) throw new Error('the credential ID is not base64url');
  if (bytes.length > MAX_CREDENTIAL_ID_BYTES) {
    throw new Error(
      `the credential ID has ${bytes.length} bytes, at most ${MAX_CREDENTIAL_ID_BYTES} are allowed`,
    );
  }
}

function steps10And11EmbeddingIsExpected(
  { response }: AttestationPayloadDto,
  { policy }: RelyingParty,
): void {
  requireExpectedEmbedding(response.clientDataJSON, policy);
}

/** Steps 5 to 9 and 12 to 24: client data, rpIdHash, flags, algorithm, attestation statement. */
async function stepsOfTheLibrary(
  payload: AttestationPayloadDto,
  record: SpentRecord,
  request: RegistrationRequest,
  relyingParty: RelyingParty,
): Promise<Omit<NewCredential, 'rpId' | 'discoverable' | 'transports'>> {
  const answer = payload.toResponse();
  const attestationObject = prepareForLibrary(payload.response.attestationObject);
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: { ...answer, response: { ...answer.response, attestationObject } },
    expectedChallenge: toBase64Url(record.challenge),
    expectedOrigin: relyingParty.origins,
    expectedRPID: record.rpId,
    // Steps 15 and 16: conditional create shows no prompt, so that nobody need touch or unlock anything.
    requireUserPresence: request.mediation !== 'conditional',
    requireUserVerification: request.userVerification === 'required' && request.mediation !== 'conditional',
    supportedAlgorithmIDs: request.algorithms,
  });
  if (!verified) throw new Error('the attestation statement is not valid');
  const { credential, aaguid, fmt, userVerified, credentialDeviceType, credentialBackedUp } =
    registrationInfo;
  return {
    credentialId: credential.id as CredentialId,
    publicKey: toBase64Url(credential.publicKey),
    signCount: credential.counter,
    aaguid,
    attestationFormat: fmt,
    uvInitialized: userVerified,
    backupEligible: credentialDeviceType === 'multiDevice',
    backupState: credentialBackedUp,
  };
}

/** The library does not compare the ID that the client names with the one in the authenticator data. */
function credentialIdIsTheAttestedOne(
  { id }: AttestationPayloadDto,
  { credentialId }: { credentialId: string },
): void {
  if (id !== credentialId) throw new Error('the credential ID is not the one in the authenticator data');
}

/** Section 5.8.5: the key is one of its algorithm, on its curve; the library looks at the algorithm's number only. */
function publicKeyCanBeUsed({ publicKey }: { publicKey: Base64Url }): void {
  const { asymmetricKeyDetails } = importCoseKey(Buffer.from(publicKey, 'base64url'));
  const bits = asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS)) {
    throw new Error(`the RSA key has ${bits} bits, ${MIN_RSA_BITS} to ${MAX_RSA_BITS} are allowed`);
  }
}

/** Steps 23 and 24: the policy on attestation, authenticator models and device types. */
async function step24AttestationIsAccepted(
  { response }: AttestationPayloadDto,
  request: RegistrationRequest,
  { policy }: RelyingParty,
  credential: Pick<NewCredential, 'aaguid' | 'attestationFormat' | 'backupEligible'>,
  metadata: FidoMetadata,
): Promise<void> {
  formatIsAccepted(credential, request, policy);
  modelIsAccepted(credential, policy);
  deviceTypeIsAccepted(credential, policy);
  if (policy.attestationTrust === 'metadata') {
    await attestationIsTrustworthy(response.attestationObject, credential, metadata);
  }
}

/** residentKey, checked by what credProps says (section 10.1.3); null when the client says nothing. */
function discoverabilityIsAsAsked(
  { clientExtensionResults }: AttestationPayloadDto,
  { residentKey }: RegistrationRequest,
): boolean | null {
  const credProps = clientExtensionResults?.['credProps'] as { rk?: unknown } | null | undefined;
  const discoverable = typeof credProps?.rk === 'boolean' ? credProps.rk : null;
  if (residentKey === 'required' && discoverable === false) {
    throw new Error('a discoverable credential was asked for, and the client says it is none');
  }
  return discoverable;
}
