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
    server = await ServerProcess.start({ DATABASE_URL: database.url });
  });
  afterAll(async () => {
    await server.stop('SIGKILL');
    await cluster.drop();
  });

  it.each(['fast', 'immediate'] as const)(
    'that is stopped (%s) and started gives 503 meanwhile, and loses nothing',
    async (mode) => {
      const load = new Registrations(() => server);
      await load.until(20);
      await cluster.stop(mode);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await cluster.start();
      const back = performance.now();
      await load.until(1);
      const recovered = performance.now() - back;
      await load.until(20);
      await load.stop();
      console.log(`${mode}: served again ${Math.round(recovered)} ms after the database`);
      expect(recovered).toBeLessThan(2_000);
      const failed = load.outcomes.filter(({ status }) => status === null || status >= 300);
      expect(failed.length).toBeGreaterThan(0);
      for (const outcome of failed) {
        expect(outcome).toMatchObject({
          status: 503,
          code: 'database.unavailable',
          retryAfter: expect.stringMatching(/^\d+$/),
        });
      }
      expect(await missingOf(cluster, database.name, load.acknowledged)).toEqual([]);
    },
  );

  it('that is slow, or has no connection left, gives 503 within seconds, and serves on afterwards', async () => {
    const url = `${server.url}/api/experience/preflight/sign-in-web-authn/authentication`;
    const ask = () => fetch(url, { method: 'POST' });
    const locked = cluster.query(
      `BEGIN; LOCK TABLE verification_records IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(16); COMMIT`,
      database.name,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    const began = performance.now();
    // More than the pool has connections: the rest wait for one.
    const answers = await Promise.all(Array.from({ length: 30 }, ask));
    expect(performance.now() - began).toBeLessThan(12_000);
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    }
    await locked;
    expect((await ask()).status).toBe(200);
  });
});
