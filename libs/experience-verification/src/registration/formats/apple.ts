import { hash } from 'node:crypto';
import type { AttestationStatement } from './attestation-statement';
import type { AttestationSubject } from './attestation-subject';

const NONCE = '1.2.840.113635.100.8.2';

/** SEQUENCE { [1] { OCTET STRING of 32 bytes } }, up to those. */
const NONCE_HEADER = Buffer.from('3024a1220420', 'hex');

/** Section 8.8: the certificate is made for this answer, and has the credential key. */
export function verifyApple(
  { certificate }: AttestationStatement,
  { signed, publicKey }: AttestationSubject,
): void {
  const nonce = Buffer.concat([NONCE_HEADER, hash('sha256', signed, 'buffer')]);
  if (!certificate.extension(NONCE)?.value.equals(nonce)) {
    throw new Error("the certificate's nonce is not of this answer");
  }
  if (!certificate.publicKey.equals(publicKey.key)) {
    throw new Error('the certificate is of another key than the credential');
  }
}
