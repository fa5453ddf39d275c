import type { AuthenticatorStatus, MetadataBLOBPayloadEntry } from '@simplewebauthn/server';
import {
  convertCertBufferToPEM,
  decodeAttestationObject,
  validateCertificatePath,
} from '@simplewebauthn/server/helpers';
import type { RelyingPartyPolicy } from '../ports/relying-party.port';
import type { RegistrationRequest } from '../records/verification-record.entity';
import { fromBase64Url } from '../webauthn/webauthn-types';
import type { FidoMetadata } from './fido-metadata';
import type { NewCredential } from './new-credential';

/** A model with one of these is not to be trusted (FIDO Metadata Service, section 3.1.4). */
const COMPROMISED = new Set<AuthenticatorStatus>([
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
  'REVOKED',
]);

type Attested = Pick<NewCredential, 'aaguid' | 'attestationFormat' | 'backupEligible'>;

/** Which formats answer what was asked: `none` is no answer where the statement itself was wanted. */
export function formatIsAccepted(
  { attestationFormat }: Attested,
  { attestation }: RegistrationRequest,
  { attestationFormats }: RelyingPartyPolicy,
): void {
  const wanted = attestation === 'direct' || attestation === 'enterprise';
  const accepted = attestationFormats
    ? attestationFormats.some((format) => format === attestationFormat)
    : attestationFormat !== 'none' || !wanted;
  if (!accepted) throw new Error(`the attestation format "${attestationFormat}" is not accepted`);
}

export function modelIsAccepted({ aaguid }: Attested, policy: RelyingPartyPolicy): void {
  const { allowedAaguids, deniedAaguids } = policy;
  if (deniedAaguids.includes(aaguid)) throw new Error(`the AAGUID ${aaguid} is denied`);
  if (allowedAaguids && !allowedAaguids.includes(aaguid)) {
    throw new Error(`the AAGUID ${aaguid} is not one of those allowed`);
  }
}

export function deviceTypeIsAccepted(
  { backupEligible }: Attested,
  { deviceTypes }: RelyingPartyPolicy,
): void {
  const deviceType = backupEligible ? 'multiDevice' : 'singleDevice';
  if (!deviceTypes.includes(deviceType))
    throw new Error(`passkeys of the type ${deviceType} are not accepted`);
}

/** The attestation chains to what the FIDO Metadata says of the model, and the model is not compromised. */
export async function attestationIsTrustworthy(
  attestationObject: string,
  { aaguid }: Attested,
  metadata: FidoMetadata,
): Promise<void> {
  const entry = await metadata.entryOf(aaguid);
  if (!entry?.metadataStatement) throw new Error(`the FIDO metadata does not know the AAGUID ${aaguid}`);
  refuseCompromised(entry);
  const { attestationTypes, attestationRootCertificates } = entry.metadataStatement;
  const bytes = fromBase64Url(attestationObject);
  const x5c = bytes && decodeAttestationObject(new Uint8Array(bytes)).get('attStmt').get('x5c');
  if (!x5c?.length) {
    if (attestationTypes.includes('basic_surrogate')) return;
    throw new Error('the attestation has no certificate, and the FIDO metadata expects one');
  }
  await validateCertificatePath(
    x5c.map(convertCertBufferToPEM),
    attestationRootCertificates.map(convertCertBufferToPEM),
  );
}

function refuseCompromised({ aaguid, statusReports }: MetadataBLOBPayloadEntry): void {
  const report = statusReports.find(({ status }) => COMPROMISED.has(status));
  if (report) throw new Error(`the FIDO metadata says ${report.status} of the AAGUID ${aaguid ?? ''}`);
}
