import type { MetadataBLOBPayloadEntry } from '@simplewebauthn/server';
import type { Certificate } from '../certificates/certificate';

const NO_AAGUID = /^[0-]+$/;

/**
 * By what the FIDO Metadata names a model: its AAGUID or, of authenticators of U2F, which have none, the key identifier of
 * the attestation certificate, in hex.
 */
export const modelOf = (aaguid: string, [certificate]: readonly Certificate[]): string =>
  certificate && NO_AAGUID.test(aaguid) ? certificate.keyIdentifier : aaguid;

/**
 * Reports that are dated later are not in force yet.
 * @throws Error with the report, when the metadata has one that is refused (FIDO Metadata Service, section 3.1.3)
 */
export function assertStatusIsAccepted(
  { statusReports }: MetadataBLOBPayloadEntry,
  model: string,
  refused: readonly string[],
): void {
  const today = new Date().toISOString().slice(0, 10);
  const report = statusReports.find(
    ({ status, effectiveDate = today }) => refused.includes(status) && effectiveDate <= today,
  );
  if (report) throw new Error(`the FIDO metadata says ${report.status} of the model ${model}`);
}
