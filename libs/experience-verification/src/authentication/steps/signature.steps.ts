import { isSignatureValid } from '../../webauthn/signature';
import type { AssertionAnswer } from '../assertion-answer';
import { ImportedPublicKeys } from '../imported-public-keys';

const importedKeys = new ImportedPublicKeys();

/** Section 7.2 steps 20 and 21: the signature is the credential's, over authenticator data and client data's hash. */
export async function signatureIsValid(answer: AssertionAnswer): Promise<void> {
  const { id, publicKey } = answer.credential;
  const signed = Buffer.concat([answer.authenticatorDataBytes, answer.clientData.hash]);
  const key = { imported: importedKeys.find(id, publicKey), cose: publicKey };
  if (!(await isSignatureValid(key, answer.signature, signed))) throw new Error('the signature is not valid');
}
