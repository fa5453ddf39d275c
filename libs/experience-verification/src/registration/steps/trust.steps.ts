import { Certificate } from '../../trust/certificates/certificate';
import { assertLeadsToAnchor, type PathRules } from '../../trust/certificates/certificate-path';
import { assertStatusIsAccepted, modelOf } from '../../trust/metadata/authenticator-model';
import type { AttestationStatement } from '../formats/attestation-statement';
import { withoutArmour } from '../../validation/base64url';
import type { RegistrationAnswer } from '../registration-answer';

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
  const model = modelOf(answer.attested.aaguid, certificates);
  const entry = await answer.trust.metadata.entryOf(model);
  if (!entry?.metadataStatement)
    throw new Error(`the FIDO metadata does not know the AAGUID or key ${model}`);
  assertStatusIsAccepted(entry, model, answer.relyingParty.policy.refusedModelStatuses);
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
      return [new Certificate(Buffer.from(withoutArmour(root), 'base64'))];
    } catch {
      return [];
    }
  });

const rulesOf = ({ relyingParty: { policy } }: RegistrationAnswer): PathRules => ({
  time: Date.now(),
  ignoreExpiry: policy.attestationValidity === 'ignore-expiry',
});
