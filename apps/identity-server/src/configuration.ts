import { resolve } from 'node:path';
import { parse as parseDomain } from 'tldts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the environment says, checked. */
export interface Configuration {
  port: number;
  /** Address to listen on; `localhost` means both loopback addresses. */
  host: string;
  /** Unset: the embedded database in `dataDir`. */
  databaseUrl?: string;
  dataDir: string;
  rpId: string;
  rpName: string;
  /** Origins of the relying party's own pages, the first being where people sign in. */
  rpOrigins: [string, ...string[]];
  /** Origins of pages on other domains, and of native apps, that use this relying party's passkeys. */
  rpRelatedOrigins: string[];
  challengeTtlSeconds: number;
  accountEnumeration: 'reveal' | 'decoy';
  managementApiToken?: string;
  secret?: string;
  logLevel: LogLevel;
}

/** A variable that has a wrong value; the message is one line that names it. */
export class ConfigurationError extends Error {
  constructor(variable: string, problem: string) {
    super(`${variable}: ${problem}`);
  }
}

/**
 * Reads the configuration from environment variables; an empty one counts as unset.
 * @throws ConfigurationError for the first wrong value
 */
export function readConfiguration(env: NodeJS.ProcessEnv): Configuration {
  const get = (name: string) => env[name]?.trim() || undefined;
  const port = integer('PORT', get('PORT') ?? '3000', 0, 65_535);
  const rpId = get('RP_ID') ?? 'localhost';
  const configuration: Configuration = {
    port,
    host: get('HOST') ?? 'localhost',
    databaseUrl: databaseUrl(get('DATABASE_URL')),
    dataDir: resolve(get('DATA_DIR') ?? 'data'),
    rpId: relyingPartyId(rpId),
    rpName: get('RP_NAME') ?? 'Passkey sign-in',
    rpOrigins: list(get('RP_ORIGINS') ?? `http://localhost:${port}`).map((text) =>
      ownOrigin(text, rpId),
    ) as Configuration['rpOrigins'],
    rpRelatedOrigins: list(get('RP_RELATED_ORIGINS')).map(relatedOrigin),
    challengeTtlSeconds: integer('CHALLENGE_TTL_SECONDS', get('CHALLENGE_TTL_SECONDS') ?? '60', 1, 3600),
    accountEnumeration: oneOf('ACCOUNT_ENUMERATION', get('ACCOUNT_ENUMERATION') ?? 'reveal', [
      'reveal',
      'decoy',
    ]),
    managementApiToken: get('MANAGEMENT_API_TOKEN'),
    secret: get('SECRET'),
    logLevel: oneOf('LOG_LEVEL', get('LOG_LEVEL') ?? 'info', LOG_LEVELS),
  };
  checkSecret(configuration);
  return configuration;
}

function integer(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new ConfigurationError(name, `must be a whole number from ${min} to ${max}, is "${text}"`);
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const value = allowed.find((candidate) => candidate === text);
  if (value !== undefined) return value;
  throw new ConfigurationError(name, `must be one of ${allowed.join(', ')}, is "${text}"`);
}

/** The value may hold a password: it is never repeated. */
function databaseUrl(text: string | undefined): string | undefined {
  if (text === undefined || /^postgres(ql)?:\/\/./.test(text)) return text;
  throw new ConfigurationError('DATABASE_URL', 'must be a URL that begins with postgres://');
}

/** An RP ID is a domain that is no public suffix (WebAuthn Level 3, section 4, and the public suffix list). */
function relyingPartyId(id: string): string {
  if (isLocalhost(id)) return id;
  const { domain, hostname, isIp } = parseDomain(id, { allowPrivateDomains: true });
  if (isIp || hostname !== id)
    throw new ConfigurationError('RP_ID', `must be a domain in lower case, is "${id}"`);
  if (domain === null) {
    throw new ConfigurationError(
      'RP_ID',
      `"${id}" is a public suffix, under which anybody can register: browsers refuse it`,
    );
  }
  return id;
}

/** Browsers run WebAuthn on https, and on http for localhost only; the RP ID must be the host or a parent of it. */
const list = (text: string | undefined): string[] => text?.split(',').map((item) => item.trim()) ?? [];

/** A browser's origin in its one spelling. */
function origin(variable: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`) {
    throw new ConfigurationError(variable, `"${text}" is not an origin such as https://example.com`);
  }
  if (url.protocol === 'http:' && !isLocalhost(url.hostname)) {
    throw new ConfigurationError(
      variable,
      `"${url.origin}" must be https: browsers allow http for localhost only`,
    );
  }
  return url;
}

function ownOrigin(text: string, rpId: string): string {
  const url = origin('RP_ORIGINS', text);
  if (url.hostname !== rpId && !url.hostname.endsWith(`.${rpId}`)) {
    throw new ConfigurationError(
      'RP_ORIGINS',
      `"${url.origin}" is not on RP_ID "${rpId}" or a subdomain of it; RP_RELATED_ORIGINS takes others`,
    );
  }
  return url.origin;
}

/** Android names an app by the SHA-256 of its signing certificate, base64url. */
const ANDROID_APP = /^android:apk-key-hash:[\w-]{43}$/;

/** Whether it is the origin of pages, not of a native app. */
export const isPageOrigin = (text: string): boolean => !ANDROID_APP.test(text);

const relatedOrigin = (text: string): string =>
  ANDROID_APP.test(text) ? text : origin('RP_RELATED_ORIGINS', text).origin;

const isLocalhost = (host: string) => host === 'localhost' || host.endsWith('.localhost');

/** Decoys must be alike on every server, so a served database needs the secret from outside. */
function checkSecret({ secret, accountEnumeration, databaseUrl }: Configuration): void {
  if (secret !== undefined && secret.length < 16) {
    throw new ConfigurationError('SECRET', 'must have at least 16 characters');
  }
  if (secret === undefined && accountEnumeration === 'decoy' && databaseUrl !== undefined) {
    throw new ConfigurationError('SECRET', 'is needed for ACCOUNT_ENUMERATION=decoy with DATABASE_URL');
  }
}
