import { coseAlgorithm } from '../../webauthn/cose-algorithms';
import type { AttestationStatement } from './attestation-statement';
import type { AttestationSubject } from './attestation-subject';
import { assertSignedBy, keyOfAlgorithm } from './statement-signature';

const ES256 = -7;

/** Section 8.6: over what the older U2F API signs, on P-256 throughout. */
export async function verifyFidoU2f(
  statement: AttestationStatement,
  subject: AttestationSubject,
): Promise<void> {
  if (statement.certificates.length !== 1) throw new Error('the U2F statement has not one certificate');
  const algorithm = coseAlgorithm(ES256);
  if (!algorithm) throw new Error('ES256 is not known');
  const key = keyOfAlgorithm(statement.certificate.publicKey, algorithm);
  await assertSignedBy(key, statement, registrationData(subject));
}

function registrationData({
  authenticatorData,
  clientDataHash,
  attested,
  publicKey,
}: AttestationSubject): Buffer {
  const { crv, x = '', y = '' } = publicKey.key.export({ format: 'jwk' });
  if (crv !== 'P-256') throw new Error('the U2F key is not on P-256');
  return Buffer.concat([
    Buffer.of(0x00),
    authenticatorData.rpIdHash,
    clientDataHash,
    attested.credentialId,
    Buffer.of(0x04),
    Buffer.from(x, 'base64url'),
    Buffer.from(y, 'base64url'),
  ]);
}
