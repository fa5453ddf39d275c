import { resolve } from 'node:path';
import type { GatheringOptions } from 'nestjs-passkey-sign-in';
import { decoded, type Variables } from './variables';

/** Of libpq's, those that are true of a server that writes: it never uses a standby. */
const SESSION_ATTRIBUTES = ['read-write', 'primary', 'any'];

export interface DatabaseConfiguration {
  /** Unset: the embedded database in `dataDir`. */
  databaseUrl?: string;
  /** Whether the embedded one was asked for by name, or its folder was. */
  embeddedIsMeant: boolean;
  /** Of the database that is expected; unset: any. */
  installationId?: string;
  dataDir: string;
  /** Unset: the module's defaults. */
  gathering: GatheringOptions;
}

export const readDatabase = (variables: Variables): DatabaseConfiguration => ({
  databaseUrl: variables.parsed('DATABASE_URL', toOwnDatabase),
  embeddedIsMeant:
    variables.oneOf('DATABASE', 'any', ['any', 'embedded']) === 'embedded' ||
    variables.text('DATA_DIR') !== undefined,
  installationId: variables.text('INSTALLATION_ID'),
  dataDir: resolve(variables.text('DATA_DIR') ?? 'data'),
  gathering: {
    most: variables.integer('GATHER_MOST', 1, 64),
    least: variables.integer('GATHER_LEAST', 1, 64),
  },
});

/**
 * @throws Error that repeats nothing of the URL, which may hold a password
 */
export function toPostgresUrl(text: string): string {
  if (!/^postgres(ql)?:\/\/./.test(text)) throw new Error('must be a URL that begins with postgres://');
  decoded(text);
  return text;
}

/** The same of the server's own database. */
function toOwnDatabase(text: string): string {
  const url = toPostgresUrl(text);
  const wanted = new URLSearchParams(url.slice(url.lastIndexOf('?') + 1)).getAll('target_session_attrs');
  if (wanted.every((attribute) => SESSION_ATTRIBUTES.includes(attribute))) return url;
  throw new Error(`may have target_session_attrs as one of ${SESSION_ATTRIBUTES.join(', ')}`);
}
