import { accessSync } from 'node:fs';
import { assertIsMetadataSource, type MetadataOptions, type PasskeyProvider } from 'nestjs-passkey-sign-in';
import { type AttestationRoots, toAttestationRoots } from './attestation-roots';
import { readCertificates } from './certificates';
import { named, type Variables } from './variables';
import { readJson } from './json';

/** What is known of authenticators and passkey providers besides. */
export interface AuthenticatorConfiguration {
  metadata?: MetadataOptions;
  attestationRoots: AttestationRoots;
  passkeyProviders: Record<string, PasskeyProvider>;
}

export const readAuthenticators = (variables: Variables): AuthenticatorConfiguration => ({
  metadata: readMetadata(variables),
  attestationRoots: named('ATTESTATION_ROOTS', () => toAttestationRoots(variables.list('ATTESTATION_ROOTS'))),
  passkeyProviders: variables.parsed('PASSKEY_PROVIDERS', readPasskeyProviders) ?? {},
});

function readMetadata(variables: Variables): MetadataOptions | undefined {
  const source = variables.parsed('FIDO_METADATA', metadataSource);
  const rootCertificates = variables.parsed('FIDO_METADATA_ROOT', (path) =>
    readCertificates(path).map(String),
  );
  return source === undefined ? undefined : { source, rootCertificates };
}

function metadataSource(source: string): string {
  assertIsMetadataSource(source);
  if (!URL.canParse(source)) accessSync(source);
  return source;
}

/** The community's list of passkey providers has `name`, `icon_light` and `icon_dark` by AAGUID. */
function readPasskeyProviders(path: string): Record<string, PasskeyProvider> {
  const entries = readJson(path) as Record<string, Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(entries).map(([aaguid, { name, icon_light, icon }]) => {
      if (typeof name !== 'string') throw new Error(`${path}: ${aaguid} has no name`);
      const picture = icon ?? icon_light;
      const isPicture = typeof picture === 'string' && picture.startsWith('data:image/');
      return [aaguid.toLowerCase(), isPicture ? { name, icon: picture } : { name }];
    }),
  );
}
