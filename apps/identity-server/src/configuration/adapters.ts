import type { RelyingPartyConfiguration } from './relying-party';
import { ConfigurationError, type Variables } from './variables';

/** Calls in other systems' shapes. */
export interface AdapterConfiguration {
  /** Whether Logto's sign-in page and account centre are answered. */
  logtoFrontend: boolean;
  /** Whether the FIDO conformance tools are answered: then whoever reaches the server may give any account a passkey. */
  conformanceTools: boolean;
}

/** The conformance tools are for development, unless it is said otherwise. */
export function readAdapters(
  variables: Variables,
  { isDevelopment }: Pick<RelyingPartyConfiguration, 'isDevelopment'>,
): AdapterConfiguration {
  const tools = variables.oneOf('CONFORMANCE_TOOLS', 'off', ['on', 'off', 'on-any-host']);
  if (tools === 'on' && !isDevelopment) {
    throw new ConfigurationError(
      'CONFORMANCE_TOOLS',
      'lets whoever reaches the server give any account a passkey: "on" is for localhost, "on-any-host" for a server without accounts of people',
    );
  }
  return {
    logtoFrontend: variables.oneOf('LOGTO_FRONTEND', 'off', ['on', 'off']) === 'on',
    conformanceTools: tools !== 'off',
  };
}
