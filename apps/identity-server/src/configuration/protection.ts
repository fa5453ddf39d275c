import { type LimitOptions, type ManagementTokenOptions, SHORTEST_TOKEN } from 'nestjs-passkey-sign-in';
import { besideOthers, toManagementTokens } from './management-tokens';
import { ConfigurationError, decoded, type Variables } from './variables';
import { readJson } from './json';

/** What callers may do and learn. */
export interface ProtectionConfiguration {
  /** Unset: the module's default. */
  challengeTtlSeconds?: number;
  /** Of challenges that any passkey may answer. Unset: the module's default. */
  autofillTtlSeconds?: number;
  /** Unset: the module's default. */
  maxPasskeys?: number;
  /** Unset: the module's default. */
  sessionTtlSeconds?: number;
  /** Unset: the module's default. */
  sessionIdleSeconds?: number;
  accountEnumeration: 'reveal' | 'decoy';
  /** The present one first. Unset: the embedded database's folder has it. */
  secrets?: string[];
  managementApiToken?: string[];
  managementTokens: ManagementTokenOptions[];
  usernamePattern?: string;
  reservedUsernames: string[];
  limits: LimitOptions | 'off';
  /** Percent of a processor core that one address may use while others are there. Only where there are limits. */
  processorPercent: number;
}

/** @param isServed whether the database is a server's, which others may use too */
export function readProtection(variables: Variables, isServed: boolean): ProtectionConfiguration {
  const accountEnumeration = variables.oneOf('ACCOUNT_ENUMERATION', 'reveal', ['reveal', 'decoy']);
  const secrets = variables.secrets('SECRET', atLeast(16));
  if (secrets === undefined && accountEnumeration === 'decoy' && isServed) {
    // Decoys must be alike on every server.
    throw new ConfigurationError('SECRET', 'is needed for ACCOUNT_ENUMERATION=decoy with DATABASE_URL');
  }
  const managementApiToken = variables.secrets('MANAGEMENT_API_TOKEN', atLeast(SHORTEST_TOKEN));
  const managementTokens = variables.parsed('MANAGEMENT_TOKENS', (path) =>
    besideOthers(readManagementTokens(path), managementApiToken),
  );
  return {
    challengeTtlSeconds: variables.integer('CHALLENGE_TTL_SECONDS', 1, 3600),
    autofillTtlSeconds: variables.integer('AUTOFILL_TTL_SECONDS', 1, 3600),
    maxPasskeys: variables.integer('MAX_PASSKEYS', 1, 64),
    sessionTtlSeconds: variables.integer('SESSION_TTL_SECONDS', 1, 365 * 86_400),
    sessionIdleSeconds: variables.integer('SESSION_IDLE_SECONDS', 1, 365 * 86_400),
    accountEnumeration,
    secrets,
    managementApiToken,
    managementTokens: managementTokens ?? [],
    usernamePattern: variables.parsed('USERNAME_PATTERN', regularExpression),
    reservedUsernames: variables.list('RESERVED_USERNAMES'),
    limits: readLimits(variables),
    processorPercent: variables.integer('RATE_LIMIT_PROCESSOR_PERCENT', 1, 100) ?? 5,
  };
}

/** The text itself is never repeated. */
const atLeast =
  (length: number) =>
  (secret: string): string => {
    if (secret.length >= length) return secret;
    throw new Error(`must have at least ${length} characters`);
  };

function regularExpression(text: string): string {
  new RegExp(text, 'u');
  return text;
}

const readManagementTokens = (path: string): ManagementTokenOptions[] => toManagementTokens(readJson(path));

function readLimits(variables: Variables): LimitOptions | 'off' {
  if (variables.oneOf('RATE_LIMIT', 'on', ['on', 'off']) === 'off') return 'off';
  const rate = (name: string) => variables.integer(name, 1, 1_000_000_000);
  return {
    perAddress: rate('RATE_LIMIT_PER_ADDRESS'),
    perIdentifier: rate('RATE_LIMIT_PER_IDENTIFIER'),
    perInteraction: rate('RATE_LIMIT_PER_INTERACTION'),
    redisUrl: variables.parsed('REDIS_URL', redisUrl),
  };
}

/** The URL may hold a password: it is never repeated. */
function redisUrl(text: string): string {
  if (!/^rediss?:\/\/./.test(text) || !URL.canParse(text)) {
    throw new Error('must be a URL that begins with redis:// or rediss://');
  }
  decoded(text);
  if (/^\/?\d*$/.test(new URL(text).pathname)) return text;
  throw new Error('may have nothing after host and port but the number of a database');
}
