import type { AuthenticatorStatus, MetadataBLOBPayloadEntry } from '@simplewebauthn/server';
import { convertCertBufferToPEM, validateCertificatePath } from '@simplewebauthn/server/helpers';
import type { RegistrationAnswer } from '../registration-answer';

/** A model with one of these is not to be trusted (FIDO Metadata Service, section 3.1.4). */
const COMPROMISED = new Set<AuthenticatorStatus>([
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
  'REVOKED',
]);

/**
 * Section 7.1 steps 23 and 24: where the policy asks for it, the attestation chains to what the FIDO Metadata says of
 * the model, and the model is not compromised.
 */
export async function attestationIsTrustworthy(answer: RegistrationAnswer): Promise<void> {
  if (answer.relyingParty.policy.attestationTrust !== 'metadata') return;
  const { aaguid } = answer.attested;
  const entry = await answer.metadata.entryOf(aaguid);
  if (!entry?.metadataStatement) throw new Error(`the FIDO metadata does not know the AAGUID ${aaguid}`);
  refuseCompromised(entry);
  const { attestationTypes, attestationRootCertificates } = entry.metadataStatement;
  const path = certificatesOf(answer);
  if (path.length === 0) {
    if (attestationTypes.includes('basic_surrogate')) return;
    throw new Error('the attestation has no certificate, and the FIDO metadata expects one');
  }
  await validateCertificatePath(
    path.map(convertCertBufferToPEM),
    attestationRootCertificates.map(convertCertBufferToPEM),
  );
}

function refuseCompromised({ aaguid, statusReports }: MetadataBLOBPayloadEntry): void {
  const report = statusReports.find(({ status }) => COMPROMISED.has(status));
  if (report) throw new Error(`the FIDO metadata says ${report.status} of the AAGUID ${aaguid ?? ''}`);
}

/** The statement is valid by now, so that `x5c` is a list of certificates where there is one. */
function certificatesOf({ attestationObject }: RegistrationAnswer): Uint8Array<ArrayBuffer>[] {
  const path = attestationObject.statement.get('x5c');
  return Array.isArray(path) ? (path as Uint8Array<ArrayBuffer>[]) : [];
}
