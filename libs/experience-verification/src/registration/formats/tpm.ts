import { createHash } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  ExtendedKeyUsage,
  id_ce_extKeyUsage,
  id_ce_subjectAltName,
  SubjectAlternativeName,
} from '@peculiar/asn1-x509';
import type { Certificate } from '../../trust/certificates/certificate';
import type { AttestationStatement } from './attestation-statement';
import type { AttestationSubject } from './attestation-subject';
import { assertIsAttestationCertificate, assertNamesModel } from './certificate-requirements';
import { algorithmOf, assertIsAccepted, assertSignedBy, keyOfAlgorithm } from './statement-signature';
import { RS1 } from '../../webauthn/cose-algorithms';
import { TPM_MANUFACTURERS } from './tpm-manufacturers';
import { readCertInfo, readPublicArea } from './tpm-structures';

/** tcg-kp-AIKCertificate. */
const ATTESTATION_KEY_USAGE = '2.23.133.8.3';
const MANUFACTURER = '2.23.133.2.1';
const MODEL = '2.23.133.2.2';
const VERSION = '2.23.133.2.3';

/** Section 8.3. */
export async function verifyTpm(statement: AttestationStatement, subject: AttestationSubject): Promise<void> {
  if (statement.get('ver') !== '2.0') throw new Error('the TPM statement is not of version 2.0');
  const publicArea = readPublicArea(statement.bytes('pubArea'));
  if (!publicArea.key.equals(subject.publicKey.key)) {
    throw new Error('the public area is of another key than the credential');
  }
  if (publicArea.usesSha1) assertIsAccepted(RS1, subject.policy);
  const { certificate } = statement;
  const algorithm = algorithmOf(statement, subject.policy);
  if (!algorithm.hash) throw new Error(`a TPM does not sign as ${algorithm.name}`);
  const certified = statement.bytes('certInfo');
  const { extraData, name } = readCertInfo(certified);
  if (!extraData.equals(createHash(algorithm.hash).update(subject.signed).digest())) {
    throw new Error('what the TPM certifies is not of this answer');
  }
  if (!name.equals(publicArea.name)) throw new Error('the TPM certifies another public area');
  await assertSignedBy(keyOfAlgorithm(certificate.publicKey, algorithm), statement, certified);
  assertIsAttestationKey(certificate, subject.policy.tpmManufacturers);
  assertNamesModel(certificate, subject.attested.aaguid);
}

/** Section 8.3.1. */
function assertIsAttestationKey(certificate: Certificate, further: readonly string[]): void {
  assertIsAttestationCertificate(certificate);
  if (certificate.hasSubject) throw new Error("the TPM certificate's subject is not empty");
  const usage = certificate.extension(id_ce_extKeyUsage);
  if (!usage || !AsnConvert.parse(usage.value, ExtendedKeyUsage).includes(ATTESTATION_KEY_USAGE)) {
    throw new Error('the TPM certificate is not one of an attestation key');
  }
  const { [MANUFACTURER]: manufacturer, [MODEL]: model, [VERSION]: version } = deviceOf(certificate);
  if (!manufacturer || !model || !version) throw new Error('the TPM certificate does not name its device');
  if (![...TPM_MANUFACTURERS, ...further].some((known) => isManufacturer(manufacturer, known))) {
    throw new Error(`the TPM manufacturer "${manufacturer}" is not known`);
  }
}

const isManufacturer = (named: string, known: string): boolean => named.toUpperCase() === `ID:${known}`;

/** What the subject alternative name says, by object identifier (TCG EK Credential Profile, section 3.2.9). */
function deviceOf(certificate: Certificate): Record<string, string | undefined> {
  const extension = certificate.extension(id_ce_subjectAltName);
  if (!extension) return {};
  const names = AsnConvert.parse(extension.value, SubjectAlternativeName);
  const attributes = names.flatMap(({ directoryName }) => directoryName?.flatMap((set) => [...set]) ?? []);
  return Object.fromEntries(attributes.map(({ type, value }) => [type, value.toString()]));
}
