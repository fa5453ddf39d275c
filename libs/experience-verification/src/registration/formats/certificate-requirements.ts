import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import type { Certificate } from '../../trust/certificates/certificate';

/** id-fido-gen-ce-aaguid. */
const AAGUID = '1.3.6.1.4.1.45724.1.1.4';

/** What sections 8.2.1 and 8.3.1 both ask: version 3, and nothing that issues others. */
export function assertIsAttestationCertificate(certificate: Certificate): void {
  if (certificate.version !== 3) throw new Error('the attestation certificate is not of version 3');
  if (certificate.isAuthority) throw new Error('the attestation certificate is one of an authority');
}

/** Sections 8.2 and 8.3: a certificate that names a model names that of the authenticator data. */
export function assertNamesModel(certificate: Certificate, aaguid: string): void {
  const extension = certificate.extension(AAGUID);
  if (!extension) return;
  if (extension.critical) throw new Error("the certificate's AAGUID is marked critical");
  const named = Buffer.from(AsnConvert.parse(extension.value, OctetString).buffer).toString('hex');
  if (named !== aaguid.replaceAll('-', '')) {
    throw new Error(`the certificate is of the AAGUID ${named}, and not of ${aaguid}`);
  }
}
