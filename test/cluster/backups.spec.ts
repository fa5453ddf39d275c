import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { ServerProcess } from '../faults/support/server-process';
import { Browser, expectStatus, freshUsername, type Identifier } from '../support/browser';
import { freePort } from '../support/free-port';
import { newestPostgres } from '../support/newest-postgres';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { until } from '../support/until';
import { commandsOf, rolesOfDatabase } from './support/commands';

const ROOT = join(__dirname, '../..');
const BUNDLE = join(ROOT, 'dist/apps/identity-server/bundle/passkey-server.js');

/** Of docs/operations.md, in their order. */
const [DUMP, FROM_DUMP, ARCHIVE, BASE, TO_A_MOMENT, AFTER] = commandsOf('Backups of a served PostgreSQL');

const ROLES = rolesOfDatabase();

const UNKNOWN = 'session.mfa.webauthn_verification_not_found';

/** Of PostgreSQL's log the file that a copy begins in. */
const firstLogOf = (base: string): string =>
  /^START WAL LOCATION: .*\(file (\w+)\)$/m.exec(readFileSync(join(base, 'backup_label'), 'utf8'))![1]!;

describe('an operator who follows docs/operations.md, and restores a served PostgreSQL into an empty place', () => {
  let version: string;
  const nameOf = (cluster: string) => `${cluster}test${process.pid}`;
  const servers: ServerProcess[] = [];
  let clusters: { main: number; restored: number };
  let folder: string;

  beforeAll(() => {
    version = newestPostgres().version;
  });
  beforeEach(async () => {
    clusters = { main: await freePort(), restored: await freePort() };
    // The user postgres goes through it.
    folder = await mkdtemp(join(tmpdir(), 'passkey-backups-'));
    execFileSync('chmod', ['755', folder]);
    execFileSync('pg_createcluster', [version, nameOf('main'), '--port', String(clusters.main), '--start']);
    query(ROLES);
    const { DATABASE_URL: url, SECRET } = environmentOf('restored', 'passkey_migration');
    const files = { 'migration-database-url': url, secret: SECRET, environment: 'RP_ID=localhost' };
    mkdirSync(join(folder, 'etc'));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'etc', name), content);
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop('SIGKILL');
    for (const cluster of ['main', 'restored'].map(nameOf)) {
      if (!existsSync(`/etc/postgresql/${version}/${cluster}`)) continue;
      execFileSync('pg_dropcluster', ['--stop', version!, cluster], { stdio: 'ignore' });
    }
    await rm(folder, { recursive: true, force: true });
  });

  /** As the document has them, but for names, ports and folders. */
  const run = (commands: string, replaced: Record<string, string> = {}) => {
    const there = commands
      .replaceAll(/\b17\b/g, version!)
      .replaceAll('5433', String(clusters.restored))
      .replaceAll('5432', String(clusters.main))
      .replaceAll(/(?<=\d[ /])(main|restored)\b/g, (name) => nameOf(name))
      .replaceAll('/var/backups/passkey', `${folder}/backups`)
      .replaceAll('/etc/passkey', `${folder}/etc`)
      .replaceAll('/srv/passkey/current', ROOT);
    // Last: a moment, or a copy's name, may have the digits of a port.
    const here = Object.entries(replaced).reduce((text, [from, to]) => text.replaceAll(from, to), there);
    return execFileSync('bash', ['-euc', here], {
      encoding: 'utf8',
      stdio: 'pipe',
      cwd: '/',
      timeout: 120_000,
    });
  };
  const query = (statements: string, cluster: keyof typeof clusters = 'main') =>
    execFileSync(
      'runuser',
      ['-u', 'postgres', '--', 'psql', '-q', '-p', String(clusters[cluster]), '-v', 'ON_ERROR_STOP=1'],
      { input: statements, stdio: 'pipe', cwd: '/' },
    );
  const environmentOf = (cluster: keyof typeof clusters, role = 'passkey_runtime') => ({
    DATABASE_URL: `postgres://${role}:...@127.0.0.1:${clusters[cluster]}/passkey`,
    MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN,
    SECRET: 'secret-of-the-tests-0123456789abcdef',
  });
  const command = <T>(cluster: keyof typeof clusters, ...words: string[]) =>
    new Promise<T>((resolve, reject) => {
      const env = { ...environmentOf(cluster), RP_ORIGINS: 'http://localhost:3000' };
      execFile(process.execPath, [BUNDLE, ...words, '--json'], { env, cwd: folder }, (error, out, err) => {
        if (error) reject(new Error(err || error.message));
        else resolve((out === '' ? null : JSON.parse(out)) as T);
      });
    });
  const start = async (cluster: keyof typeof clusters): Promise<ServerProcess> => {
    const server = await ServerProcess.start(environmentOf(cluster));
    servers.push(server);
    return server;
  };
  const migrated = async (): Promise<ServerProcess> => {
    execFileSync(process.execPath, [BUNDLE, 'migrate'], { env: environmentOf('main', 'passkey_migration') });
    return start('main');
  };

  interface Person {
    identifier: Identifier;
    browser: Browser;
  }
  const register = async (server: ServerProcess): Promise<Person> => {
    const person = { identifier: freshUsername(), browser: new Browser(server) };
    await person.browser.register(person.identifier);
    return person;
  };
  const revoke = async (cluster: keyof typeof clusters, { identifier }: Person): Promise<void> => {
    const [passkey] = await command<{ id: string }[]>(cluster, 'user', 'passkeys', identifier.value);
    await command(cluster, 'user', 'passkeys', identifier.value, '--delete', passkey!.id);
  };
  const signIn = (server: ServerProcess, { browser, identifier }: Person) =>
    new Browser(server, browser.authenticator).signIn(identifier);
  /** A ceremony that is ready to be verified, with what a thief could keep of it. */
  const pending = async ({ browser, identifier }: Person) => {
    await browser.start('SignIn');
    const { verificationId, authenticationOptions } = (await browser.authenticationOptions(identifier)).body;
    const cookies = new Map(browser.cookies);
    const payload = browser.authenticator.authenticate(authenticationOptions);
    return (server: ServerProcess) => {
      const again = new Browser(server, browser.authenticator);
      for (const [name, value] of cookies) again.cookies.set(name, value);
      return again.verifyAuthentication(verificationId, payload);
    };
  };
  const account = (server: ServerProcess, { browser }: Person) => {
    const again = new Browser(server);
    for (const [name, value] of browser.cookies) again.cookies.set(name, value);
    return again.get('/api/my-account');
  };

  const tokenOf = async (server: ServerProcess, { id, secret }: { id: string; secret: string }) => {
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    return (await fetch(`${server.url}/oidc/token`, { method: 'POST', headers: { authorization }, body }))
      .status;
  };

  it('by pg_dump: has passkeys made before, none revoked before, and none of what was open', async () => {
    const before = await migrated();
    const [alice, bob, carol] = [await register(before), await register(before), await register(before)];
    await revoke('main', bob);
    const verify = await pending(alice);
    const machine = await command<{ id: string; secret: string }>(
      ...(['main', 'application', 'add', 'Machine', '--type', 'machine'] as const),
    );
    const manager = new Browser(before);
    const secrets = `/api/applications/${machine.id}/secrets`;
    run(DUMP!);
    expect((await verify(before)).status).toBe(200);
    expect((await account(before, carol)).status).toBe(200);
    const [passkey] = await command<{ id: string }[]>('main', 'user', 'passkeys', carol.identifier.value);
    await revoke('main', carol);
    const [known] = expectStatus(200, await manager.manage<{ id: string }[]>('GET', secrets));
    expectStatus(204, await manager.manage('DELETE', `${secrets}/${known!.id}`));
    expect(await tokenOf(before, machine)).toBe(401);
    await before.stop();

    execFileSync('pg_createcluster', [
      ...[version!, nameOf('restored'), '--port', String(clusters.restored), '--start'],
    ]);
    run(FROM_DUMP!);
    expect(run(AFTER!)).toMatch(/^All 2 sessions are ended\.\n/);
    const restored = await start('restored');
    await signIn(restored, alice);
    await expect(signIn(restored, bob)).rejects.toThrow(UNKNOWN);
    // What was spent or signed in before does not count again.
    expect((await verify(restored)).status).not.toBe(200);
    expect((await account(restored, alice)).status).toBe(401);
    // Revoked after the backup, it is there again, until the operator revokes it again by what the log says.
    await signIn(restored, carol);
    await command('restored', 'user', 'passkeys', carol.identifier.value, '--delete', passkey!.id);
    await expect(signIn(restored, carol)).rejects.toThrow(UNKNOWN);
    // So is a secret of an application.
    expect(await tokenOf(restored, machine)).toBe(200);
    expectStatus(204, await new Browser(restored).manage('DELETE', `${secrets}/${known!.id}`));
    expect(await tokenOf(restored, machine)).toBe(401);
    await register(restored);
  });

  it('by pg_basebackup and its log: is as it was at the moment that was asked for', async () => {
    run(ARCHIVE!);
    // Not in force here, where no standby is; the copy has it, as one of a primary with a standby.
    query("ALTER SYSTEM SET synchronous_standby_names TO 'standby'");
    const before = await migrated();
    const [alice, bob] = [await register(before), await register(before)];
    const copies = () => readdirSync(join(folder, 'backups')).filter((name) => name.startsWith('base-'));
    // One that could not be made is none to begin from.
    const broken = { pg_verifybackup: 'pg_verifybackup --no-such-option' };
    expect(() => run(BASE!, broken)).toThrow('--no-such-option');
    expect(copies()).toEqual([]);
    run(BASE!, { 'pg_is_in_recovery()': 'true' });
    expect(copies()).toEqual([]);
    // Night after night, and two are kept.
    for (let night = 0; night < 3; night += 1) run(BASE!, { '-n -7': '-n -2' });
    const [oldest, ...later] = copies();
    expect(later).toHaveLength(1);
    const log = () => readdirSync(join(folder, 'backups/log')).filter((name) => /^[0-9A-F]{24}$/.test(name));
    // Three copies have begun three files of it: those of the first are gone.
    expect(log().length).toBeGreaterThan(0);
    expect(log()[0]).toBe(firstLogOf(join(folder, 'backups', oldest!)));
    // From here on it is in the log alone.
    await revoke('main', bob);
    const carol = await register(before);
    const verify = await pending(carol);
    const client = new Client({ connectionString: environmentOf('main').DATABASE_URL });
    await client.connect();
    const [{ moment }] = (await client.query(`SELECT clock_timestamp()::text AS moment`)).rows as [
      { moment: string },
    ];
    await client.end();
    expect((await verify(before)).status).toBe(200);
    await revoke('main', carol);
    const dave = await register(before);
    await before.stop();
    // As it ends it hands over what it has not yet of its log.
    execFileSync('pg_ctlcluster', ['-m', 'fast', version!, nameOf('main'), 'stop']);

    run(TO_A_MOMENT!, { '2026-12-01 10:15:00+00': moment, 'base-2026-12-01T030000': oldest! });
    run(AFTER!);
    const restored = await start('restored');
    await signIn(restored, alice);
    await signIn(restored, carol);
    await expect(signIn(restored, bob)).rejects.toThrow(UNKNOWN);
    await expect(signIn(restored, dave)).rejects.toThrow('user.user_not_exist');
    expect((await verify(restored)).status).not.toBe(200);
    expect((await account(restored, alice)).status).toBe(401);
    await revoke('restored', carol);
    await expect(signIn(restored, carol)).rejects.toThrow(UNKNOWN);
    await register(restored);
  });

  it('hands over once more a file of its log that it had before a crash, and writes over no other', async () => {
    run(ARCHIVE!);
    const [log, ownLog] = [
      join(folder, 'backups/log'),
      `/var/lib/postgresql/${version}/${nameOf('main')}/pg_wal`,
    ];
    const isOver = (file: string) => existsSync(join(ownLog, 'archive_status', `${file}.done`));
    const handOver = () => {
      query('CREATE TABLE IF NOT EXISTS written (); SELECT pg_switch_wal()');
      return until(() => readdirSync(log).some(isOver), 'nothing is handed over', 30);
    };
    await handOver();
    const file = readdirSync(log).find(isOver)!;
    // As after a crash before PostgreSQL has noted it.
    const forget = () => {
      execFileSync('pg_ctlcluster', ['-m', 'immediate', version, nameOf('main'), 'stop']);
      const status = join(ownLog, 'archive_status', file);
      renameSync(`${status}.done`, `${status}.ready`);
      execFileSync('pg_ctlcluster', [version, nameOf('main'), 'start']);
    };
    forget();
    await until(() => isOver(file), 'it is not handed over again', 30);
    writeFileSync(join(log, file), 'of another cluster');
    forget();
    const failures = () =>
      Number(
        query(`COPY (SELECT failed_count FROM pg_stat_archiver WHERE last_failed_wal = '${file}') TO STDOUT`),
      );
    await until(() => failures() > 0, 'it is not refused', 30);
    expect([isOver(file), readFileSync(join(log, file), 'utf8')]).toEqual([false, 'of another cluster']);
  });
});
