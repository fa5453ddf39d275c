import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** An empty database of its own for a test: on the PostgreSQL of TEST_DATABASE_URL, else embedded. */
export interface TestDatabase {
  env: { DATABASE_URL?: string; DATA_DIR: string };
  drop(): Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'passkey-test-'));
  const removeFolder = () => rm(dataDir, { recursive: true, force: true });
  const served = process.env['TEST_DATABASE_URL'];
  if (!served) {
    await cp(process.env['EMBEDDED_TEMPLATE']!, dataDir, { recursive: true });
    return { env: { DATA_DIR: dataDir }, drop: removeFolder };
  }
  const url = new URL(served);
  const name = `passkey_test_${randomUUID().replaceAll('-', '')}`;
  url.pathname = `/${name}`;
  await administer(served, `CREATE DATABASE ${name}`);
  return {
    env: { DATABASE_URL: url.href, DATA_DIR: dataDir },
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
