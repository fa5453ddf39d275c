import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { Browser, freshUsername } from '../support/browser';
import { PostgresCluster } from './support/postgres-cluster';
import { ServerProcess } from './support/server-process';

const DOCUMENT = readFileSync(join(__dirname, '../../docs/database.md'), 'utf8');
const RUN_MIGRATIONS = join(__dirname, '../../dist/apps/identity-server/src/database/run-migrations.js');

describe('the database roles of docs/database.md', () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await PostgresCluster.start();
    const [before, after] = /```sql\n([^]*?)```/.exec(DOCUMENT)![1]!.split('\\connect passkey\n');
    for (const statement of before!.split(';').filter((text) => text.trim())) await cluster.query(statement);
    await cluster.query(after!, 'passkey');
  });
  afterAll(() => cluster.drop());

  it('let migrations be run by one, and the server run by the other', async () => {
    const runtime = { DATABASE_URL: cluster.url('passkey', 'passkey_runtime') };
    await expect(ServerProcess.start(runtime)).rejects.toThrow(/DATABASE_URL: the schema is not up to date/);

    const migration = { DATABASE_URL: cluster.url('passkey', 'passkey_migration') };
    const { stdout } = await promisify(execFile)(process.execPath, [RUN_MIGRATIONS], { env: migration });
    expect(stdout).toContain('Migrated: ');
    await cluster.query(
      `REVOKE INSERT, UPDATE, DELETE ON passkey.applied_migrations, passkey.applied_expansions FROM passkey_runtime`,
      'passkey',
    );

    const server = await ServerProcess.start({ ...runtime, RATE_LIMIT: 'on' });
    try {
      const browser = new Browser(server);
      const identifier = freshUsername();
      await browser.register(identifier);
      await browser.signIn(identifier);
      await browser.signIn();
      const client = new Client({ connectionString: runtime.DATABASE_URL });
      await client.connect();
      for (const statement of [
        'DROP TABLE passkey.users',
        'CREATE TABLE mine (id int)',
        'ALTER TABLE passkey.users ADD COLUMN x int',
        'TRUNCATE passkey.users',
        'DELETE FROM passkey.applied_migrations',
        'DELETE FROM passkey.applied_expansions',
      ]) {
        await expect(client.query(statement)).rejects.toThrow(/permission denied|must be owner/);
      }
      await client.end();
    } finally {
      await server.stop();
    }
  });
});
