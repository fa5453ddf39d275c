/** The model of authenticator or password manager that made a passkey. */
export interface PasskeyProvider {
  name: string;
  /** A picture, as a data URL. */
  icon?: string;
}

/** Attestation `none` may blank the AAGUID: zeros say nothing (WebAuthn Level 3, section 6.5.1). */
export const ZERO_AAGUID = '00000000-0000-0000-0000-000000000000';
