import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { commandsOf, rolesOfDatabase } from '../cluster/support/commands';
import { Browser, freshUsername } from '../support/browser';
import { PostgresCluster } from './support/postgres-cluster';
import { ServerProcess } from './support/server-process';

const COMMAND = join(__dirname, '../../dist/apps/identity-server/bundle/passkey-server.js');
const COMPOSE_ROLES = join(__dirname, '../../deploy/compose/roles.sql');

interface Roles {
  cluster: PostgresCluster;
  migration: string;
  runtime: string;
}

/** What is to go at the end, the last first, however far it came. */
const drops: (() => Promise<void>)[] = [];

async function startCluster(settings?: Record<string, string>): Promise<PostgresCluster> {
  const cluster = await PostgresCluster.start(settings);
  drops.push(() => cluster.drop());
  return cluster;
}

/** As whoever may do everything, who is asked for no password. */
const psql = (cluster: PostgresCluster, statements: string): string =>
  execFileSync(
    'psql',
    ['--no-psqlrc', '--no-password', '--quiet', '--set=ON_ERROR_STOP=1', `--dbname=${cluster.url()}`],
    { encoding: 'utf8', input: statements, stdio: 'pipe' },
  );

async function ofTheDocument(): Promise<Roles> {
  const cluster = await startCluster();
  psql(cluster, rolesOfDatabase());
  return {
    cluster,
    migration: cluster.url('passkey', 'passkey_migration'),
    runtime: cluster.url('passkey', 'passkey_runtime'),
  };
}

const readSecrets = (folder: string) =>
  readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);

/** With a PostgreSQL that asks both roles for their passwords, as that of the compose file does. */
async function ofTheComposeFile(): Promise<Roles> {
  const folder = await mkdtemp(join(tmpdir(), 'passkey-compose-'));
  drops.push(() => rm(folder, { recursive: true }));
  chmodSync(folder, 0o755);
  const access = join(folder, 'pg_hba.conf');
  writeFileSync(access, 'host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n');
  const cluster = await startCluster({ hba_file: access });

  const commands = commandsOf('Compose')[0]!.replace('chown 999', 'chown postgres');
  const other = process.getuid?.() === 0 ? '' : 'chown() { :; }\n';
  mkdirSync(join(folder, 'deploy/compose'), { recursive: true });
  const make = () => execFileSync('bash', ['-euc', other + commands], { cwd: folder, stdio: 'pipe' });
  make();
  const contents = () => readSecrets(join(folder, 'deploy/compose/secrets'));
  const first = contents();
  make();
  // What the database was made with is kept.
  expect(contents()).toEqual(first);
  // As in the container: each file as its owner may read it, but nothing of its folder.
  const mounted = join(folder, 'run');
  mkdirSync(mounted);
  const secrets = join(folder, 'deploy/compose/secrets');
  execFileSync('cp', ['-p', '-r', `${secrets}/.`, mounted]);
  chmodSync(mounted, 0o755);
  psql(cluster, readFileSync(COMPOSE_ROLES, 'utf8').replaceAll('/run/secrets', mounted));

  const urlIn = (file: string) =>
    readFileSync(join(secrets, file), 'utf8').trim().replace('@postgres/', `@127.0.0.1:${cluster.port}/`);
  return { cluster, migration: urlIn('migration-database-url'), runtime: urlIn('database-url') };
}

describe.each([
  ['docs/database.md', ofTheDocument],
  ['deploy/compose', ofTheComposeFile],
])('the database roles of %s', (_, make) => {
  let roles: Roles;
  beforeAll(async () => {
    roles = await make();
  });
  afterAll(async () => {
    for (const drop of drops.splice(0).reverse()) await drop();
  });

  it('let migrations be run by one, and the server run by the other', async () => {
    const runtime = { DATABASE_URL: roles.runtime };
    await expect(ServerProcess.start(runtime)).rejects.toThrow(/DATABASE_URL: the schema is not up to date/);

    const migration = { DATABASE_URL: roles.migration };
    const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, 'migrate'], { env: migration });
    expect(stdout).toContain('Migrated: ');
    await roles.cluster.query(
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
