import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { Database } from '../../apps/identity-server/src/database/database';

/** A database that test servers run on. */
export interface TestDatabase {
  /** Connects to it, and brings its schema up to date. */
  open(): Promise<Database>;
  drop(): Promise<void>;
}

/** One that no other test has, without a schema, and how a server is told of it. */
export interface OwnDatabase extends TestDatabase {
  env: { DATABASE_URL?: string; DATA_DIR: string };
}

/** For tests of the database itself: it takes seconds, where `emptyDatabase` takes none. */
export async function createTestDatabase(): Promise<OwnDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'passkey-test-'));
  const removeFolder = () => rm(dataDir, { recursive: true, force: true });
  const served = process.env['TEST_DATABASE_URL'];
  if (!served) {
    return { env: { DATA_DIR: dataDir }, open: () => Database.open({ dataDir }), drop: removeFolder };
  }
  const name = `passkey_test_${randomUUID().replaceAll('-', '')}`;
  const databaseUrl = Object.assign(new URL(served), { pathname: `/${name}` }).href;
  await administer(served, `CREATE DATABASE ${name}`);
  return {
    env: { DATABASE_URL: databaseUrl, DATA_DIR: dataDir },
    open: () => Database.open({ databaseUrl, dataDir }),
    drop: async () => {
      await administer(served, `DROP DATABASE ${name} WITH (FORCE)`);
      await removeFolder();
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
