import type { Certificate } from '../../trust/certificates/certificate';
import type { AttestationStatement } from './attestation-statement';
import type { AttestationSubject } from './attestation-subject';
import { assertIsAttestationCertificate, assertNamesModel } from './certificate-requirements';
import { algorithmOf, assertSignedBy, keyOfAlgorithm } from './statement-signature';

/** Object identifiers of a subject's attributes. */
const COUNTRY = '2.5.4.6';
const ORGANISATION = '2.5.4.10';
const UNIT = '2.5.4.11';
const COMMON_NAME = '2.5.4.3';

/** Section 8.2: signed with a certified key, or without x5c by the credential key itself. */
export async function verifyPacked(
  statement: AttestationStatement,
  subject: AttestationSubject,
): Promise<void> {
  if (!statement.has('x5c')) return verifySelfAttestation(statement, subject);
  const { certificate } = statement;
  const key = keyOfAlgorithm(certificate.publicKey, algorithmOf(statement, subject.policy));
  await assertSignedBy(key, statement, subject.signed);
  assertIsAttestationCertificate(certificate);
  assertSubjectIsOfAMaker(certificate);
  assertNamesModel(certificate, subject.attested.aaguid);
}

async function verifySelfAttestation(
  statement: AttestationStatement,
  { publicKey, attested, signed }: AttestationSubject,
): Promise<void> {
  if (statement.get('alg') !== publicKey.algorithm.id) {
    throw new Error('the self attestation is of another algorithm than the key');
  }
  await assertSignedBy({ imported: publicKey, cose: attested.publicKey }, statement, signed);
}

/** Section 8.2.1. */
function assertSubjectIsOfAMaker(certificate: Certificate): void {
  const [country = ''] = certificate.subject(COUNTRY);
  if (country.length !== 2) throw new Error("the certificate's country is not one of two letters");
  for (const type of [ORGANISATION, COMMON_NAME]) {
    if (!certificate.subject(type)[0]) throw new Error('the certificate names no organisation or model');
  }
  if (!certificate.subject(UNIT).includes('Authenticator Attestation')) {
    throw new Error('the certificate is not one of "Authenticator Attestation"');
  }
}
