import { hash } from 'node:crypto';
import {
  checkResource,
  type OpenIdProviderOptions,
  type ResourceOptions,
  toApplications,
  toIssuer,
} from 'nestjs-passkey-openid-provider';
import { SHORTEST_TOKEN } from 'nestjs-passkey-sign-in';
import { ConfigurationError, type Variables } from './variables';
import { readNamed } from './files';
import { readJson } from './json';

export interface OpenIdProviderConfiguration {
  /** Null: there is none. */
  openIdProvider: OpenIdProviderOptions | null;
  /** Whether there is none for want of a secret, which nobody has said is meant. */
  openIdProviderLacksSecret: boolean;
}

/**
 * @param hasSecret whether there is one that all servers on the database share
 * @param relyingParties ids, the first of which has the applications of which nothing is said
 * @param isServed whether the database is a server's, so that no folder of this server's could keep a secret
 */
export function readOpenIdProvider(
  variables: Variables,
  hasSecret: boolean,
  isServed: boolean,
  relyingParties: string[],
): OpenIdProviderConfiguration {
  const wish = variables.oneOf('OIDC', 'auto', ['auto', 'on', 'off']);
  const issuer = variables.parsed('OIDC_ISSUER', toIssuer);
  const lacksSecret = wish !== 'off' && !hasSecret && isServed;
  if (wish === 'on' && lacksSecret) {
    throw new ConfigurationError('SECRET', 'is needed for OIDC=on with DATABASE_URL');
  }
  const resources = variables.parsed('OIDC_RESOURCES', readResources);
  const applications =
    variables.parsed('APPLICATIONS', (path) => toApplications(readApplications(path), relyingParties)) ?? [];
  const isOff = wish === 'off' || lacksSecret;
  return {
    openIdProvider: isOff ? null : { issuer, resources, applications },
    openIdProviderLacksSecret: lacksSecret,
  };
}

/** Applications, from a JSON file, with hashes of the secrets that are in files of their own. */
function readApplications(path: string): unknown {
  const entries = readJson(path);
  if (!Array.isArray(entries)) return entries;
  return entries.map((entry: { secrets?: unknown; secretFiles?: unknown } | null) => {
    const { secretFiles, ...application } = entry ?? {};
    if (!Array.isArray(secretFiles)) return entry;
    const { secrets } = application;
    return {
      ...application,
      secrets: [...(Array.isArray(secrets) ? (secrets as unknown[]) : []), ...secretFiles.map(hashOfFile)],
    };
  });
}

function hashOfFile(path: unknown): string {
  if (typeof path !== 'string') throw new Error('"secretFiles" must be a list of paths');
  const secret = readNamed(path).trim();
  if (secret.length >= SHORTEST_TOKEN) return hash('sha256', secret);
  throw new Error(
    `${path} must hold a secret of at least ${SHORTEST_TOKEN} characters: \`openssl rand -hex 32\` makes one`,
  );
}

/** APIs, from a JSON file. */
function readResources(path: string): ResourceOptions[] {
  const entries = readJson(path);
  const isText = (value: unknown): value is string => typeof value === 'string';
  if (!Array.isArray(entries)) throw new Error(`${path} must hold an array`);
  return entries.map((entry: Partial<ResourceOptions> | null, index) => {
    const { identifier, scopes } = entry ?? {};
    if (!isText(identifier) || !Array.isArray(scopes) || !scopes.every(isText)) {
      throw new Error(`number ${index + 1} of ${path} must have "identifier", a URI, and "scopes", a list`);
    }
    checkResource({ identifier, scopes });
    return { identifier, scopes };
  });
}
