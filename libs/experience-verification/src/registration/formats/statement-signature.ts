import type { KeyObject } from 'node:crypto';
import { coseAlgorithm, type CoseAlgorithm } from '../../webauthn/cose-algorithms';
import { isKeyOf, toCoseKey } from '../../webauthn/cose-key';
import type { RelyingPartyPolicy } from '../../webauthn/relying-party';
import { isSignatureValid, type VerifyingKey } from '../../webauthn/signature';
import type { AttestationStatement } from './attestation-statement';

/**
 * The algorithm that a statement's `alg` names.
 * @throws Error when it is not known, or not accepted
 */
export function algorithmOf(statement: AttestationStatement, policy: RelyingPartyPolicy): CoseAlgorithm {
  const id = statement.get('alg');
  const algorithm = typeof id === 'number' ? coseAlgorithm(id) : undefined;
  if (!algorithm) throw new Error(`the algorithm ${String(id)} of the attestation statement is not known`);
  assertIsAccepted(algorithm, policy);
  return algorithm;
}

/** @throws Error when the policy has to name the algorithm, and does not */
export function assertIsAccepted(
  { id, name, attestationOnly }: CoseAlgorithm,
  { algorithms }: RelyingPartyPolicy,
): void {
  if (!attestationOnly || algorithms.includes(id)) return;
  throw new Error(`what is attested by ${name} is accepted only where the policy names it`);
}

/** @throws Error when the statement's `sig` is not the key's over these bytes */
export async function assertSignedBy(
  key: VerifyingKey,
  statement: AttestationStatement,
  signed: Uint8Array,
): Promise<void> {
  if (!(await isSignatureValid(key, statement.bytes('sig'), signed)))
    throw new Error('the attestation signature is not valid');
}

/**
 * A certificate's key, to verify signatures of an algorithm.
 * @throws Error when it is of another kind
 */
export function keyOfAlgorithm(key: KeyObject, algorithm: CoseAlgorithm): VerifyingKey {
  const jwk = key.export({ format: 'jwk' });
  if (!isKeyOf(jwk, algorithm)) {
    throw new Error(`the certificate's key is not one of ${algorithm.name}`);
  }
  return { imported: { key, algorithm }, cose: toCoseKey(algorithm, jwk) };
}
