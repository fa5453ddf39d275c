import { readConfiguration } from '../../apps/identity-server/src/configuration';

/** Names of all environment variables that the server's configuration is read from. */
export function variablesRead(): string[] {
  const names = new Set<string>();
  const env = new Proxy<NodeJS.ProcessEnv>({}, { get: (_, name) => void names.add(String(name)) });
  readConfiguration(env);
  return [...names];
}
