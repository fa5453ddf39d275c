import { WebhookSender } from '../libs/experience-verification/src/audit/webhook-sender';
import { Sweeper } from '../libs/experience-verification/src/database/sweeping/sweeper.service';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { holdTurnsOf } from './support/held-turns';
import { TestServer } from './support/test-server';

describe('sweeping', () => {
  let server: TestServer;
  let sweeper: Sweeper;
  beforeAll(async () => {
    server = await TestServer.start({ AUDIT_RETENTION_DAYS: '30' });
    sweeper = holdTurnsOf(server, Sweeper);
  });
  afterAll(() => server.stop());

  const sweep = async () => {
    await server.query('DELETE FROM passkey.sweeps');
    return sweeper.sweep();
  };
  const count = async (table: string) => {
    const [row] = await server.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM passkey.${table}`);
    return row!.rows;
  };

  it('removes what has expired, and nothing else', async () => {
    const browser = new Browser(server);
    await browser.register(freshUsername());
    await browser.start('SignIn');
    const { verificationId } = expectStatus(200, await browser.discoverableOptions());
    await server.query(
      `INSERT INTO passkey.verification_records (interaction_id, id, ceremony, challenge, rp_id, request, expires_at)
       SELECT '\\x00', gen_random_uuid(), 'authentication', '\\x00', 'localhost', '{}', now() FROM generate_series(1, 20000)`,
    );
    await server.query(
      `INSERT INTO passkey.interactions (id, event, expires_at) VALUES ('\\x00', 'SignIn', now() - interval '1 second')`,
    );
    await server.query(
      `INSERT INTO passkey.sessions (id, public_id, user_id, amr, expires_at) SELECT '\\x00', gen_random_uuid(), id, '{}', now() FROM passkey.users`,
    );
    await server.query(
      `INSERT INTO passkey.rate_limits VALUES ('\\x00', 1, now()), ('\\x01', 1, now() + interval '1 hour')`,
    );
    await server.query(`INSERT INTO passkey.failed_attempts VALUES ('\\x00', 1, NULL, now())`);
    await server.query(
      `INSERT INTO passkey.sent_codes VALUES ('\\x00', gen_random_uuid(), '{}', '{}', now()), ('\\x01', gen_random_uuid(), '{}', '{}', now() + interval '1 day')`,
    );
    await server.query(
      `INSERT INTO passkey.waiting_messages (id, sealed, expires_at)
       VALUES (gen_random_uuid(), '', now()), (gen_random_uuid(), '', now() + interval '1 day')`,
    );
    expect(await sweep()).toEqual({
      verification_records: 20_000,
      interactions: 1,
      oidc_payloads: 0,
      sessions: 1,
      rate_limits: 1,
      failed_attempts: 1,
      sent_codes: 1,
      recovery_links: 0,
      administrator_links: 0,
      invitations: 0,
      waiting_messages: 1,
    });
    expect(await count('rate_limits')).toBe(1);
    const { authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions);
    expect((await browser.verifyAuthentication(verificationId, payload)).body).toMatchObject({
      code: 'session.mfa.webauthn_verification_failed',
    });
    expectStatus(200, await browser.verifyAuthentication(undefined, payload));
    expect((await browser.get('/api/my-account')).status).toBe(200);
    expect(await sweep()).toEqual({
      verification_records: 0,
      interactions: 0,
      oidc_payloads: 0,
      sessions: 0,
      rate_limits: 0,
      failed_attempts: 0,
      sent_codes: 0,
      recovery_links: 0,
      administrator_links: 0,
      invitations: 0,
      waiting_messages: 0,
    });
  });

  it('is done by one of many who ask at once', async () => {
    await server.query('DELETE FROM passkey.sweeps');
    const sweeps = await Promise.all(Array.from({ length: 10 }, () => server.app.get(Sweeper).sweep()));
    expect(sweeps.filter((swept) => 'sessions' in swept)).toHaveLength(1);
  });

  it('removes webhooks that no server has taken for a week, unless it is configured for their receiver', async () => {
    const url = 'http://127.0.0.1:1/present';
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const other = await TestServer.start({ WEBHOOK_URLS: url, WEBHOOK_SECRET: secret });
    try {
      await other.app.get(WebhookSender).onModuleDestroy();
      await server.query('DELETE FROM passkey.webhook_deliveries');
      await server.query(
        `WITH event AS (
           INSERT INTO passkey.audit_events (id, type, rp_id, details)
           VALUES (gen_random_uuid(), 'user.registered', 'localhost', '{}') RETURNING id)
         INSERT INTO passkey.webhook_deliveries (event_id, url, next_attempt_at)
         SELECT id, receiver.url, receiver.due
           FROM event, (VALUES ($1, now() - interval '8 days'), ('former', now() - interval '8 days'),
                               ('changed', now() - interval '6 days'), ('given up', 'infinity')) AS receiver (url, due)`,
        [url],
      );
      await server.query('DELETE FROM passkey.sweeps');
      await holdTurnsOf(other, Sweeper).sweep();
      const left = await server.query<{ url: string }>('SELECT url FROM passkey.webhook_deliveries');
      expect(left.map((row) => row.url).toSorted()).toEqual(['changed', 'given up', url].toSorted());
    } finally {
      await server.query('DELETE FROM passkey.webhook_deliveries');
      await other.stop();
    }
  });

  it('removes audit events only once their retention has passed', async () => {
    await new Browser(server).register(freshUsername());
    const before = await count('audit_events');
    await sweep();
    expect(await count('audit_events')).toBe(before);
    await server.query(
      `UPDATE passkey.audit_events SET created_at = now() - interval '31 days' WHERE type = 'user.registered'`,
    );
    await sweep();
    expect(await count(`audit_events WHERE type = 'user.registered'`)).toBe(0);
    expect(await count('audit_events')).toBeGreaterThan(0);
  });

  it('keeps an audit event beyond its retention while it waits for a receiver that may still take it', async () => {
    await server.query(
      `WITH event AS (
         INSERT INTO passkey.audit_events (id, type, rp_id, details, created_at)
         SELECT gen_random_uuid(), type, 'localhost', '{}', now() - interval '31 days'
           FROM unnest(ARRAY['passkey.added', 'passkey.renamed', 'passkey.deleted']) AS type RETURNING id, type)
       INSERT INTO passkey.webhook_deliveries (event_id, url, attempts, next_attempt_at)
       SELECT id, receiver.url, 9, receiver.due
         FROM event, (VALUES ('a', now() + interval '24 hours'), ('b', 'infinity')) AS receiver (url, due)
        WHERE type = 'passkey.added' OR type = 'passkey.renamed' AND url = 'b'`,
    );
    await sweep();
    const left = `audit_events WHERE created_at < now() - interval '30 days'`;
    expect(await count(`${left} AND type = 'passkey.added'`)).toBe(1);
    expect(await count(left)).toBe(1);
    await server.query(`UPDATE passkey.webhook_deliveries SET next_attempt_at = 'infinity'`);
    await sweep();
    expect(await count(left)).toBe(0);
  });
});
