import { RelyingApplication } from './openid/relying-application';
import { onServed } from './support/at-once';
import { Browser, expectStatus } from './support/browser';
import { TestServer } from './support/test-server';
import { until } from './support/until';

/** Of what others were in the way of nothing was done: it can be asked for again. */
describe('who a deadlock, or a write of others, has cost a transaction', () => {
  let server: TestServer;
  let manager: Browser;
  beforeAll(async () => {
    server = await TestServer.start();
    manager = new Browser(server);
  });
  afterAll(() => server.stop());

  const whileRefused = async (table: string, sqlState: string, act: () => Promise<void>) => {
    await server.query(`CREATE FUNCTION passkey.refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'others were in the way' USING ERRCODE = '${sqlState}'; END $$`);
    try {
      await server.query(
        `CREATE TRIGGER refuse BEFORE INSERT ON passkey.${table} EXECUTE FUNCTION passkey.refuse()`,
      );
      await act();
    } finally {
      await server.query('DROP FUNCTION passkey.refuse CASCADE');
    }
  };

  it.each(['40P01', '40001'])('is asked to come again: %s', async (sqlState) => {
    const robot = { name: 'Robot', type: 'machine' };
    await whileRefused('applications', sqlState, async () => {
      const { status, headers, body } = await manager.manage('POST', '/api/applications', robot);
      expect([status, headers.get('retry-after'), body['code']]).toEqual([503, '1', 'database.unavailable']);
    });
    expectStatus(201, await manager.manage('POST', '/api/applications', robot));
  });

  it.each(['40P01', '40001'])('is asked so at the OpenID Provider too: %s', async (sqlState) => {
    const { clientId, clientSecret } = (await RelyingApplication.start(server, { type: 'machine' })).raw();
    const ask = () =>
      fetch(`${server.url}/oidc/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
    await whileRefused('oidc_payloads', sqlState, async () => {
      const answer = await ask();
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await answer.json()).toMatchObject({ error: 'temporarily_unavailable' });
    });
    expect((await ask()).status).toBe(200);
  });

  onServed('where others can be in the way', () => {
    it('is asked so by PostgreSQL itself', async () => {
      const { id } = expectStatus(
        201,
        await manager.manage<{ id: string }>('POST', '/api/applications', { name: 'Robot', type: 'machine' }),
      );
      const change = () => manager.manage('PATCH', `/api/applications/${id}`, { thirdParty: true });
      const other = server.database.dataSource.createQueryRunner();
      await other.startTransaction();
      try {
        await other.query('LOCK TABLE passkey.application_consents IN SHARE MODE');
        const changing = change();
        await until(async () => {
          const waiting = await server.query(
            `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
              AND query LIKE 'DELETE FROM%application_consents%'`,
          );
          return waiting.length > 0;
        });
        // Who waits first is the first to look for a deadlock.
        await other.query('SELECT FROM passkey.applications WHERE id = $1 FOR UPDATE', [id]);
        const { status, headers } = await changing;
        expect([status, headers.get('retry-after')]).toEqual([503, '1']);
      } finally {
        await other.rollbackTransaction();
        await other.release();
      }
      expect(server.reasons('database.unavailable')).toContainEqual(
        expect.stringContaining('deadlock detected'),
      );
      expectStatus(200, await change());
    });
  });
});
