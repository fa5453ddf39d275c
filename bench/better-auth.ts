import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BenchDatabase } from './bench-database';
import { ORIGIN, type Person, RP_ID } from './people';
import type { ServerProgram } from './server-process';

const FOLDER = join(process.cwd(), 'bench/better-auth');

/** Installs better-auth beside the bench: no dependency of the project. */
export async function installBetterAuth(): Promise<void> {
  await promisify(execFile)('npm', [
    'install',
    '--prefix',
    FOLDER,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ]);
}

export const betterAuth = (url: string, folder: string): ServerProgram => ({
  name: 'better-auth',
  ceremony: 'betterAuth',
  script: join(FOLDER, 'server.mjs'),
  env: {
    NODE_ENV: 'production',
    DATABASE_URL: url,
    ORIGIN,
    RP_ID,
    BETTER_AUTH_SECRET: 'a secret of the bench 0123456789abcdef',
  },
  logFile: join(folder, 'better-auth.log'),
});

/** The same people, in the tables that better-auth has made at its start. */
export async function fillBetterAuth(database: BenchDatabase, people: Person[]): Promise<void> {
  const rows = JSON.stringify(
    people.map(({ coseKey, ...person }) => ({
      ...person,
      key: Buffer.from(coseKey, 'base64url').toString('base64'),
    })),
  );
  const given = `json_to_recordset($1) AS p(id text, username text, "recordId" text, "credentialId" text, key text)`;
  await database.client.query(
    `INSERT INTO "user" (id, name, email, "emailVerified")
     SELECT id, username, username || '@example.com', true FROM ${given}`,
    [rows],
  );
  await database.client.query(
    `INSERT INTO passkey (id, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp", transports)
     SELECT "recordId", key, id, "credentialId", 0, 'multiDevice', true, 'internal,hybrid' FROM ${given}`,
    [rows],
  );
  await database.client.query('VACUUM ANALYZE "user", passkey');
}
