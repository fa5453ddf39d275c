import { until } from '../support/until';
import { PostgresCluster } from './support/postgres-cluster';
import { createDatabase, missingOf } from './support/fault-database';
import { Registrations } from './support/registrations';
import { ServerProcess } from './support/server-process';

describe('while registrations go on, a PostgreSQL', () => {
  let cluster: PostgresCluster;
  let server: ServerProcess;
  let database: { name: string; url: string };
  beforeAll(async () => {
    cluster = await PostgresCluster.start();
    database = await createDatabase(cluster);
    server = await ServerProcess.start({
      DATABASE_URL: database.url,
      // Without it nobody signs in to applications.
      SECRET: 'a-secret-of-the-server-0123456789',
    });
  });
  afterAll(async () => {
    await server.stop('SIGKILL');
    await cluster.drop();
  });

  /** Some were told to try again, nobody anything else; and what was acknowledged is there. */
  const expectNothingWrong = async (load: Registrations) => {
    const failed = load.outcomes.filter(({ status }) => status === null || status >= 300);
    expect(failed.length).toBeGreaterThan(0);
    expect(server.output).not.toContain('server.internal_error');
    expect(server.output).not.toContain('"stack"');
    for (const outcome of failed) {
      expect(outcome).toMatchObject({
        status: 503,
        code: 'database.unavailable',
        retryAfter: expect.stringMatching(/^\d+$/),
      });
    }
    expect(await missingOf(cluster, database.name, load.acknowledged)).toEqual([]);
  };

  /** The OpenID Provider asks to come again too; its log has a short line for each of its requests. */
  const expectToldByApplications = async () => {
    const toldBefore = server.output.length;
    const ofProvider = () =>
      server.output
        .slice(toldBefore)
        .split('\n')
        .filter((line) => line.includes('"context":"OpenIdProvider"'));
    const credentials = { client_id: 'an-application', client_secret: 'its-secret' };
    const body = () => new URLSearchParams({ grant_type: 'authorization_code', code: 'a', ...credentials });
    for (const path of ['/token', '/introspection', '/revocation']) {
      const answer = await fetch(`${server.url}/oidc${path}`, { method: 'POST', body: body() });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    }
    await until(() => ofProvider().length >= 3, 'no three lines', 10);
    expect(ofProvider().map((line) => (JSON.parse(line) as { code: unknown }).code)).toEqual(
      Array.from({ length: 3 }, () => 'database.unavailable'),
    );
    expect(Math.max(...ofProvider().map(({ length }) => length))).toBeLessThan(400);
  };

  it.each(['fast', 'immediate'] as const)(
    'that is stopped (%s) and started gives 503 meanwhile, and loses nothing',
    async (mode) => {
      const load = new Registrations(() => server);
      let recovered: number;
      try {
        await load.until(20);
        await cluster.stop(mode);
        await expectToldByApplications();
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        await cluster.start();
        const back = performance.now();
        await load.until(1);
        recovered = performance.now() - back;
        await load.until(20);
      } finally {
        await load.stop();
      }
      console.log(`${mode}: served again ${Math.round(recovered)} ms after the database`);
      expect(recovered).toBeLessThan(2_000);
      await expectNothingWrong(load);
    },
  );

  it('that cuts its connections again and again gives 503 to whom it hits, and loses nothing', async () => {
    const load = new Registrations(() => server);
    try {
      await load.until(20);
      for (let cut = 0; cut < 100; cut += 1) {
        await cluster.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'passkey-sign-in'`,
        );
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await load.until(20);
    } finally {
      await load.stop();
    }
    await expectNothingWrong(load);
  });

  const ask = async () => {
    const began = performance.now();
    const path = '/api/experience/preflight/sign-in-web-authn/authentication';
    const { status, headers } = await fetch(server.url + path, { method: 'POST' });
    return { status, retryAfter: headers.get('retry-after'), took: performance.now() - began };
  };
  /** Statements that need the table wait meanwhile. */
  const lockTable = async (seconds: number) => {
    const done = cluster.query(
      `BEGIN; LOCK TABLE passkey.verification_records IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(${seconds}); COMMIT`,
      database.name,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { released: done };
  };

  it('that is slow has its statement stopped, gives 503, and serves on afterwards', async () => {
    const { released } = await lockTable(8);
    const { took, ...answer } = await ask();
    console.log(`slow: 503 after ${Math.round(took)} ms`);
    expect(answer).toEqual({ status: 503, retryAfter: '1' });
    expect(took).toBeGreaterThan(4_900);
    expect(took).toBeLessThan(6_000);
    await released;
    expect((await ask()).status).toBe(200);
  });

  it('that is slow while more wait than there are connections gives each 503, and serves on', async () => {
    const { released } = await lockTable(16);
    const answers = await Promise.all(Array.from({ length: 30 }, ask));
    const slowest = Math.max(...answers.map(({ took }) => took));
    console.log(`no connection left: 503 for all within ${Math.round(slowest)} ms`);
    expect(slowest).toBeLessThan(12_000);
    for (const { status, retryAfter } of answers) expect([status, retryAfter]).toEqual([503, '1']);
    await released;
    expect((await ask()).status).toBe(200);
  });
});
