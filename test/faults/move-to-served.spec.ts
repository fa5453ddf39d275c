import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as client from 'openid-client';
import { RelyingApplication, Traveller } from '../openid/relying-application';
import { expectStatus, freshUsername } from '../support/browser';
import { freePort } from '../support/free-port';
import { MANAGEMENT_TOKEN, ORIGIN } from '../support/test-server';
import { until } from '../support/until';
import { createDatabase } from './support/fault-database';
import { PostgresCluster } from './support/postgres-cluster';
import { ServerProcess } from './support/server-process';

const BUNDLE = join(__dirname, '../../dist/apps/identity-server/bundle/passkey-server.js');

describe('passkey-server move-to-served', () => {
  let cluster: PostgresCluster;
  let folder: string;
  let env: Record<string, string>;
  let server: ServerProcess | undefined;
  beforeAll(async () => {
    cluster = await PostgresCluster.start();
    folder = await mkdtemp(join(tmpdir(), 'passkey-move-'));
    env = {
      PATH: process.env['PATH'] ?? '',
      DATA_DIR: join(folder, 'data'),
      RP_ORIGINS: ORIGIN,
      RATE_LIMIT: 'off',
      MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN,
      PORT: String(await freePort()),
    };
  });
  afterAll(async () => {
    await server?.stop('SIGKILL');
    await cluster.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (words: string, more: Record<string, string>) => {
    let child!: ChildProcess;
    const ended = new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const options = { env: { ...env, ...more }, cwd: folder };
      child = execFile(process.execPath, [BUNDLE, ...words.split(' ')], options, (error, out, err) => {
        resolve({ code: error ? Number(error.code) : 0, out, err });
      });
    });
    return { child, ended };
  };
  const command = (words: string, more: Record<string, string> = {}) => run(words, more).ended;
  const rowsOf = async (database: string, table: string) => {
    const [row] = await cluster.query<{ rows: number }>(
      `SELECT count(*)::int AS rows FROM passkey.${table}`,
      database,
    );
    return row!.rows;
  };
  const sleepers = () => cluster.query(`SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'`);

  it('brings an embedded database, or a backup of it, to a PostgreSQL, all of it or nothing, where it is used on', async () => {
    const [alice, bob] = [freshUsername(), freshUsername()];
    server = await ServerProcess.start(env, { script: [BUNDLE, 'start'] });
    const [person, former, other] = [new Traveller(server), new Traveller(server), new Traveller(server)];
    const shop = await RelyingApplication.start(server);
    const refreshTokenOf = async (browser: Traveller) => {
      const request = await shop.ask({ scope: 'openid offline_access' });
      const { refresh_token } = await request.finish(await browser.goTo(request.url));
      return refresh_token!;
    };
    await person.register(alice);
    await other.register(freshUsername());
    await former.register(bob);
    const { id } = expectStatus(200, await former.get('/api/my-account'));
    const [passkey] = expectStatus(
      200,
      await former.manage<{ id: string }[]>('GET', `/api/users/${String(id)}/passkeys`),
    );
    expectStatus(204, await former.manage('DELETE', `/api/users/${String(id)}/passkeys/${passkey!.id}`));
    const [kept, revoked] = [await refreshTokenOf(person), await refreshTokenOf(other)];
    await client.tokenRevocation(shop.configuration, revoked);
    expect((await command('backup one.tar.gz')).code).toBe(0);

    const target = await createDatabase(cluster);
    const DATABASE_URL = target.url;
    const SECRET_FILE = join(env['DATA_DIR']!, 'secret');
    const move = 'move-to-served';
    const refused = async (words: string, more: Record<string, string>, code: number, said: RegExp) => {
      const answer = await command(words, more);
      expect(answer).toEqual({ code, out: '', err: expect.stringMatching(said) as string });
      expect(answer.err).toMatch(/^[^\n]+\n$/);
    };
    await refused(move, { DATABASE_URL, SECRET_FILE }, 2, /^a server runs on /);
    await server.stop();

    await refused(move, { SECRET_FILE }, 2, /^DATABASE_URL: /);
    await refused(move, { DATABASE_URL, SECRET_FILE, DATA_DIR: folder }, 2, /^there is no database in /);
    const wrong = { DATABASE_URL, SECRET: 'another-secret-0123456789abcdef' };
    await refused(move, wrong, 2, /^SECRET: is not what /);
    await refused(move, { DATABASE_URL }, 2, /^SECRET: is not what /);
    await refused(`${move} one.tar.gz`, wrong, 2, /^SECRET: is not what /);
    expect(await cluster.query(`SELECT FROM pg_namespace WHERE nspname = 'passkey'`, target.name)).toEqual(
      [],
    );

    // Killed in the middle: what it has written by then is gone with it.
    expect((await command('migrate', { DATABASE_URL })).code).toBe(0);
    await cluster.query(
      `CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(3); RETURN NULL; END';
       CREATE TRIGGER linger AFTER INSERT ON passkey.oidc_payloads EXECUTE FUNCTION linger()`,
      target.name,
    );
    const killed = run(move, { DATABASE_URL, SECRET_FILE });
    await until(async () => (await sleepers()).length > 0, 'nothing waits', 60);
    killed.child.kill('SIGKILL');
    await killed.ended;
    await until(async () => (await sleepers()).length === 0, 'something waits still', 60);
    expect([await rowsOf(target.name, 'users'), await rowsOf(target.name, 'sessions')]).toEqual([0, 0]);
    await cluster.query('DROP FUNCTION linger CASCADE', target.name);

    const moved = await command(`${move} --json`, { DATABASE_URL, SECRET_FILE });
    expect(moved.code).toBe(0);
    const { tables, unreadable } = JSON.parse(moved.out) as Record<string, Record<string, number>>;
    expect(unreadable).toEqual({});
    expect(tables).toMatchObject({ users: 3, credential_records: 2, sessions: 2, applications: 1 });
    for (const [table, rows] of Object.entries(tables!)) {
      expect([table, await rowsOf(target.name, table)]).toEqual([table, rows]);
    }
    await refused(
      move,
      { DATABASE_URL, SECRET_FILE },
      1,
      /^DATABASE_URL: the database to move to is not empty: .*\busers \(3\)/,
    );

    const served = { ...env, DATABASE_URL, SECRET_FILE, INSTALLATION_ID: await installationOf(target.name) };
    server = await ServerProcess.start(served, { script: [BUNDLE, 'start'] });
    try {
      await new Traveller(server, person.authenticator).signIn(alice);
      expectStatus(200, await person.get('/api/my-account'));
      expect(await client.refreshTokenGrant(shop.configuration, kept)).toHaveProperty('access_token');
      await expect(client.refreshTokenGrant(shop.configuration, revoked)).rejects.toThrow();
      await expect(new Traveller(server, former.authenticator).signIn(bob)).rejects.toThrow(
        'session.mfa.webauthn_verification_not_found',
      );
      await new Traveller(server).register(freshUsername());
    } finally {
      await server.stop();
    }

    // A backup knows nothing of what was spent or signed out since: as after a restore, that is over.
    const another = await createDatabase(cluster);
    const words = `${move} one.tar.gz`;
    const { code, out } = await command(words, { DATABASE_URL: another.url, SECRET_FILE });
    expect(code).toBe(0);
    expect(out).toMatch(/^users +3$/m);
    expect([await rowsOf(another.name, 'sessions'), await rowsOf(another.name, 'oidc_payloads')]).toEqual([
      0, 0,
    ]);
    expect((await readdir(folder)).sort()).toEqual(['data', 'one.tar.gz']);
    server = await ServerProcess.start(
      { ...env, DATABASE_URL: another.url, SECRET_FILE },
      { script: [BUNDLE, 'start'] },
    );
    try {
      await new Traveller(server, person.authenticator).signIn(alice);
      expect((await person.get('/api/my-account')).status).toBe(401);
    } finally {
      await server.stop();
    }
  });

  const installationOf = async (database: string) => {
    const [row] = await cluster.query<{ id: string }>('SELECT id FROM passkey.installations', database);
    return row!.id;
  };
});
