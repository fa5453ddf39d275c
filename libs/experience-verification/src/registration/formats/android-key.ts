import {
  type AuthorizationList,
  id_ce_keyDescription,
  KeyDescription,
  SecurityLevel,
} from '@peculiar/asn1-android';
import { AsnConvert } from '@peculiar/asn1-schema';
import type { AttestationStatement } from './attestation-statement';
import type { AttestationSubject } from './attestation-subject';
import { algorithmOf, assertSignedBy, keyOfAlgorithm } from './statement-signature';

/** KM_ORIGIN_GENERATED. */
const GENERATED = 0;
/** KM_PURPOSE_SIGN. */
const SIGN = 2;

/** Section 8.4. */
export async function verifyAndroidKey(
  statement: AttestationStatement,
  { signed, publicKey, clientDataHash, policy }: AttestationSubject,
): Promise<void> {
  const { certificate } = statement;
  const key = keyOfAlgorithm(certificate.publicKey, algorithmOf(statement, policy));
  await assertSignedBy(key, statement, signed);
  if (!certificate.publicKey.equals(publicKey.key)) {
    throw new Error('the certificate is of another key than the credential');
  }
  const extension = certificate.extension(id_ce_keyDescription);
  if (!extension) throw new Error('the certificate does not describe its key');
  const description = AsnConvert.parse(extension.value, KeyDescription);
  if (!clientDataHash.equals(new Uint8Array(description.attestationChallenge.buffer))) {
    throw new Error("the certificate's challenge is not of this answer");
  }
  assertKeyIsAsWanted(description, policy.androidKeyEnforcement === 'hardware');
}

function assertKeyIsAsWanted(description: KeyDescription, inHardware: boolean): void {
  const { softwareEnforced, teeEnforced, attestationSecurityLevel } = description;
  if (inHardware && attestationSecurityLevel === SecurityLevel.software) {
    throw new Error('the key is attested by software, and not by hardware');
  }
  const lists = [softwareEnforced, teeEnforced];
  if (lists.some(({ allApplications }) => allApplications !== undefined)) {
    throw new Error('the key may be used by all applications');
  }
  assertMadeToSign(inHardware ? [teeEnforced] : lists);
  if (inHardware && (teeEnforced.origin === undefined || !teeEnforced.purpose)) {
    throw new Error('the hardware does not say where the key comes from, or what for');
  }
}

/** What the lists say has to be right; software leaves much of it out. */
function assertMadeToSign(lists: AuthorizationList[]): void {
  if (lists.some(({ origin = GENERATED }) => origin !== GENERATED)) {
    throw new Error('the key was not made by the keystore');
  }
  const purposes = lists.flatMap(({ purpose }) => (purpose ? [...purpose] : []));
  if (purposes.length > 0 && !purposes.includes(SIGN)) throw new Error('the key is not one to sign with');
}
