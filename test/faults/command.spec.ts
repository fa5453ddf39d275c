import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Browser } from '../support/browser';
import { freePort } from '../support/free-port';
import { ORIGIN } from '../support/test-server';
import { until } from '../support/until';
import { createDatabase } from './support/fault-database';
import { PostgresCluster } from './support/postgres-cluster';
import { ServerProcess } from './support/server-process';
import { SmallDisk } from './support/small-disk';

const BUNDLE = join(__dirname, '../../dist/apps/identity-server/bundle/passkey-server.js');

/** The command as an operator runs it, on an embedded database. */
describe('passkey-server', () => {
  let folder: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-command-'));
    env = {
      PATH: process.env['PATH'] ?? '',
      DATA_DIR: join(folder, 'data'),
      RP_ORIGINS: ORIGIN,
      RATE_LIMIT: 'off',
      PORT: String(await freePort()),
    };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const command = (words: string, more: Record<string, string> = {}) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const options = { env: { ...env, ...more }, cwd: folder };
      execFile(process.execPath, [BUNDLE, ...words.split(' ')], options, (error, out, err) => {
        resolve({ code: error ? Number(error.code) : 0, out, err });
      });
    });
  const json = async <T>(words: string): Promise<T> => {
    const { out, err } = await command(`${words} --json`);
    if (out === '') throw new Error(err);
    return JSON.parse(out) as T;
  };
  const alice = { type: 'username', value: 'alice' } as const;
  const bob = { type: 'username', value: 'bob' } as const;

  it('works on the database of the server that runs, and brings it back from a backup that it has checked', async () => {
    let server = await ServerProcess.start({ ...env, LOG_LEVEL: 'info' }, { script: [BUNDLE, 'start'] });
    const [, secret] = /admin#administrator-link=([\w-]{43})/.exec(server.output) ?? [];
    const [before, revoked] = [new Browser(server), new Browser(server)];
    try {
      await before.register(alice);
      await revoked.register(bob);
      expect((await before.post('/api/administrators/claim', { secret })).status).toBe(204);
      expect(await json('admin list')).toMatchObject([{ username: 'alice' }]);
      expect(await json('admin add bob')).toMatchObject({ username: 'bob', administrator: true });
      expect(await json('admin remove bob')).toMatchObject({ username: 'bob', administrator: false });
      expect((await command('admin link')).out).toMatch(/\/admin#administrator-link=[\w-]{43}\n$/);
      const users = await json<{ id: string; username: string }[]>('user list');
      expect(users.map(({ username }) => username).sort()).toEqual(['alice', 'bob']);

      const { url } = await json<{ url: string }>('user recovery-link alice');
      expect(url).toMatch(new RegExp(`^${ORIGIN}/#recovery-link=[\\w-]{43}$`));
      const { bytes } = await json<{ bytes: number }>('backup one.tar.gz');
      expect(bytes).toBeGreaterThan(100_000);
      await new Browser(server).register({ type: 'username', value: 'carol' });
      const [passkey] = await json<{ id: string }[]>('user passkeys bob');
      expect(await json(`user passkeys bob --delete ${passkey!.id}`)).toEqual([]);
      expect((await command('restore one.tar.gz --replace')).err).toMatch(/^a server runs on [^\n]+\n$/);
    } finally {
      await server.stop();
    }

    // Damaged anywhere, it is refused, and the database stays.
    const whole = await readFile(join(folder, 'one.tar.gz'));
    const half = whole.subarray(0, whole.length / 2);
    const changed = Buffer.from(whole);
    changed[whole.length >> 1]! ^= 1;
    for (const damaged of [half, changed]) {
      await writeFile(join(folder, 'damaged.tar.gz'), damaged);
      const { code, err } = await command('restore damaged.tar.gz --replace');
      expect([code, err]).toEqual([1, expect.stringMatching(/^the backup is not whole: [^\n]+\n$/)]);
    }
    expect(await readdir(folder)).toEqual(['damaged.tar.gz', 'data', 'one.tar.gz']);

    expect((await command('restore one.tar.gz')).code).toBe(1);
    expect(await json('restore one.tar.gz --replace')).toMatchObject({
      ended: { sessions: 2, recoveryLinks: 1, administratorLinks: 1 },
    });

    server = await ServerProcess.start(env, { script: [BUNDLE, 'start'] });
    try {
      expect((await command('user list carol')).code).toBe(1);
      const [again, back] = [before, revoked].map((one) => new Browser(server, one.authenticator));
      // Whoever has signed out since is not signed in again.
      for (const [name, value] of before.cookies) again!.cookies.set(name, value);
      expect((await again!.get('/api/my-account')).status).toBe(401);
      await again!.signIn(alice);
      // As it says when it restores: what was revoked since has to be revoked again.
      await back!.signIn(bob);
      const [passkey] = await json<{ id: string }[]>('user passkeys bob');
      await command(`user passkeys bob --delete ${passkey!.id}`);
      await expect(back!.signIn(bob)).rejects.toThrow('session.mfa.webauthn_verification_not_found');
      await command('user suspend alice');
      await expect(new Browser(server, before.authenticator).signIn(alice)).rejects.toThrow('expected');

      const { findings, problems } = await json<{ findings: { text: string }[]; problems: number }>('doctor');
      expect(problems).toBe(0);
      expect(findings.map(({ text }) => text)).toEqual(
        expect.arrayContaining([
          'its schema is up to date',
          "the database's clock is this machine's",
          expect.stringMatching(/MB of room$/),
        ]),
      );
    } finally {
      await server.stop();
    }
  });

  it('is a program by itself, which npx starts', async () => {
    expect((await promisify(execFile)(BUNDLE, ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('restores into an empty place, below folders that are not there, and never beside it', async () => {
    const server = await ServerProcess.start(env, { script: [BUNDLE, 'start'] });
    await command('backup empty.tar.gz');
    await server.stop();
    const [above, disk] = [join(folder, 'not', 'there'), SmallDisk.mount(300)];
    try {
      const places = disk.refusal ? [] : [disk.folder];
      if (disk.refusal) console.log(`not restored into a file system of its own: ${disk.refusal}`);
      for (const place of [join(above, 'data'), ...places]) {
        const { code, err } = await command('restore empty.tar.gz', { DATA_DIR: place });
        expect({ code, err }).toEqual({ code: 0, err: '' });
        expect(await readdir(place)).toEqual(['postgres', 'secret']);
      }
      expect(await readdir(above)).toEqual(['data']);
    } finally {
      if (!disk.refusal) disk.unmount();
    }
  });

  it('sets aside a database with its secret, and so is what leads back to it', async () => {
    const dataDir = join(folder, 'other');
    const other = { ...env, DATA_DIR: dataDir };
    const start = (of = other) => ServerProcess.start(of, { script: [BUNDLE, 'start'] });
    for (const one of [env as typeof other, other]) await (await start(one)).stop();
    await command('backup wrong.tar.gz');
    const secret = await readFile(join(dataDir, 'secret'), 'utf8');
    const { out } = await command('restore wrong.tar.gz --replace', other);
    const [, ending] = /^The database before is in \S+\/postgres(\.before-[\w-]+), /m.exec(out) ?? [];
    expect(out).toContain(`its secret in ${join(dataDir, `secret${ending}`)}.`);
    expect(await readFile(join(dataDir, 'secret'), 'utf8')).not.toBe(secret);
    for (const name of ['postgres', 'secret']) {
      await rm(join(dataDir, name), { recursive: true });
      await rename(join(dataDir, `${name}${ending}`), join(dataDir, name));
    }
    expect(await (await start()).stop()).toBe(0);
  });

  it('says why there is no backup, whether a server runs or not', async () => {
    const disk = SmallDisk.mount(200);
    if (disk.refusal) {
      console.log(`not shown, since no file system can be mounted: ${disk.refusal}`);
      return;
    }
    const dataDir = join(disk.folder, 'data');
    const backup = () => command('backup two.tar.gz', { DATA_DIR: dataDir });
    const server = await ServerProcess.start(
      { ...env, DATA_DIR: dataDir },
      { script: [BUNDLE, 'start'], ready: false },
    );
    try {
      await server.untilReady();
      const first = request({
        socketPath: join(dataDir, 'control.sock'),
        method: 'POST',
        path: '/control/backup',
      });
      const [answer] = (await once(first.end(), 'response')) as [IncomingMessage];
      expect(await backup()).toEqual({
        ...{ code: 1, out: '' },
        err: 'the backup was not made: another backup is under way\n',
      });
      answer.destroy();
      // Its copy of the files goes with it.
      await until(() => !existsSync(join(dataDir, 'backup')));
      disk.fill(40);
      const tooFull = /^the backup was not made: \S+ has \d+ MB of room, and a backup needs \d+\n$/;
      expect(await backup()).toEqual({ code: 1, out: '', err: expect.stringMatching(tooFull) as string });
      await server.stop();
      expect(await backup()).toEqual({ code: 1, out: '', err: expect.stringMatching(tooFull) as string });
    } finally {
      await server.stop('SIGKILL');
      disk.unmount();
    }
  });

  it('says in one line what is wrong, and ends with 2 when it was asked wrongly', async () => {
    const wrong: [words: string, env: Record<string, string>, code: number, said: RegExp][] = [
      ['user suspended', {}, 2, /^unknown command 'suspended'/],
      ['user suspend', {}, 2, /^missing required argument 'user'/],
      ['user list', { RP_ID: 'com' }, 2, /^RP_ID: /],
      ['user list', { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' }, 2, /^DATABASE_URL: /],
      ['backup x.tar.gz', { DATABASE_URL: 'postgres://u@127.0.0.1:1/x' }, 2, /pg_dump/],
      ['import logto', {}, 2, /^SOURCE_DATABASE_URL: /],
      [
        'import logto',
        { SOURCE_DATABASE_URL: 'postgres://u:hunter2%@127.0.0.1:1/x' },
        2,
        /^SOURCE_DATABASE_URL: /,
      ],
      [
        'import logto',
        { SOURCE_DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' },
        1,
        /^SOURCE_DATABASE_URL: /,
      ],
    ];
    const answers = await Promise.all(wrong.map(([words, more]) => command(words, more)));
    for (const [index, [words, , code, said]] of wrong.entries()) {
      const { code: ended, out, err } = answers[index]!;
      expect([words, ended, out]).toEqual([words, code, '']);
      expect(err).toMatch(said);
      expect(err).toMatch(/^[^\n]+\n$/);
      expect(err).not.toContain('hunter2');
    }
    const { err } = await command('user add --email x --json');
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'guard.invalid_input' } });

    const doctor = await command('doctor', { RP_ID: 'com', PORT: 'x', DATABASE_URL: 'mysql://x' });
    expect(doctor.code).toBe(1);
    for (const name of ['RP_ID', 'PORT', 'DATABASE_URL'])
      expect(doctor.out).toContain(`configuration: ${name}: `);
  });

  it('adds applications, whose secret is shown once, and lists them', async () => {
    const uri = 'https://grafana.example.com/login';
    const told = await command(`application add Grafana --redirect-uri ${uri}`);
    expect(told.out).toMatch(/^client_id: [0-9a-f-]{36}\nclient_secret: \S{40,} \(shown this once\)\n$/);
    const page = await json<{ id: string; secret?: string }>(
      `application add Page --type spa --redirect-uri ${uri}`,
    );
    expect(page.secret).toBeUndefined();
    expect((await command('application list')).out).toMatch(
      /^ID .*\n.* Grafana  web .*\n.* Page     spa .*\n$/,
    );
    const listed = await json<object[]>('application list');
    expect(listed).toMatchObject([
      { name: 'Grafana', redirectUris: [uri] },
      { id: page.id, name: 'Page' },
    ]);
    expect(JSON.stringify(listed)).not.toContain('secret');
    expect((await command('application add Page --redirect-uri javascript:0')).code).toBe(2);
    expect((await command('application add Page --type pigeon')).code).toBe(2);
    expect((await command('application list', { OIDC: 'off' })).err).toBe(
      'OIDC=off: the server has no applications\n',
    );
  });

  it('leaves to servers what a start of theirs does: it ends no application of their file, nor is it a start', async () => {
    const APPLICATIONS = join(folder, 'applications.json');
    const id = randomUUID();
    const shop = { id, name: 'Shop', type: 'spa', redirectUris: ['https://shop.example/callback'] };
    await writeFile(APPLICATIONS, JSON.stringify([shop]));
    const server = await ServerProcess.start({ ...env, APPLICATIONS }, { script: [BUNDLE, 'start'] });
    await server.stop();
    await writeFile(join(env['DATA_DIR']!, 'installation'), 'another');
    await json('user list');
    expect(await json('application list')).toContainEqual(expect.objectContaining({ id, configured: true }));
    const next = await ServerProcess.start({ ...env, APPLICATIONS }, { script: [BUNDLE, 'start'] });
    await next.stop();
    expect(next.output).toContain('the database is another one than at the last start');
  });

  it('imports lines of JSON, naming what is refused, and completes words', async () => {
    const passkey = { user: { username: 'dora' }, credentialId: 'AAAA', publicKey: 'AAAA' };
    await writeFile(join(folder, 'passkeys.jsonl'), `${JSON.stringify(passkey)}\n`);
    const { code, out } = await command('import file passkeys.jsonl');
    expect(code).toBe(1);
    expect(out).toMatch(/^refused: AAAA: [^\n]+\n0 imported, 0 there already, 1 refused\n$/);

    // ML-DSA keys have some 2.6 kB each: fifty of them are more than a body may be.
    const large = Array.from({ length: 60 }, (_, index) => ({
      ...passkey,
      credentialId: `LARGE${index}`,
      publicKey: 'A'.repeat(2_600),
    }));
    await writeFile(join(folder, 'large.jsonl'), large.map((one) => JSON.stringify(one)).join('\n'));
    expect((await command('import file large.jsonl')).out).toMatch(
      /\n0 imported, 0 there already, 60 refused\n$/,
    );

    const script = `${(await command('completion bash')).out}
      COMP_WORDS=(passkey-server user sus); COMP_CWORD=2; _passkey_server; echo "\${COMPREPLY[@]}"
      COMP_WORDS=(passkey-server --json user suspend --u); COMP_CWORD=4; _passkey_server; echo "\${COMPREPLY[@]}"`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script]);
    expect(stdout).toBe('suspend\n--undo\n');
  });
});

describe('passkey-server after-restore', () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await PostgresCluster.start();
  });
  afterAll(() => cluster.drop());

  it('takes as long as it takes to end what is in large tables, of which others stop a statement', async () => {
    const { name, url } = await createDatabase(cluster);
    const env = { PATH: process.env['PATH'], DATABASE_URL: url };
    const command = (word: string) => promisify(execFile)(process.execPath, [BUNDLE, word], { env });
    await command('migrate');
    // Longer than a statement has, and than a database may be silent.
    await cluster.query(
      `CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(8); RETURN NULL; END';
       CREATE TRIGGER linger AFTER DELETE ON passkey.oidc_payloads EXECUTE FUNCTION linger();
       CREATE TRIGGER linger AFTER DELETE ON passkey.sessions EXECUTE FUNCTION linger()`,
      name,
    );
    expect((await command('after-restore')).stdout).toMatch(/^All 0 sessions are ended\.\n/);
  });
});
