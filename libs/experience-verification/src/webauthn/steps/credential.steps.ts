import type { CeremonyAnswer } from '../ceremony-answer';

/** Section 7.1 step 3, section 7.2 step 3: as far as JSON can tell (section 5.1, PublicKeyCredential). */
export function responseIsOfAPublicKeyCredential({ payload }: CeremonyAnswer): void {
  if (payload.id !== payload.rawId) throw new Error('id and rawId are not the same');
  if (payload.credentialType !== 'public-key') {
    throw new Error(`the credential type is "${payload.credentialType}"`);
  }
}
