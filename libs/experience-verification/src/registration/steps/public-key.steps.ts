import { algorithmOfCoseKey } from '../../webauthn/cose-key';
import type { RegistrationAnswer } from '../registration-answer';

/** What RFC 8230 asks for, and what can be verified at each sign-in without anybody noticing. */
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 8192;

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
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS)) {
    throw new Error(`the RSA key has ${bits} bits, ${MIN_RSA_BITS} to ${MAX_RSA_BITS} are allowed`);
  }
}
