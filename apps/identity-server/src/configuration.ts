import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type {
  AndroidApp,
  LimitOptions,
  MetadataOptions,
  PasskeyProvider,
  RelyingPartyOptions,
  TenantOptions,
  WebhookOptions,
} from '@passkey/experience-verification';
import { parse as parseDomain } from 'tldts';
import { type AttestationRoots, toAttestationRoots } from './attestation-roots';
import { isAppleApp, type Policy, toAndroidApps, toPolicy, toTenant } from './relying-party-configuration';
import { toTrustedProxies, type TrustedProxies } from './trusted-proxies';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the environment says, checked. */
export interface Configuration {
  port: number;
  /** Address to listen on; `localhost` means both loopback addresses. */
  host: string;
  /** Processes that serve. */
  workers: number;
  /** Unset: the embedded database in `dataDir`. */
  databaseUrl?: string;
  dataDir: string;
  rpId: string;
  rpName: string;
  /** Origins of the relying party's own pages, the first being where people sign in. */
  rpOrigins: [string, ...string[]];
  /** Origins of pages on other domains, and of native apps, that use this relying party's passkeys. */
  rpRelatedOrigins: string[];
  rpPolicy: Policy;
  /** Apps that share the relying party's passkeys. */
  appleApps: string[];
  androidApps: AndroidApp[];
  /** Further relying parties, by host name. */
  tenants: TenantOptions[];
  metadata?: MetadataOptions;
  attestationRoots: AttestationRoots;
  passkeyProviders: Record<string, PasskeyProvider>;
  webhooks: WebhookOptions[];
  /** `print`: codes and notices go to the log, for development. */
  messenger: 'print' | 'off';
  challengeTtlSeconds: number;
  accountEnumeration: 'reveal' | 'decoy';
  managementApiToken?: string;
  secret?: string;
  limits: LimitOptions | 'off';
  /** Proxies whose X-Forwarded-For names the caller: addresses and networks. It counts for nothing else. */
  trustedProxies: TrustedProxies | null;
  /** Unset: audit events are kept. */
  auditRetentionDays?: number;
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
  const rpId = relyingPartyId('RP_ID', get('RP_ID') ?? 'localhost');
  const rpOrigins = list(get('RP_ORIGINS') ?? `http://localhost:${port}`).map((text) =>
    ownOrigin('RP_ORIGINS', text, rpId),
  ) as Configuration['rpOrigins'];
  const configuration: Configuration = {
    port,
    host: get('HOST') ?? 'localhost',
    workers: integer('WORKERS', get('WORKERS') ?? '1', 1, 64),
    databaseUrl: databaseUrl(get('DATABASE_URL')),
    dataDir: resolve(get('DATA_DIR') ?? 'data'),
    rpId,
    rpName: get('RP_NAME') ?? 'Passkey sign-in',
    rpOrigins,
    rpRelatedOrigins: list(get('RP_RELATED_ORIGINS')).map((text) =>
      relatedOrigin('RP_RELATED_ORIGINS', text),
    ),
    rpPolicy: named('RP_POLICY', () => toPolicy(JSON.parse(get('RP_POLICY') ?? '{}'))),
    appleApps: list(get('APPLE_APPS')).map(appleApp),
    androidApps: named('ANDROID_APPS', () => toAndroidApps(list(get('ANDROID_APPS')))),
    tenants: tenants(get('RP_TENANTS')),
    metadata: metadata(get('FIDO_METADATA'), get('FIDO_METADATA_ROOT')),
    attestationRoots: named('ATTESTATION_ROOTS', () => toAttestationRoots(list(get('ATTESTATION_ROOTS')))),
    passkeyProviders: passkeyProviders(get('PASSKEY_PROVIDERS')),
    webhooks: webhooks(list(get('WEBHOOK_URLS')), get('WEBHOOK_SECRET')),
    messenger: oneOf('MESSENGER', get('MESSENGER') ?? (rpOrigins.every(isLocal) ? 'print' : 'off'), [
      'print',
      'off',
    ]),
    challengeTtlSeconds: integer('CHALLENGE_TTL_SECONDS', get('CHALLENGE_TTL_SECONDS') ?? '60', 1, 3600),
    accountEnumeration: oneOf('ACCOUNT_ENUMERATION', get('ACCOUNT_ENUMERATION') ?? 'reveal', [
      'reveal',
      'decoy',
    ]),
    managementApiToken: get('MANAGEMENT_API_TOKEN'),
    secret: get('SECRET'),
    limits: limits(get),
    trustedProxies: named('TRUSTED_PROXIES', () => toTrustedProxies(list(get('TRUSTED_PROXIES')))),
    auditRetentionDays: optionalInteger('AUDIT_RETENTION_DAYS', get('AUDIT_RETENTION_DAYS'), 1, 36_500),
    logLevel: oneOf('LOG_LEVEL', get('LOG_LEVEL') ?? 'info', LOG_LEVELS),
  };
  checkWorkers(configuration);
  checkSecret(configuration);
  return configuration;
}

function integer(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new ConfigurationError(name, `must be a whole number from ${min} to ${max}, is "${text}"`);
}

const optionalInteger = (name: string, text: string | undefined, min: number, max: number) =>
  text === undefined ? undefined : integer(name, text, min, max);

/** The URL of Redis may hold a password: it is never repeated. */
function limits(get: (name: string) => string | undefined): LimitOptions | 'off' {
  if (oneOf('RATE_LIMIT', get('RATE_LIMIT') ?? 'on', ['on', 'off']) === 'off') return 'off';
  const redisUrl = get('REDIS_URL');
  if (redisUrl !== undefined && !(/^rediss?:\/\/./.test(redisUrl) && URL.canParse(redisUrl))) {
    throw new ConfigurationError('REDIS_URL', 'must be a URL that begins with redis:// or rediss://');
  }
  const rate = (name: string) => optionalInteger(name, get(name), 1, 1_000_000_000);
  return {
    perAddress: rate('RATE_LIMIT_PER_ADDRESS'),
    perIdentifier: rate('RATE_LIMIT_PER_IDENTIFIER'),
    perInteraction: rate('RATE_LIMIT_PER_INTERACTION'),
    redisUrl,
  };
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
function relyingPartyId(variable: string, id: string): string {
  if (isLocalhost(id)) return id;
  const { domain, hostname, isIp } = parseDomain(id, { allowPrivateDomains: true });
  if (isIp || hostname !== id)
    throw new ConfigurationError(variable, `must be a domain in lower case, is "${id}"`);
  if (domain === null) {
    throw new ConfigurationError(
      variable,
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

function ownOrigin(variable: string, text: string, rpId: string): string {
  const url = origin(variable, text);
  if (url.hostname !== rpId && !url.hostname.endsWith(`.${rpId}`)) {
    throw new ConfigurationError(
      variable,
      `"${url.origin}" is not on RP_ID "${rpId}" or a subdomain of it; ${variable === 'RP_ORIGINS' ? 'RP_RELATED_ORIGINS' : 'relatedOrigins'} takes others`,
    );
  }
  return url.origin;
}

/** Android names an app by the SHA-256 of its signing certificate, base64url. */
const ANDROID_APP = /^android:apk-key-hash:[\w-]{43}$/;

const relatedOrigin = (variable: string, text: string): string =>
  ANDROID_APP.test(text) ? text : origin(variable, text).origin;

/** Gives an error the name of the variable that it comes from. */
function named<T>(variable: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(variable, error instanceof Error ? error.message : String(error));
  }
}

function appleApp(text: string): string {
  if (isAppleApp(text)) return text;
  throw new ConfigurationError('APPLE_APPS', `"${text}" is not of the form TEAMID.bundle.identifier`);
}

/** Further relying parties, from a JSON file. */
function tenants(path: string | undefined): TenantOptions[] {
  if (path === undefined) return [];
  return named('RP_TENANTS', () => {
    const entries: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!Array.isArray(entries)) throw new Error(`${path} must hold an array`);
    return entries.map((entry) => {
      const { relatedOrigins = [], androidApps = [], ...tenant } = toTenant(entry);
      const own = tenant.origins.map((text) => ownOrigin('RP_TENANTS', text, tenant.id));
      return {
        ...tenant,
        id: relyingPartyId('RP_TENANTS', tenant.id),
        origins: [...own, ...relatedOrigins.map((text) => relatedOrigin('RP_TENANTS', text))],
        androidApps: toAndroidApps(androidApps),
      };
    });
  });
}

function metadata(source: string | undefined, rootFile: string | undefined): MetadataOptions | undefined {
  if (source === undefined) return undefined;
  const rootCertificates =
    rootFile === undefined ? undefined : named('FIDO_METADATA_ROOT', () => [readFileSync(rootFile, 'utf8')]);
  return { source, rootCertificates };
}

/** The community's list of passkey providers has `name`, `icon_light` and `icon_dark` by AAGUID. */
function passkeyProviders(path: string | undefined): Record<string, PasskeyProvider> {
  if (path === undefined) return {};
  return named('PASSKEY_PROVIDERS', () => {
    const entries = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, unknown>>;
    return Object.fromEntries(
      Object.entries(entries).map(([aaguid, { name, icon_light, icon }]) => {
        if (typeof name !== 'string') throw new Error(`${path}: ${aaguid} has no name`);
        const picture = icon ?? icon_light;
        const isPicture = typeof picture === 'string' && picture.startsWith('data:image/');
        return [aaguid.toLowerCase(), isPicture ? { name, icon: picture } : { name }];
      }),
    );
  });
}

function webhooks(urls: string[], secret: string | undefined): WebhookOptions[] {
  return urls.map((url) => {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new ConfigurationError('WEBHOOK_URLS', `"${url}" is not an http or https URL`);
    }
    const bytes = Buffer.from(/^whsec_(.+)$/.exec(secret ?? '')?.[1] ?? '', 'base64').length;
    if (secret === undefined || bytes < 24 || bytes > 64) {
      throw new ConfigurationError('WEBHOOK_SECRET', 'must be whsec_ and 24 to 64 bytes in base64');
    }
    return { url, secret };
  });
}

const isLocal = (text: string): boolean => isLocalhost(new URL(text).hostname);

/** How the module is told of the relying party that RP_* describe. */
export const relyingPartyOf = (configuration: Configuration): RelyingPartyOptions => ({
  id: configuration.rpId,
  name: configuration.rpName,
  origins: [...configuration.rpOrigins, ...configuration.rpRelatedOrigins],
  policy: configuration.rpPolicy,
  appleApps: configuration.appleApps,
  androidApps: configuration.androidApps,
});

const isLocalhost = (host: string) => host === 'localhost' || host.endsWith('.localhost');

function checkWorkers({ workers, databaseUrl }: Configuration): void {
  if (workers > 1 && databaseUrl === undefined) {
    throw new ConfigurationError(
      'WORKERS',
      'needs DATABASE_URL: only one process may open the embedded database',
    );
  }
}

/** Decoys must be alike on every server, so a served database needs the secret from outside. */
function checkSecret({ secret, accountEnumeration, databaseUrl }: Configuration): void {
  if (secret !== undefined && secret.length < 16) {
    throw new ConfigurationError('SECRET', 'must have at least 16 characters');
  }
  if (secret === undefined && accountEnumeration === 'decoy' && databaseUrl !== undefined) {
    throw new ConfigurationError('SECRET', 'is needed for ACCOUNT_ENUMERATION=decoy with DATABASE_URL');
  }
}
