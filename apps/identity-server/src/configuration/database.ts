import { resolve } from 'node:path';
import type { GatheringOptions } from 'nestjs-passkey-sign-in';
import type { Variables } from './variables';

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
  databaseUrl: variables.parsed('DATABASE_URL', postgresUrl),
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

/** The value may hold a password: it is never repeated. */
function postgresUrl(text: string): string {
  if (!/^postgres(ql)?:\/\/./.test(text)) throw new Error('must be a URL that begins with postgres://');
  if (!isDecodable(text)) {
    throw new Error('has a % that is not the beginning of an encoded character: write it as %25');
  }
  return text;
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== '';
  } catch {
    return false;
  }
}
