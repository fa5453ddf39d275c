import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { until } from '../support/until';
import { createDatabase } from './support/fault-database';
import { PostgresCluster } from './support/postgres-cluster';
import { ServerProcess } from './support/server-process';

const COMMAND = join(__dirname, '../../dist/apps/identity-server/bundle/passkey-server.js');

/** Of nobody on this machine. */
const GROUP = 10_001;

describe('a server that starts', () => {
  let cluster: PostgresCluster;
  let folder: string;
  let file: string;
  let languages: string;
  beforeAll(async () => {
    cluster = await PostgresCluster.start();
    folder = await mkdtemp(join(tmpdir(), 'passkey-start-'));
    file = join(folder, 'file');
    await writeFile(file, '');
    languages = join(folder, 'languages');
    await mkdir(languages);
    await writeFile(join(languages, 'sv.json'), JSON.stringify({ page: { signin: 'Logga in' } }));
  });
  afterAll(async () => {
    await cluster.drop();
    await rm(folder, { recursive: true, force: true });
  });

  /** What it says before it ends with 1, on standard error; the log has no stack, nor an error but Nest's of an address in use. */
  const refusalOf = async (env: Record<string, string>) => {
    const database = env['DATA_DIR'] === undefined && { DATABASE_URL: cluster.url('postgres') };
    const server = await ServerProcess.start({ LOG_LEVEL: 'info', ...database, ...env }, { ready: false });
    await expect(server.untilReady()).rejects.toThrow('the server ended');
    expect(server.child.exitCode).toBe(1);
    const log = server.output.replace(server.errorOutput, '').split('\n').filter(Boolean);
    const lines = log.map((line) => JSON.parse(line) as { level: number; context?: string });
    expect(lines.filter(({ level, context }) => level > 40 && context !== 'NestApplication')).toEqual([]);
    expect(server.output).not.toMatch(/stack|\n +at /);
    return server.errorOutput;
  };

  const fileOf = async (name: string, content: unknown) => {
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const token = (name: string, sha256 = hash('sha256', name)) => ({ name, sha256, scopes: ['users:read'] });
  const SOLE = 'hunter2'.repeat(5);

  it.each<
    [variable: string, what: string, env: () => Record<string, string> | Promise<Record<string, string>>]
  >([
    [
      'DATABASE_URL',
      'a database that is down',
      () => ({ DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' }),
    ],
    ['DATABASE_URL', 'a host of several addresses', () => ({ DATABASE_URL: 'postgres://u@localhost:1/x' })],
    ['DATABASE_URL', 'a host that is not', () => ({ DATABASE_URL: 'postgres://u@host.invalid/x' })],
    ['DATABASE_URL', 'a role that is not', () => ({ DATABASE_URL: cluster.url('postgres', 'nobody') })],
    ['DATABASE_URL', 'a database that is not', () => ({ DATABASE_URL: cluster.url('nothing') })],
    ['DATABASE_URL', 'a % in a password', () => ({ DATABASE_URL: 'postgres://u:hunter2%@127.0.0.1/x' })],
    [
      'DATABASE_URL',
      'several hosts of several addresses',
      () => ({ DATABASE_URL: 'postgres://u:hunter2@localhost:1,localhost:2/x' }),
    ],
    ['REDIS_URL', 'a path', () => ({ RATE_LIMIT: 'on', REDIS_URL: 'redis://:hunter2@127.0.0.1/hunter2' })],
    [
      'FIDO_METADATA',
      'a file of something else',
      async () => ({ FIDO_METADATA: await fileOf('blob', '# Text') }),
    ],
    [
      'FIDO_METADATA_ROOT',
      'a file of something else',
      async () => ({
        FIDO_METADATA: file,
        FIDO_METADATA_ROOT: await fileOf('root', '# Text'),
      }),
    ],
    [
      'OIDC_RESOURCES',
      'an identifier that is no URI',
      async () => ({ OIDC_RESOURCES: await fileOf('resources', [{ identifier: 'x', scopes: [] }]) }),
    ],
    [
      'MANAGEMENT_TOKENS',
      "the name of the command's own",
      async () => ({ MANAGEMENT_TOKENS: await fileOf('tokens', [token('passkey-server')]) }),
    ],
    [
      'MANAGEMENT_TOKENS',
      'the name of MANAGEMENT_API_TOKEN',
      async () => ({
        MANAGEMENT_API_TOKEN: SOLE,
        MANAGEMENT_TOKENS: await fileOf('tokens', [token('management')]),
      }),
    ],
    [
      'MANAGEMENT_TOKENS',
      'MANAGEMENT_API_TOKEN itself',
      async () => ({
        MANAGEMENT_API_TOKEN: SOLE,
        MANAGEMENT_TOKENS: await fileOf('tokens', [token('other', hash('sha256', SOLE).toUpperCase())]),
      }),
    ],
    ['MANAGEMENT_TOKENS', 'a secret', async () => ({ MANAGEMENT_TOKENS: await fileOf('tokens', SOLE) })],
    ['RP_POLICY', 'a secret', () => ({ RP_POLICY: SOLE })],
    ['SECRET_FILE', 'the secret itself', () => ({ SECRET_FILE: SOLE })],
    ['MANAGEMENT_TOKENS', 'a token itself', () => ({ MANAGEMENT_TOKENS: SOLE })],
    ['DATA_DIR', 'a folder in a file system that takes none', () => ({ DATA_DIR: '/sys/passkey' })],
    ['DATA_DIR', 'a file', () => ({ DATA_DIR: file })],
    ['DATA_DIR', 'a folder in a file', () => ({ DATA_DIR: join(file, 'data') })],
    [
      'LANGUAGES_DIR',
      'a text that the pages have not, before a database is looked for',
      () => ({ LANGUAGES_DIR: languages, DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' }),
    ],
    ['HOST', 'no address', () => ({ HOST: 'host.invalid' })],
  ])('names %s in one line, and nothing else, for %s', async (variable, _what, env) => {
    const said = await refusalOf(await env());
    expect(said).toMatch(new RegExp(`^${variable}: [^\\n]+\\n$`));
    expect(said).not.toMatch(/hunter2|AggregateError/);
  });

  it('names SECRET in one line where the database was sealed under another', async () => {
    const { url } = await createDatabase(cluster);
    const env = { DATABASE_URL: url, SECRET: 'hunter2-of-many-characters' };
    await (await ServerProcess.start(env)).stop();
    const said = await refusalOf({ ...env, SECRET: 'another-hunter2-of-many' });
    expect(said).toMatch(/^SECRET: [^\n]+\n$/);
    expect(said).not.toContain('hunter2');
  });

  it('names the file of the secret where a crash has left it empty', async () => {
    const dataDir = join(folder, 'emptied');
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'secret'), '');
    const said = await refusalOf({ DATA_DIR: dataDir });
    expect(said).toMatch(/^SECRET: [^\n]+\n$/);
    expect(said).toContain(`SECRET: ${join(dataDir, 'secret')} is empty`);
    await rm(join(dataDir, 'secret'));
    await (await ServerProcess.start({ DATA_DIR: dataDir })).stop();
  });

  it('remembers its database anew, and warns of nothing, where a crash has left nothing of it', async () => {
    const { url } = await createDatabase(cluster);
    const env = { DATABASE_URL: url, DATA_DIR: join(folder, 'forgetful') };
    await mkdir(env.DATA_DIR);
    await writeFile(join(env.DATA_DIR, 'installation'), '');
    const server = await ServerProcess.start(env);
    expect(await server.stop()).toBe(0);
    expect(server.output).not.toContain('another one than at the last start');
    expect(await readFile(join(env.DATA_DIR, 'installation'), 'utf8')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('names PORT where it is taken', async () => {
    const taken = createServer((socket) => socket.destroy());
    const server = await ServerProcess.start({ DATABASE_URL: cluster.url('postgres') });
    const port = new URL(server.url).port;
    await server.stop();
    await new Promise<void>((resolve) => taken.listen(Number(port), '127.0.0.1', resolve));
    try {
      const said = await refusalOf({ PORT: port });
      expect(said).toBe(`PORT: ${port} is in use at 127.0.0.1\n`);
    } finally {
      taken.close();
    }
  });

  it('takes no database that has no place for all names', async () => {
    await cluster.query(
      `CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'`,
    );
    expect(await refusalOf({ DATABASE_URL: cluster.url('latin') })).toMatch(
      /^DATABASE_URL: the database's encoding is LATIN1[^\n]*UTF8\n$/,
    );
  });

  it('says the first administrator’s link where a command migrated before, once however many start, while nobody has an account', async () => {
    const { name, url } = await createDatabase(cluster);
    const env = { DATABASE_URL: url, LOG_LEVEL: 'info' };
    const { status } = spawnSync(process.execPath, [COMMAND, 'migrate'], {
      env: { PATH: process.env['PATH'], DATABASE_URL: url },
    });
    expect(status).toBe(0);
    const saysLinks = async (count: number, servers = 1) => {
      const starts = Array.from({ length: servers }, () => ServerProcess.start(env));
      const started = await Promise.all(starts);
      const said = () =>
        started.flatMap(({ output }) => output.match(/\/admin#administrator-link=[\w-]{43}/g) ?? []);
      await until(() => said().length >= count, 'no server says the link');
      await Promise.all(started.map((server) => server.stop()));
      expect(said()).toHaveLength(count);
    };
    const passAnHour = () => cluster.query(`UPDATE passkey.administrator_links SET expires_at = now()`, name);
    await saysLinks(1, 2);
    await saysLinks(0);
    await passAnHour();
    await saysLinks(1);
    await passAnHour();
    await cluster.query(
      `INSERT INTO passkey.users (id, user_handle) VALUES (gen_random_uuid(), gen_random_uuid()::text::bytea)`,
      name,
    );
    await saysLinks(0);
  });

  const appliedIn = async (name: string) => {
    const [row] = await cluster.query<{ schema: string | null }>(
      `SELECT to_regnamespace('passkey')::text AS schema`,
      name,
    );
    return row!.schema === null
      ? []
      : cluster.query(`SELECT name FROM passkey.applied_migrations ORDER BY name`, name);
  };

  /** Whoever migrates waits for the other, who has begun to make what the migrations make. */
  const holdUp = async (url: string) => {
    const other = new Client({ connectionString: url });
    await other.connect();
    // What the migrations make is not there until they are all done: one who looks is held up in the middle of them.
    await other.query(`BEGIN; CREATE SCHEMA passkey`);
    return other;
  };
  const untilHeldUp = async (name: string) => {
    const waits = async () =>
      cluster.query(`SELECT FROM pg_stat_activity WHERE datname = '${name}' AND wait_event_type = 'Lock'`);
    await until(async () => (await waits()).length > 0, 'no migration waits', 60);
  };

  it('ends at SIGTERM in the middle of a migration, and leaves nothing half done', async () => {
    const { name, url } = await createDatabase(cluster);
    const other = await holdUp(url);
    const server = await ServerProcess.start({ DATABASE_URL: url }, { ready: false });
    await untilHeldUp(name);
    const asked = performance.now();
    expect(await server.stop('SIGTERM')).toBe(0);
    expect(performance.now() - asked).toBeLessThan(1_000);
    await other.query('ROLLBACK');
    await other.end();
    expect(await appliedIn(name)).toEqual([]);
    const again = await ServerProcess.start({ DATABASE_URL: url });
    expect(await again.stop()).toBe(0);
  });

  const asRoot = process.getuid!() === 0 ? it : it.skip;
  asRoot('writes nothing but its data folder, which may be of a group that its user is in', async () => {
    const dataDir = join(folder, 'volume');
    await mkdir(dataDir);
    await chmod(folder, 0o755);
    await chown(dataDir, 0, GROUP);
    await chmod(dataDir, 0o770);
    const user = [`--reuid=${GROUP}`, `--regid=${GROUP}`, '--clear-groups', process.execPath];
    const server = await ServerProcess.start(
      { DATA_DIR: dataDir, TMPDIR: join(folder, 'nowhere') },
      { node: 'setpriv', nodeOptions: user },
    );
    const { mode } = await stat(join(dataDir, 'socket'));
    expect(mode & 0o077).toBe(0);
    expect(await server.stop()).toBe(0);
    expect(await readdir(dataDir)).toEqual(['installation', 'postgres', 'secret']);
  });

  it('ends at SIGTERM while the embedded database is made, and makes it at the next start', async () => {
    const dataDir = join(folder, 'new');
    const server = await ServerProcess.start({ DATA_DIR: dataDir }, { ready: false });
    const unfinished = join(dataDir, 'postgres.new', 'PG_VERSION');
    for (const deadline = Date.now() + 60_000; !existsSync(unfinished) && Date.now() < deadline;)
      await sleep(20);
    const asked = performance.now();
    expect(await server.stop('SIGTERM')).toBe(0);
    expect(performance.now() - asked).toBeLessThan(1_000);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    expect(await (await ServerProcess.start({ DATA_DIR: dataDir })).stop()).toBe(0);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('ends a migration by process 1 at %s, as one that was not done', async (signal, code) => {
    const { name, url } = await createDatabase(cluster);
    const other = await holdUp(url);
    const namespace = ['--user', '--map-root-user', '--pid', '--fork', '--kill-child'];
    const unshare = spawn('unshare', [...namespace, process.execPath, COMMAND, 'migrate'], {
      env: { PATH: process.env['PATH'], DATABASE_URL: url },
    });
    const exit = once(unshare, 'exit');
    try {
      await untilHeldUp(name);
      const { stdout } = spawnSync('pgrep', ['--parent', String(unshare.pid)], { encoding: 'utf8' });
      const asked = performance.now();
      process.kill(Number(stdout), signal);
      expect(await Promise.race([exit, sleep(5_000)])).toEqual([code, null]);
      expect(performance.now() - asked).toBeLessThan(1_000);
    } finally {
      unshare.kill('SIGKILL');
      await other.end();
    }
    expect(await appliedIn(name)).toEqual([]);
  });

  it('ends at SIGTERM that comes in the very turn in which it begins to serve', async () => {
    const shutdown = join(__dirname, '../../dist/apps/identity-server/src/shutdown.js');
    const script = `
      const { endAtSignal, shutDownOnSignal } = require(${JSON.stringify(shutdown)});
      const server = require('node:http').createServer().listen(0);
      endAtSignal();
      process.kill(process.pid, 'SIGTERM');
      const app = { get: () => ({}), getHttpServer: () => server, close: async () => server.close() };
      shutDownOnSignal({ app, listeners: { close: async () => {} }, shutdownDelaySeconds: 0 }, { info() {}, error() {} });`;
    const child = spawn(process.execPath, ['-e', script], { timeout: 10_000, killSignal: 'SIGKILL' });
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends at SIGTERM whenever it comes, with its migrations all done or none', async () => {
    const { name: whole, url } = await createDatabase(cluster);
    await (await ServerProcess.start({ DATABASE_URL: url })).stop();
    const all = await appliedIn(whole);
    for (let ms = 100; ms <= 1_500; ms += 200) {
      const { name, url } = await createDatabase(cluster);
      const server = await ServerProcess.start({ DATABASE_URL: url }, { ready: false });
      await sleep(ms);
      // Null where Node.js has not read its first file.
      expect([0, null]).toContain(await server.stop('SIGTERM'));
      expect([[], all]).toContainEqual(await appliedIn(name));
    }
  });
});
