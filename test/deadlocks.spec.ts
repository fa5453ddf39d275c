import { RelyingApplication, Traveller } from './openid/relying-application';
import { onServed } from './support/at-once';
import { type Answer, Browser, expectStatus, freshUsername } from './support/browser';
import { answerTo } from './support/records';
import { codesSentTo, freshEmail } from './support/sent-codes';
import { signedIn, userIdOf } from './support/signed-in';
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
    const isWaiting = async (query: string) => {
      const waiting = await server.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1`,
        [query],
      );
      return waiting.length > 0;
    };

    /** While a transaction of somebody else's holds what it has locked. */
    const whileHeld = async (sql: string, userId: string, act: () => Promise<void>) => {
      const other = server.database.dataSource.createQueryRunner();
      await other.startTransaction();
      try {
        await other.query(sql, [userId]);
        await act();
      } finally {
        await other.rollbackTransaction();
        await other.release();
      }
    };

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
        await until(() => isWaiting('DELETE FROM%application_consents%'));
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

    it('is not who disconnects an application: it locks the user first, as whoever ends all sessions', async () => {
      const shop = await RelyingApplication.start(server);
      const browser = new Traveller(server);
      await browser.register(freshUsername());
      await browser.goTo((await shop.ask({ scope: 'openid' })).url);
      const userId = await userIdOf(browser);
      let disconnecting: Promise<Answer> | undefined;
      await whileHeld('SELECT FROM passkey.users WHERE id = $1 FOR NO KEY UPDATE', userId, async () => {
        disconnecting = browser.call('DELETE', `/api/my-account/applications/${shop.id}`);
        await until(() => isWaiting('SELECT FROM%users%'));
        const free = `SELECT FROM passkey.application_consents WHERE user_id = $1 FOR UPDATE NOWAIT`;
        expect(await server.query(free, [userId])).toHaveLength(1);
      });
      expect((await disconnecting!).status).toBe(204);
    });

    it('is not who comes in by a first code while a passkey answers in the same browser', async () => {
      const { browser: former, identifier, userId } = await signedIn(server, freshEmail());
      expectStatus(201, await former.post('/api/my-account/recovery-codes'));
      const browser = new Browser(server, former.authenticator);
      await browser.start('SignIn');
      const created = expectStatus(200, await browser.authenticationOptions(identifier));
      const { verificationId, payload } = answerTo(browser, created);
      const path = '/api/experience/verification/verification-code';
      const sent = expectStatus(200, await browser.post<{ verificationId: string }>(path, { identifier }));
      const code = codesSentTo(server, identifier).at(-1);
      expectStatus(200, await browser.post(`${path}/verify`, { ...sent, code }));
      let answers: Promise<Answer[]> | undefined;
      // The account is claimed, and its passkeys are deleted, up to where its codes are.
      await whileHeld(
        'SELECT FROM passkey.recovery_codes WHERE user_id = $1 FOR UPDATE',
        userId,
        async () => {
          const identifying = browser.identify(sent.verificationId);
          await until(() => isWaiting('DELETE FROM%recovery_codes%'));
          answers = Promise.all([identifying, browser.verifyAuthentication(verificationId, payload)]);
          await until(() => isWaiting('%verification_records%'));
        },
      );
      expect((await answers!).map(({ status }) => status)).toEqual([204, 404]);
    });
  });
});
