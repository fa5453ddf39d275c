import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Browser, freshUsername } from '../support/browser';
import { createDatabase } from '../faults/support/fault-database';
import { PostgresCluster } from '../faults/support/postgres-cluster';
import { ServerProcess } from '../faults/support/server-process';
import { Pooler, type PoolerKind } from './support/pooler';

/** Spec files that run through each pooler: one, those that POOLER_SPECS names, or by `POOLER_SUITE=all` all that talk to a database. */
const ALL = process.env['POOLER_SUITE'] === 'all';
const SPECS = ALL ? ['test/'] : (process.env['POOLER_SPECS'] ?? 'test/sign-in.spec').split(' ');
const KINDS: PoolerKind[] = [
  'PgBouncer, transaction',
  'PgBouncer, session',
  'PgBouncer of Debian 13, transaction',
];
const WITHOUT_DATABASE = ['test/fuzz/verification', 'test/differential', 'test/client', 'test/structure'];

describe.each(KINDS)('behind %s', (kind) => {
  let cluster: PostgresCluster;
  let pooler: Pooler;
  let server: ServerProcess;
  let database: string;
  beforeAll(async () => {
    cluster = await PostgresCluster.start({ fsync: 'off' });
    // As a server that finds the warning in its log is told to.
    await cluster.query(`ALTER ROLE postgres SET statement_timeout TO '5s'`);
    const { name } = await createDatabase(cluster);
    pooler = await Pooler.start(kind, cluster.port);
    server = await ServerProcess.start({ DATABASE_URL: pooler.url(name), LOG_LEVEL: 'info' });
    database = name;
  });
  afterAll(async () => {
    await server.stop('SIGKILL');
    await pooler.stop();
    await cluster.drop();
  });

  it('many register and sign in at once, over fewer sessions than the server has connections', async () => {
    const person = async () => {
      const browser = new Browser(server);
      const identifier = freshUsername();
      await browser.register(identifier);
      for (let times = 0; times < 3; times += 1) {
        const another = new Browser(server, browser.authenticator);
        await another.signIn(identifier);
        expect((await another.get('/api/my-account')).status).toBe(200);
      }
    };
    await Promise.all(Array.from({ length: 24 }, person));
    expect(server.output).not.toMatch(/"level":(50|60)/);
  });

  it('the server says what it has found', () => {
    const [, mode] = kind.split(', ');
    expect(server.output).toContain(`"pooler":"${mode}"`);
  });

  it('a statement that takes long is stopped after 5 seconds', async () => {
    const locked = cluster.query(
      `BEGIN; SET LOCAL statement_timeout TO 0; LOCK TABLE passkey.verification_records IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(7); COMMIT`,
      database,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    const began = performance.now();
    const answer = await new Browser(server).discoverableOptions();
    expect(answer.status).toBe(503);
    expect(performance.now() - began).toBeGreaterThan(4_500);
    expect(performance.now() - began).toBeLessThan(6_500);
    await locked;
  });

  it('statements are prepared, or the log says that this pooler mixes them up', () => {
    expect(server.output.includes('mixes up prepared statements')).toBe(pooler.mixesUpPreparedStatements);
  });

  it(
    `the specs pass: ${SPECS.join(' ')}`,
    async () => {
      const ignored = ['--testPathIgnorePatterns', '/node_modules/', ...WITHOUT_DATABASE];
      const suite = spawn(
        'npm',
        ['run', 'test:postgres', '--', '--testTimeout=60000', ...ignored, '--testPathPatterns', ...SPECS],
        {
          cwd: join(__dirname, '../..'),
          env: {
            PATH: process.env['PATH'],
            HOME: process.env['HOME'],
            TEST_DATABASE_URL: pooler.url('postgres'),
          },
        },
      );
      let said = '';
      for (const stream of [suite.stdout, suite.stderr]) {
        stream.on('data', (text: Buffer) => (said += text.toString()));
      }
      const [code] = (await once(suite, 'exit')) as [number];
      console.log(`${kind}: ${said.match(/^(Test Suites|Tests|Time):.*$/gm)?.join('; ')}`);
      expect([code, code === 0 ? '' : said]).toEqual([0, '']);
    },
    ALL ? 5_400_000 : 600_000,
  );
});

describe('at the start', () => {
  let cluster: PostgresCluster;
  let pooler: Pooler;
  const startBehind = async (kind: PoolerKind, options?: { ready: boolean }) => {
    const { name } = await createDatabase(cluster);
    pooler = await Pooler.start(kind, cluster.port);
    return ServerProcess.start({ DATABASE_URL: pooler.url(name) }, options);
  };
  beforeAll(async () => {
    cluster = await PostgresCluster.start();
  });
  afterEach(() => pooler.stop());
  afterAll(() => cluster.drop());

  it('a pooler that forgets limits is told of, with the statement that gives them to the role', async () => {
    const server = await startBehind('PgBouncer, transaction');
    expect(server.output).toContain(`ALTER ROLE ... SET statement_timeout TO '5s'`);
    await server.stop();
  });

  it('a pooler that leaves writes uncommitted is refused by one line', async () => {
    const server = await startBehind('pgpool-II', { ready: false });
    const [code] = (await once(server.child, 'exit')) as [number];
    expect(code).toBe(1);
    expect(server.output).toMatch(/^DATABASE_URL: the pooler .* leaves writes uncommitted .*\n$/);
  });
});
