import { ExperienceException } from '../../errors/experience.exception';
import { MAX_CREDENTIAL_ID_BYTES, toBase64Url } from '../../webauthn/webauthn-types';
import type { RegistrationAnswer } from '../registration-answer';

/** Section 7.1 step 4: residentKey, checked by what credProps says (section 10.1.3). */
export function discoverabilityIsAsAsked({ request, discoverable }: RegistrationAnswer): void {
  if (request.residentKey === 'required' && discoverable === false) {
    throw new Error('a discoverable credential was asked for, and the client says it is none');
  }
}

/** Section 7.1 step 25. */
export function credentialIdIsNotTooLong({ attested: { credentialId } }: RegistrationAnswer): void {
  if (credentialId.length > MAX_CREDENTIAL_ID_BYTES) {
    throw new Error(
      `the credential ID has ${credentialId.length} bytes, at most ${MAX_CREDENTIAL_ID_BYTES} are allowed`,
    );
  }
}

/** Section 7.1 step 26: the ID by which the credential was looked for, the client's, is the authenticator's. */
export function credentialIdIsTheAttestedOne({ payload, attested }: RegistrationAnswer): void {
  if (payload.id !== toBase64Url(attested.credentialId)) {
    throw new Error('the credential ID is not the one in the authenticator data');
  }
}

/** Section 7.1 step 26: it is not registered yet, for any user. Binding asks again, race-free. */
export function credentialIsNotRegistered({ record }: RegistrationAnswer): void {
  if (record.credential) throw new ExperienceException('session.mfa.webauthn_credential_already_in_use');
}
