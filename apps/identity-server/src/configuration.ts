import { type AdapterConfiguration, readAdapters } from './configuration/adapters';
import { type AuthenticatorConfiguration, readAuthenticators } from './configuration/authenticators';
import { type DatabaseConfiguration, readDatabase } from './configuration/database';
import { type EventConfiguration, readEvents } from './configuration/events';
import { type LanguageConfiguration, readLanguages } from './configuration/languages';
import { type MessageConfiguration, readMessages } from './configuration/messages';
import { type OpenIdProviderConfiguration, readOpenIdProvider } from './configuration/openid-provider';
import { type ProtectionConfiguration, readProtection } from './configuration/protection';
import {
  readRelyingParty,
  relyingPartiesOf,
  type RelyingPartyConfiguration,
} from './configuration/relying-party';
import { readServer, type ServerConfiguration } from './configuration/server';
import { readTelemetry, type TelemetryConfiguration } from './configuration/telemetry';
import { ConfigurationError, Variables } from './configuration/variables';

export { relyingPartiesOf, relyingPartyOf } from './configuration/relying-party';
export type { LogLevel } from './configuration/server';
export { ConfigurationError, forgetSecrets } from './configuration/variables';

/** What the environment says, checked. */
export interface Configuration
  extends
    ServerConfiguration,
    DatabaseConfiguration,
    RelyingPartyConfiguration,
    AuthenticatorConfiguration,
    ProtectionConfiguration,
    AdapterConfiguration,
    OpenIdProviderConfiguration,
    EventConfiguration,
    MessageConfiguration,
    LanguageConfiguration {
  telemetry?: TelemetryConfiguration;
}

/**
 * Reads the configuration from environment variables; an empty one counts as unset.
 * @throws ConfigurationError for the first wrong value
 */
export function readConfiguration(env: NodeJS.ProcessEnv): Configuration {
  const variables = new Variables(env);
  const server = readServer(variables);
  const database = readDatabase(variables);
  const relyingParty = readRelyingParty(variables, server);
  const authenticators = readAuthenticators(variables);
  const asksMetadata = relyingPartiesOf(relyingParty).all.some(
    ({ policy }) => policy.attestationTrust === 'metadata',
  );
  if (asksMetadata && !authenticators.metadata) {
    throw new ConfigurationError('FIDO_METADATA', 'is needed for a policy with attestationTrust "metadata"');
  }
  const protection = readProtection(variables, database.databaseUrl !== undefined);
  return {
    ...server,
    ...database,
    ...relyingParty,
    ...authenticators,
    ...protection,
    ...readOpenIdProvider(
      variables,
      protection.secrets !== undefined,
      database.databaseUrl !== undefined,
      relyingPartiesOf(relyingParty).all.map(({ id }) => id),
    ),
    ...readAdapters(variables, relyingParty),
    ...readEvents(variables),
    ...readMessages(variables, relyingParty),
    ...readLanguages(variables),
    telemetry: readTelemetry(variables),
  };
}
