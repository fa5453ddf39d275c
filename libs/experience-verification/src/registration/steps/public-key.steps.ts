import { algorithmOfCoseKey, assertKeySize } from '../../webauthn/cose-key';
import type { RegistrationAnswer } from '../registration-answer';

/** Section 7.1 step 20. */
export function algorithmWasAskedFor({ attested, request: { algorithms } }: RegistrationAnswer): void {
  const algorithm = algorithmOfCoseKey(attested.publicKey);
  if (!algorithms.some((asked) => asked === algorithm)) {
    throw new Error(`the algorithm ${String(algorithm)} is not one of ${algorithms.join(', ')}`);
  }
}

/** Section 5.8.5, of step 20: the key is one of its algorithm, on its curve. */
export function publicKeyIsOfItsAlgorithm({ publicKey, request }: RegistrationAnswer): void {
  const { askedWith } = publicKey.algorithm;
  if (askedWith && !request.algorithms.includes(askedWith))
    throw new Error('the COSE key is of no supported algorithm');
}

/** Of step 20 too: a weak RSA key is of no use, and a long one would be verified at each sign-in. */
export function rsaKeySizeIsAllowed({ publicKey: { key } }: RegistrationAnswer): void {
  assertKeySize(key);
}
