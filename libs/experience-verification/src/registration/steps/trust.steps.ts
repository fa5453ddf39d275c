import type { AuthenticatorStatus, MetadataBLOBPayloadEntry } from '@simplewebauthn/server';
import { Certificate } from '../certificates/certificate';
import { assertLeadsToAnchor, type PathRules } from '../certificates/certificate-path';
import type { AttestationStatement } from '../formats/attestation-statement';
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
 * Section 7.1 step 24, for policies that take any attestation: its certificates are trustworthy where the format has
 * trust anchors.
 */
export async function certificatesAreTrustworthy(answer: RegistrationAnswer): Promise<void> {
  if (answer.relyingParty.policy.attestationTrust === 'metadata') return;
  await answer.goOnWith(({ format, certificates }) => {
    const anchors = answer.trust.roots.of(String(format));
    if (certificates.length === 0 || anchors.length === 0) return;
    assertLeadsToAnchor(certificates, anchors, rulesOf(answer));
  });
}

/**
 * Section 7.1 steps 23 and 24: where the policy asks for it, the attestation leads to what the FIDO Metadata says of
 * the model, and the model is not compromised.
 */
export async function attestationIsTrustworthy(answer: RegistrationAnswer): Promise<void> {
  if (answer.relyingParty.policy.attestationTrust !== 'metadata') return;
  await answer.goOnWith((statement) => assertMetadataKnows(statement, answer));
}

async function assertMetadataKnows(
  { certificates }: AttestationStatement,
  answer: RegistrationAnswer,
): Promise<void> {
  const { aaguid } = answer.attested;
  const entry = await answer.trust.metadata.entryOf(aaguid);
  if (!entry?.metadataStatement) throw new Error(`the FIDO metadata does not know the AAGUID ${aaguid}`);
  refuseCompromised(entry);
  const { attestationTypes, attestationRootCertificates } = entry.metadataStatement;
  if (certificates.length === 0) {
    if (attestationTypes.includes('basic_surrogate')) return;
    throw new Error('the attestation has no certificate, and the FIDO metadata expects one');
  }
  assertLeadsToAnchor(certificates, readAnchors(attestationRootCertificates), rulesOf(answer));
}

/** A root that can't be read is nobody's. */
const readAnchors = (roots: readonly string[]): Certificate[] =>
  roots.flatMap((root) => {
    try {
      return [new Certificate(Buffer.from(root, 'base64'))];
    } catch {
      return [];
    }
  });

function refuseCompromised({ aaguid, statusReports }: MetadataBLOBPayloadEntry): void {
  const report = statusReports.find(({ status }) => COMPROMISED.has(status));
  if (report) throw new Error(`the FIDO metadata says ${report.status} of the AAGUID ${aaguid ?? ''}`);
}

const rulesOf = ({ relyingParty: { policy } }: RegistrationAnswer): PathRules => ({
  time: Date.now(),
  ignoreExpiry: policy.attestationValidity === 'ignore-expiry',
});
