import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { Webhook } from 'standardwebhooks';
import { readConfiguration } from '../apps/identity-server/src/configuration';
import { resolveOptions } from '../libs/experience-verification/src/experience-verification.options';
import { WebhookSender } from '../libs/experience-verification/src/audit/webhook-sender';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { signedIn, userIdOf } from './support/signed-in';
import { MANAGEMENT_TOKEN, TestServer } from './support/test-server';
import { until } from './support/until';
import { emptyDatabase } from './support/worker-database';

interface Event {
  id: string;
  type: string;
  userId: string | null;
  details: Record<string, string>;
}

const PATH = '/api/audit-events';
const FAILED = 'session.mfa.webauthn_verification_failed';
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const RELYING_PARTY = { id: 'localhost', name: 'Test', origins: ['http://localhost:3000'] };

const list = async (browser: Browser, query = '') =>
  expectStatus(
    200,
    await browser.manage<{ events: Event[]; nextCursor: string | null }>('GET', PATH + query),
  );

describe('audit events', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const typesOf = async (browser: Browser, userId: string) =>
    (await list(browser, `?userId=${userId}`)).events.map(({ type }) => type).reverse();

  it('tell of registration, sign-in, step-up, and each change of a passkey', async () => {
    const { browser, identifier, userId } = await signedIn(server);
    await browser.signIn(identifier);
    const up = expectStatus(200, await browser.stepUpOptions());
    await browser.verifyStepUp(
      up.verificationId,
      browser.authenticator.authenticate(up.authenticationOptions),
    );
    const [passkey] = (await browser.get<{ id: string }[]>('/api/my-account/passkeys')).body;
    await browser.call('PATCH', `/api/my-account/passkeys/${passkey!.id}`, { name: 'Mine' });
    await browser.post('/api/my-account/recovery-codes');
    await browser.manage('DELETE', `/api/users/${userId}/passkeys/${passkey!.id}`);
    expect(await typesOf(browser, userId)).toEqual([
      'user.registered',
      'passkey.added',
      'user.signed-in',
      'authentication.succeeded',
      'user.signed-in',
      'step-up.succeeded',
      'passkey.renamed',
      'recovery-codes.created',
      'passkey.deleted',
    ]);
    const [deleted] = (await list(browser, `?userId=${userId}&type=passkey.deleted`)).events;
    expect(deleted!.details).toMatchObject({ passkeyId: passkey!.id, by: 'management', ip: '127.0.0.1' });
  });

  it('tell the exact reason of a refusal, which the client is not told, and of a replay', async () => {
    const { browser, identifier, userId } = await signedIn(server);
    const { verificationId, authenticationOptions } = expectStatus(
      200,
      await browser.authenticationOptions(identifier),
    );
    const payload = browser.authenticator.authenticate(authenticationOptions, {
      origin: 'https://evil.example',
    });
    const answer = await browser.verifyAuthentication(verificationId, payload);
    expect(Object.keys(answer.body)).toEqual(['code', 'message']);
    const [failed] = (await list(browser, `?userId=${userId}&type=authentication.failed`)).events;
    expect(failed!.details).toMatchObject({
      code: FAILED,
      reason: expect.stringMatching(/evil\.example/),
      credentialId: payload.id,
      verificationId,
      requestId: answer.headers.get('x-request-id'),
    });
    await browser.verifyAuthentication(verificationId, payload);
    const [replay] = (await list(browser, '?type=authentication.failed&limit=1')).events;
    expect(replay!.details).toMatchObject({ code: 'session.mfa.pending_info_not_found' });
    expect(server.log).toContainEqual(
      expect.objectContaining({ event: 'authentication.failed', userId, code: FAILED }),
    );
  });

  it('tell of refused registrations', async () => {
    const browser = new Browser(server);
    await browser.start('Register');
    const { verificationId, registrationOptions } = expectStatus(
      200,
      await browser.registrationOptions(freshUsername()),
    );
    await browser.verifyRegistration(
      verificationId,
      browser.authenticator.register(registrationOptions, { uv: false }),
    );
    const [failed] = (await list(browser, '?type=registration.failed&limit=1')).events;
    expect(failed!.details).toMatchObject({ code: FAILED, verificationId });
  });

  it('are listed newest first, page by page, each once', async () => {
    const { browser, identifier, userId } = await signedIn(server);
    for (let index = 0; index < 4; index++) await browser.signIn(identifier);
    const all = (await list(browser, `?userId=${userId}`)).events.map(({ id }) => id);
    expect(all).toHaveLength(11);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(browser, `?userId=${userId}&limit=4${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.events.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all);
  });

  it('are in the order in which they happened, though the clock of one server is ahead', async () => {
    const { browser, identifier, userId } = await signedIn(server);
    await browser.signIn(identifier);
    const happened = await typesOf(browser, userId);
    await server.query(
      `UPDATE passkey.audit_events SET id = ('ffffffff-ffff-7fff-bfff-' || substr(id::text, 25))::uuid
        WHERE user_id = $1 AND type = 'authentication.succeeded'`,
      [userId],
    );
    const listed: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(browser, `?userId=${userId}&limit=1${cursor && `&cursor=${cursor}`}`);
      listed.push(...page.events.map(({ type }) => type));
      cursor = page.nextCursor;
    }
    expect(listed.reverse()).toEqual(happened);
  });

  it('are filtered by outcome and by time, and exported so, all of them', async () => {
    const { browser, identifier, userId } = await signedIn(server);
    const { verificationId, authenticationOptions } = expectStatus(
      200,
      await browser.authenticationOptions(identifier),
    );
    const payload = browser.authenticator.authenticate(authenticationOptions);
    payload.response.signature = Buffer.alloc(70).toString('base64url');
    expect((await browser.verifyAuthentication(verificationId, payload)).status).toBe(400);
    const typesFor = async (query: string) =>
      (await list(browser, `?userId=${userId}&${query}`)).events.map(({ type }) => type);
    expect(await typesFor('outcome=failure')).toEqual(['authentication.failed']);
    expect(await typesFor('outcome=success')).toEqual(['user.signed-in', 'passkey.added', 'user.registered']);
    expect(await typesFor('outcome=failure&type=user.signed-in')).toEqual([]);
    // More than one statement reads, the earliest at 2001.
    await server.query(
      `INSERT INTO passkey.audit_events (id, type, rp_id, user_id, details, created_at)
       SELECT gen_random_uuid(), 'user.signed-out', 'localhost', $1, '{}', timestamptz '2001-01-01 00:00Z' + n * interval '1 minute'
         FROM generate_series(0, 1199) AS n`,
      [userId],
    );
    const firstHour = 'since=2001-01-01T00:00:00Z&until=2001-01-01T02:00:00%2B01:00&limit=200';
    expect(await typesFor(firstHour)).toHaveLength(60);
    const exported = async (query: string) => {
      const answer = await fetch(`${server.url}${PATH}/export?${query}`, {
        headers: { authorization: `Bearer ${MANAGEMENT_TOKEN}` },
      });
      expect(answer.headers.get('content-type')).toBe('application/jsonl');
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="audit-events.jsonl"');
      expect(answer.headers.get('cache-control')).toContain('no-store');
      const lines = (await answer.text()).split('\n');
      expect(lines.pop()).toBe('');
      return lines.map((line) => JSON.parse(line) as Event);
    };
    const all = await exported(`userId=${userId}`);
    expect(all).toHaveLength(1204);
    expect(new Set(all.map(({ id }) => id)).size).toBe(1204);
    expect(all[0]).toEqual((await list(browser, `?userId=${userId}&limit=1`)).events[0]);
    expect(await exported(`userId=${userId}&outcome=failure`)).toMatchObject([
      { type: 'authentication.failed' },
    ]);
    expect((await new Browser(server).get(`${PATH}/export`)).status).toBe(401);
  });

  it.each([
    '?limit=0',
    '?cursor=x',
    '?userId=x',
    '?type=x',
    '?type=toString',
    '?type=user.deleted&type=user.created',
    '?outcome=x',
    '?since=yesterday',
    '?until=2026-13-01T00:00:00Z',
    '?since=2026-02-30T00:00:00Z',
    '?until=2026-11-28',
    '/export?type=x',
  ])('refuse %s', async (query) => {
    const answer = await new Browser(server).manage('GET', PATH + query);
    expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
  });

  it('are not made of refusals that are about nothing', async () => {
    const { browser, identifier } = await signedIn(server);
    const options = expectStatus(200, await browser.authenticationOptions(identifier));
    const payload = browser.authenticator.authenticate(options.authenticationOptions);
    const count = async () => (await server.query('SELECT FROM passkey.audit_events')).length;
    const before = await count();
    const stranger = new Browser(server);
    for (let index = 0; index < 5; index += 1) {
      expect((await stranger.verifyAuthentication(options.verificationId, payload)).status).toBe(404);
      expect((await stranger.identify(options.verificationId)).status).toBe(404);
      const code = { verificationId: options.verificationId, code: '12345678' };
      const path = '/api/experience/verification/verification-code/verify';
      expect((await stranger.post(path, code)).status).toBe(404);
      stranger.cookies.set('experience_interaction', Buffer.alloc(32, index).toString('base64url'));
    }
    expect(await count()).toBe(before);
  });

  it('are for management', async () => {
    expect((await new Browser(server).get(PATH)).status).toBe(401);
  });

  it('hold no challenge, signature, cookie or key', async () => {
    const { browser, identifier } = await signedIn(server);
    const { verificationId, authenticationOptions } = expectStatus(
      200,
      await browser.authenticationOptions(identifier),
    );
    const payload = browser.authenticator.authenticate(authenticationOptions);
    expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
    const text = JSON.stringify((await list(browser)).events);
    const secrets = [
      authenticationOptions.challenge,
      payload.response.signature,
      ...browser.cookies.values(),
    ];
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it('reach the host as Nest events, once they are true', async () => {
    const heard: Event[] = [];
    const emitter = server.app.get(EventEmitter2);
    const added = emitter.on('passkey.added', (event: Event) => heard.push(event), { objectify: true });
    const { userId } = await signedIn(server);
    (added as { off(): void }).off();
    expect(heard).toMatchObject([{ type: 'passkey.added', userId }]);
  });
});

describe('webhooks', () => {
  let receiver: Server;
  let url: string;
  let received: { headers: Record<string, string>; body: string; path: string }[];
  let answerWith: (attempt: number, path: string) => number;
  /** In milliseconds. */
  let answerAfter: (path: string) => number;
  beforeEach(async () => {
    received = [];
    answerAfter = () => 0;
    answerWith = () => 204;
    receiver = createServer((request, response) => {
      void text(request).then((body) => {
        const path = request.url!;
        received.push({ headers: request.headers as Record<string, string>, body, path });
        const status = answerWith(received.length, path);
        setTimeout(() => response.writeHead(status).end(), answerAfter(path)).unref();
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  });
  afterEach(() => {
    receiver.closeAllConnections();
    receiver.close();
  });

  const allTried = (server: TestServer) => server.app.get(WebhookSender, { strict: false }).wake();
  const outbox = async (server: TestServer) =>
    (
      await server.query<{ attempts: number }>(
        'SELECT attempts FROM passkey.webhook_deliveries ORDER BY attempts',
      )
    ).map(({ attempts }) => attempts);

  it('are sent each event, signed as Standard Webhooks have it', async () => {
    const server = await TestServer.start({ WEBHOOK_URLS: url, WEBHOOK_SECRET: SECRET });
    try {
      const browser = new Browser(server);
      await browser.register(freshUsername());
      const userId = await userIdOf(browser);
      await allTried(server);
      expect(received).toHaveLength(4);
      const messages = received.map(({ headers, body }) => new Webhook(SECRET).verify(body, headers));
      expect(messages).toEqual(
        expect.arrayContaining([
          {
            type: 'passkey.added',
            timestamp: expect.any(String),
            data: expect.objectContaining({ userId, rpId: 'localhost' }),
          },
        ]),
      );
      expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(4);
      const forged = { ...received[0]!.headers, 'webhook-signature': 'v1,AAAA' };
      expect(() => new Webhook(SECRET).verify(received[0]!.body, forged)).toThrow();
      expect(await outbox(server)).toEqual([]);
    } finally {
      await server.stop();
    }
  });

  it('are signed by both secrets while one is changed', async () => {
    const next = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    const server = await TestServer.start({ WEBHOOK_URLS: url, WEBHOOK_SECRET: `${next} ${SECRET}` });
    try {
      await new Browser(server).register(freshUsername());
      await allTried(server);
      const { headers, body } = received[0]!;
      for (const secret of [next, SECRET]) {
        expect(new Webhook(secret).verify(body, headers)).toHaveProperty('type');
      }
    } finally {
      await server.stop();
    }
  });

  it('that fail are tried again, with a back-off, under the same id', async () => {
    const server = await TestServer.start({ WEBHOOK_URLS: url, WEBHOOK_SECRET: SECRET });
    answerWith = (attempt) => (attempt === 1 ? 500 : 204);
    try {
      await new Browser(server).post('/api/experience/verification/recovery-code/verify', {
        identifier: freshUsername(),
        code: 'WRONG',
      });
      await allTried(server);
      expect(received).toHaveLength(1);
      expect(await outbox(server)).toEqual([1]);
      const [{ wait }] = (await server.query<{ wait: number }>(
        `SELECT extract(epoch FROM next_attempt_at - now())::float8 AS wait FROM passkey.webhook_deliveries`,
      )) as [{ wait: number }];
      expect(wait).toBeGreaterThan(1);
      await allTried(server);
      expect(received).toHaveLength(1);
      const again = once(receiver, 'request');
      await server.query('UPDATE passkey.webhook_deliveries SET next_attempt_at = now()');
      await again;
      await allTried(server);
      expect(received).toHaveLength(2);
      expect(received[1]!.headers['webhook-id']).toBe(received[0]!.headers['webhook-id']);
      expect(received[1]!.body).toBe(received[0]!.body);
      expect(await outbox(server)).toEqual([]);
    } finally {
      await server.stop();
    }
  });

  it('reach a receiver at once though another one hangs', async () => {
    const hanging = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(hanging, 'listening');
    const slow = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}/hook`;
    const server = await TestServer.start({ WEBHOOK_URLS: `${slow},${url}`, WEBHOOK_SECRET: SECRET });
    try {
      const browser = new Browser(server);
      await browser.register(freshUsername());
      await until(() => received.length === 4);
      const since = Date.now();
      await browser.post('/api/my-account/recovery-codes');
      await until(() => received.length === 5);
      expect(Date.now() - since).toBeLessThan(3_000);
    } finally {
      hanging.closeAllConnections();
      hanging.close();
      await server.stop();
    }
  });

  it('end for a receiver that answers 410, which is an event of its own, and for no other', async () => {
    const gone = url.replace('/hook', '/gone');
    const server = await TestServer.start({ WEBHOOK_URLS: `${gone},${url}`, WEBHOOK_SECRET: SECRET });
    answerWith = (_, path) => (path === '/gone' ? 410 : 204);
    try {
      const browser = new Browser(server);
      await browser.register(freshUsername());
      await allTried(server);
      await allTried(server);
      const atGone = () => received.filter(({ path }) => path === '/gone').length;
      const before = atGone();
      await browser.post('/api/my-account/recovery-codes');
      await allTried(server);
      expect(atGone()).toBe(before);
      expect(await outbox(server)).toEqual([]);
      const { events } = await list(browser, '?type=webhook.ended');
      expect(events.map(({ details }) => details['webhook'])).toEqual([new URL(gone).host]);
      const told = received
        .filter(({ path }) => path === '/hook')
        .map(({ body }) => JSON.parse(body) as Event);
      expect(told.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['webhook.ended', 'recovery-codes.created']),
      );
    } finally {
      await server.stop();
    }
  });

  it('are signed for each receiver by its own secret', async () => {
    const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    const server = await TestServer.start({
      WEBHOOK_URLS: `${url},${url}/other`,
      WEBHOOK_SECRET: `${SECRET},${other}`,
    });
    try {
      await new Browser(server).register(freshUsername());
      await until(() => received.length >= 6);
      for (const { headers, body, path } of received) {
        const [own, foreign] = path === '/hook' ? [SECRET, other] : [other, SECRET];
        expect(() => new Webhook(own).verify(body, headers)).not.toThrow();
        expect(() => new Webhook(foreign).verify(body, headers)).toThrow();
      }
      const two = { WEBHOOK_URLS: url, WEBHOOK_SECRET: `${SECRET},${other}` };
      expect(() => readConfiguration(two)).toThrow(/^WEBHOOK_SECRET: must name one secret, or as many/);
    } finally {
      await server.stop();
    }
  });

  it.each(['https://user:hush@example.com/hook', 'ftp://hush.example'])(
    'to %s are refused at the start, and the address is not repeated',
    (address) => {
      const start = () => readConfiguration({ WEBHOOK_URLS: address, WEBHOOK_SECRET: SECRET });
      expect(start).toThrow(/^WEBHOOK_URLS: number 1/);
      expect(start).not.toThrow(/hush/);
    },
  );

  it('to one address twice are refused at the start: each event would be sent there twice', () => {
    const there = 'https://example.com/hush';
    const urls = [there, 'https://example.com/', there];
    const startServer = () => readConfiguration({ WEBHOOK_URLS: urls.join(','), WEBHOOK_SECRET: SECRET });
    expect(startServer).toThrow(/^WEBHOOK_URLS: number 3 is the same as number 1$/);
    const startHost = () =>
      resolveOptions({ relyingParty: RELYING_PARTY, webhooks: urls.map((url) => ({ url, secret: SECRET })) });
    expect(startHost).toThrow(/^webhooks: number 3 is the same as number 1$/);
  });

  it('under way while the server stops are waited for, two seconds; what is given up then is no try', async () => {
    const slow = url.replace('/hook', '/slow');
    const silent = url.replace('/hook', '/silent');
    answerAfter = (path) => ({ '/slow': 700, '/silent': 60_000 })[path] ?? 0;
    const other = await TestServer.start();
    const webhooks = { WEBHOOK_URLS: `${slow},${silent}`, WEBHOOK_SECRET: SECRET };
    const server = await TestServer.start(webhooks);
    try {
      await new Browser(server).post('/api/experience/verification/recovery-code/verify', {
        identifier: freshUsername(),
        code: 'WRONG',
      });
      await until(() => received.length === 2);
      await server.stop();
      const left = await other.query(
        'SELECT url, attempts, next_attempt_at <= now() AS "isDue" FROM passkey.webhook_deliveries',
      );
      expect(left).toEqual([{ url: silent, attempts: 0, isDue: true }]);
    } finally {
      await other.stop();
    }
  });

  it('that are many under way at once are no leak', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    answerAfter = () => 60_000;
    const urls = Array.from({ length: 12 }, (_, receiver) => `${url}/${receiver}`);
    const server = await TestServer.start({ WEBHOOK_URLS: urls.join(','), WEBHOOK_SECRET: SECRET });
    try {
      await new Browser(server).post('/api/experience/verification/recovery-code/verify', {
        identifier: freshUsername(),
        code: 'WRONG',
      });
      await until(() => received.length === urls.length);
      expect(warn).not.toHaveBeenCalled();
    } finally {
      await server.stop();
      warn.mockRestore();
    }
  });

  it('with a secret that can sign nothing are refused at the start of a host, and the secret is not repeated', () => {
    const base64url = SECRET.replaceAll('B', '_');
    const start = () =>
      resolveOptions({ relyingParty: RELYING_PARTY, webhooks: [{ url, secret: [SECRET, base64url] }] });
    expect(start).toThrow(/^webhooks: number 1 has a secret that is not whsec_ and base64$/);
  });

  it('lose nothing when the server stops before they are sent: the next one sends it', async () => {
    const database = await emptyDatabase();
    const settings = { WEBHOOK_URLS: url, WEBHOOK_SECRET: SECRET };
    answerWith = () => 503;
    const first = await TestServer.start(settings, database);
    await new Browser(first).register(freshUsername());
    await allTried(first);
    expect(received.length).toBeGreaterThanOrEqual(4);
    await first.stop();
    answerWith = () => 204;
    const ids = new Set(received.map(({ headers }) => headers['webhook-id']));
    received.length = 0;
    const second = await TestServer.start(settings, database);
    try {
      await second.query('UPDATE passkey.webhook_deliveries SET next_attempt_at = now()');
      await allTried(second);
      expect(await outbox(second)).toEqual([]);
      expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(ids);
    } finally {
      await second.stop();
    }
  });
});
