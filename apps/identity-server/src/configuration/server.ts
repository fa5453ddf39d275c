import { toTrustedProxies, type TrustedProxies } from './trusted-proxies';
import { named, type Variables } from './variables';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface ServerConfiguration {
  /** Path of the origins below which all is served, such as `/auth`; empty: none. */
  basePath: string;
  port: number;
  /** Address to listen on; `localhost` means both loopback addresses. */
  host: string;
  /** Proxies whose X-Forwarded-For names the caller: addresses and networks. It counts for nothing else. */
  trustedProxies: TrustedProxies | null;
  logLevel: LogLevel;
  /** How long a server that is to end serves on while it says that it is not ready. */
  shutdownDelaySeconds: number;
  /** Whether Swagger UI and the OpenAPI document are served. */
  docs: boolean;
  /** Bearer tokens of `/metrics`, each of which is good; unset: it is open. */
  metricsToken?: string[];
}

export const readServer = (variables: Variables): ServerConfiguration => ({
  basePath: variables.parsed('BASE_PATH', toBasePath) ?? '',
  port: variables.integer('PORT', 0, 65_535) ?? 3000,
  host: withoutBrackets(variables.text('HOST') ?? 'localhost'),
  trustedProxies: named('TRUSTED_PROXIES', () => toTrustedProxies(variables.list('TRUSTED_PROXIES'))),
  logLevel: variables.oneOf('LOG_LEVEL', 'info', LOG_LEVELS),
  shutdownDelaySeconds: variables.integer('SHUTDOWN_DELAY_SECONDS', 0, 300) ?? 1,
  docs: variables.oneOf('DOCS', 'on', ['on', 'off']) === 'on',
  metricsToken: variables.secrets('METRICS_TOKEN', (token) => token),
});

/** An IPv6 address, as URLs have it too. */
const withoutBrackets = (host: string): string => /^\[(.+)\]$/.exec(host)?.[1] ?? host;

function toBasePath(text: string): string {
  const path = text.replace(/\/$/, '');
  if (/^(\/\w[\w.~-]*)*$/.test(path)) return path;
  throw new Error(`must be a path such as /auth, is "${text}"`);
}
