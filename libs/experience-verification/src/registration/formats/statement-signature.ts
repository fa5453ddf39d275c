import type { KeyObject } from 'node:crypto';
import { coseAlgorithm, type CoseAlgorithm } from '../../webauthn/cose-algorithms';
import { toCoseKey } from '../../webauthn/cose-key';
import { isEcdsaSignature } from '../../webauthn/ecdsa-signature';
import { isSignatureValid, type VerifyingKey } from '../../webauthn/signature';
import type { AttestationStatement } from './attestation-statement';

/**
 * The algorithm that a statement's `alg` names.
 * @throws Error when it is not known
 */
export function algorithmOf(statement: AttestationStatement): CoseAlgorithm {
  const id = statement.get('alg');
  const algorithm = typeof id === 'number' ? coseAlgorithm(id) : undefined;
  if (!algorithm) throw new Error(`the algorithm ${String(id)} of the attestation statement is not known`);
  return algorithm;
}

/** @throws Error when the statement's `sig` is not the key's over these bytes */
export async function assertSignedBy(
  key: VerifyingKey,
  statement: AttestationStatement,
  signed: Uint8Array,
): Promise<void> {
  const signature = statement.bytes('sig');
  // What @simplewebauthn/server would read of other tags and lengths is no second form of a signature.
  if (key.imported?.algorithm.kty === 'EC' && !isEcdsaSignature(signature)) {
    throw new Error('the attestation signature is not one of ECDSA');
  }
  if (!(await isSignatureValid(key, signature, signed)))
    throw new Error('the attestation signature is not valid');
}

/**
 * A certificate's key, to verify signatures of an algorithm.
 * @throws Error when it is of another kind
 */
export function keyOfAlgorithm(key: KeyObject, algorithm: CoseAlgorithm): VerifyingKey {
  const jwk = key.export({ format: 'jwk' });
  if (jwk.kty !== algorithm.kty || jwk.crv !== algorithm.curve?.jwk) {
    throw new Error(`the certificate's key is not one of ${algorithm.name}`);
  }
  return { imported: { key, algorithm }, cose: toCoseKey(algorithm, jwk) };
}
