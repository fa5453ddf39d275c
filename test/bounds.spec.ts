import { connect } from 'node:net';
import { readConfiguration } from '../apps/identity-server/src/configuration';
import { toAddress } from '../apps/identity-server/src/http/forwarded-addresses';
import { callerOf as callerOfRequest, ExperienceException, type RpId } from 'nestjs-passkey-sign-in';
import { AuditService } from '../libs/experience-verification/src/audit/audit.service';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { pendingRegistration, verifiedRegistration } from './support/records';
import { signedIn } from './support/signed-in';
import { TestServer } from './support/test-server';

const PASSKEYS = '/api/my-account/passkeys';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({
    MAX_PASSKEYS: '3',
    TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8',
    METRICS_TOKEN: 'next-token-of-the-figures,token-of-the-figures',
    DOCS: 'off',
  });
});
afterAll(() => server.stop());

describe('passkeys of an account', () => {
  const full = { status: 422, body: { code: 'user.too_many_passkeys' } };

  it('are so many at most, also of many bindings at the same moment', async () => {
    const { browser } = await signedIn(server);
    const waiting = [];
    for (let index = 0; index < 5; index += 1) waiting.push(await verifiedRegistration(browser));
    const answers = await Promise.all(
      waiting.map(({ verificationId }) => browser.post(PASSKEYS, { verificationId })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 422, 422, 422]);
    expect(answers.find(({ status }) => status === 422)).toMatchObject(full);
    expect(await browser.registrationOptions()).toMatchObject(full);
    const [{ id }] = expectStatus(200, await browser.get<[{ id: string }]>(PASSKEYS));
    expectStatus(204, await browser.call('DELETE', `${PASSKEYS}/${id}`));
    expectStatus(200, await browser.registrationOptions());
  });

  it('are so many at most when they are imported', async () => {
    const { browser, userId } = await signedIn(server);
    const { publicKey, userHandle } = (
      await server.query<{ publicKey: string; userHandle: string }>(
        `SELECT encode(public_key, 'base64') AS "publicKey", encode(user_handle, 'base64') AS "userHandle"
           FROM passkey.credential_records WHERE user_id = $1`,
        [userId],
      )
    )[0]!;
    const { username } = expectStatus(200, await browser.get<{ username: string }>('/api/my-account'));
    const passkeys = ['AAAA', 'BBBB', 'CCCC'].map((credentialId) => ({
      user: { username },
      credentialId: `${credentialId}${userId.replaceAll('-', '')}`,
      publicKey: publicKey.replaceAll('\n', ''),
      userHandle: userHandle.replaceAll('\n', ''),
    }));
    const { results } = expectStatus(
      200,
      await browser.manage<{ results: { status: string; code?: string }[] }>('POST', '/api/passkeys/import', {
        passkeys,
      }),
    );
    expect(results.map(({ status, code }) => code ?? status)).toEqual([
      'imported',
      'imported',
      'user.too_many_passkeys',
    ]);
  });

  it.each(['64', '1'])('may be set to %s', (value) => {
    expect(readConfiguration({ MAX_PASSKEYS: value }).maxPasskeys).toBe(Number(value));
  });

  it.each(['65', '0', 'many'])('may not be set to %s', (value) => {
    expect(() => readConfiguration({ MAX_PASSKEYS: value })).toThrow(/^MAX_PASSKEYS/);
  });

  it.each([
    ['a line break', 'a\nb'],
    ['a null', 'a\u0000b'],
    ['a lone surrogate', 'a\ud800b'],
    ['a bell', 'a\u0007b'],
    ['a turn of direction', 'a\u202Eb'],
    ['an isolate', 'a\u2066b'],
    ['a mark of direction', 'a\u200Fb'],
    ['a line separator', 'a\u2028b'],
  ])('take no name with %s', async (_what, name) => {
    const { browser } = await signedIn(server);
    const [{ id }] = expectStatus(200, await browser.get<[{ id: string }]>(PASSKEYS));
    expect(await browser.call('PATCH', `${PASSKEYS}/${id}`, { name })).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input', data: { name: expect.anything() } },
    });
    const { verificationId } = await verifiedRegistration(browser);
    expect((await browser.post(PASSKEYS, { verificationId, name })).status).toBe(400);
  });

  it('take a name with joined emoji and letters of any script', async () => {
    const { browser } = await signedIn(server);
    const [{ id }] = expectStatus(200, await browser.get<[{ id: string }]>(PASSKEYS));
    for (const name of ['👩‍👩‍👧 phone', 'مفتاحي', 'कीबोर्ड']) {
      expect((await browser.call('PATCH', `${PASSKEYS}/${id}`, { name })).body).toMatchObject({ name });
    }
  });
});

describe('what a request is made of', () => {
  /** As the bytes stand. */
  const raw = (head: string, body: Buffer = Buffer.alloc(0)) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      let answer = '';
      const socket = connect(Number(port), hostname, () => {
        socket.write(Buffer.concat([Buffer.from(`${head}\r\nConnection: close\r\n\r\n`), body]));
      });
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('end', () => {
        resolve(answer);
      });
      socket.on('error', reject);
    });

  it('with two Host headers is refused', async () => {
    const answer = await raw('GET /health/live HTTP/1.1\r\nHost: localhost\r\nhost: evil.example');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"guard.invalid_input"');
    expect(await raw('GET /health/live HTTP/1.1\r\nHost: localhost')).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('with bytes that are no UTF-8 is refused, and nothing is put in their place', async () => {
    const send = (name: Buffer) => {
      const body = Buffer.concat([
        Buffer.from('{"identifier":{"type":"username","value":"'),
        name,
        Buffer.from('"}}'),
      ]);
      return raw(
        'POST /api/experience/verification/sign-in-web-authn/authentication HTTP/1.1\r\nHost: localhost\r\n' +
          `Content-Type: application/json\r\nContent-Length: ${body.length}`,
        body,
      );
    };
    for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
      const answer = await send(Buffer.from(bytes));
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain('UTF-8');
    }
    expect(await send(Buffer.from('nobody-é'))).toMatch(/^HTTP\/1\.1 404 /);
  });

  it.each(['PUT', 'POST', 'DELETE'])('a %s from elsewhere is refused also without Origin', async (method) => {
    const path = method === 'POST' ? '/api/experience/submit' : '/api/experience';
    const answer = await new Browser(server, undefined, null).call(
      method,
      path,
      method === 'PUT' ? { interactionEvent: 'SignIn' } : undefined,
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(answer).toMatchObject({ status: 403, body: { code: 'request.cross_origin' } });
  });

  it.each(['same-origin', 'none'])('Sec-Fetch-Site: %s changes nothing', async (site) => {
    const headers = { 'sec-fetch-site': site };
    const browser = new Browser(server, undefined, null);
    expect((await browser.call('DELETE', '/api/experience', undefined, headers)).status).toBe(204);
  });
});

describe('the caller whom proxies name', () => {
  const callerOf = async (headers: Record<string, string>) => {
    const { browser, verificationId } = await pendingRegistration(server);
    await browser.call(
      'POST',
      '/api/experience/verification/web-authn/registration/verify',
      { verificationId, payload: {} },
      headers,
    );
    const [event] = await server.query<{ ip: string }>(
      `SELECT details->>'ip' AS ip FROM passkey.audit_events WHERE type = 'registration.failed' ORDER BY id DESC LIMIT 1`,
    );
    return event!.ip;
  };

  it.each([
    '203.0.113.9',
    '203.0.113.9:4711',
    ' 203.0.113.9 ',
    '::ffff:203.0.113.9',
    '[::ffff:203.0.113.9]:4711',
    '"203.0.113.9"',
    'evil, 203.0.113.9',
    '198.51.100.1, unknown, 203.0.113.9',
    '203.0.113.9, 10.1.2.3',
    '203.0.113.9, [::ffff:10.1.2.3]:80',
  ])('is the same in X-Forwarded-For: %s', async (header) => {
    expect(await callerOf({ 'x-forwarded-for': header })).toBe('203.0.113.9');
  });

  it.each([
    'for=203.0.113.9',
    'For="203.0.113.9:4711";proto=https;by=10.0.0.1',
    'for=_hidden, for=203.0.113.9;host="a,b"',
    'for="[::ffff:203.0.113.9]:4711"',
    'for=203.0.113.9, for=10.1.2.3',
  ])('is the same in Forwarded: %s', async (header) => {
    expect(await callerOf({ forwarded: header })).toBe('203.0.113.9');
  });

  it.each(['unknown', '203.0.113.9, _hidden', '203.0.113.9, 10.0.0.1.evil', '[', ''])(
    'is the proxy where it names none: %s',
    async (header) => {
      expect(await callerOf({ 'x-forwarded-for': header })).toBe('127.0.0.1');
    },
  );

  it('is an IPv6 address in one spelling', () => {
    expect(toAddress('[2001:DB8::1]:443')).toBe('2001:db8::1');
    expect(toAddress('2001:db8::1')).toBe('2001:db8::1');
    expect(toAddress('fe80::1%eth0')).toBe('fe80::1');
    expect(toAddress('2001:db8::1]')).toBeNull();
  });

  it('is an IPv4 address, as the proxy is, where a server listens to IPv6 too', () => {
    expect(callerOfRequest({ headers: {}, ip: '::ffff:203.0.113.9' })).toEqual({ ip: '203.0.113.9' });
    const { trustedProxies } = readConfiguration({ TRUSTED_PROXIES: '10.0.0.0/8' });
    expect(['::ffff:10.1.2.3', '::ffff:203.0.113.9'].map(trustedProxies!)).toEqual([true, false]);
  });
});

describe('what is not for everybody', () => {
  it('are the figures, where they have a token', async () => {
    const figures = (headers = {}) => fetch(`${server.url}/metrics`, { headers });
    expect((await figures()).status).toBe(401);
    expect((await figures({ authorization: 'Bearer token-of-the-figure' })).status).toBe(401);
    for (const token of ['token-of-the-figures', 'next-token-of-the-figures']) {
      expect((await figures({ authorization: `Bearer ${token}` })).status).toBe(200);
    }
  });

  it.each(['/%6detrics', '/metri%63s?x', '/metrics/', '//metrics', '/metrics;x', '/metrics%3Fx'])(
    'are the figures at any path but their own, which proxies know them by: %s',
    async (path) => {
      const headers = { authorization: 'Bearer token-of-the-figures' };
      const answer = await fetch(server.url + path, { headers });
      expect([answer.status, await answer.json()]).toEqual([
        404,
        expect.objectContaining({ code: 'request.not_found' }),
      ]);
    },
  );

  it('are the documents, where they are off', async () => {
    for (const path of ['/docs', '/docs/', '/openapi.json']) {
      expect((await fetch(server.url + path)).status).toBe(404);
    }
  });
});

it.each([
  ['a long reason is cut', 'a'.repeat(5000), 'a'.repeat(500)],
  ['a reason that is cut within a character is kept', `a${'🔑'.repeat(400)}`, `a${'🔑'.repeat(249)}\uFFFD`],
  ['a reason that no text can be is kept', 'a\0\ud83d', 'a\uFFFD\uFFFD'],
])('%s in the audit events', async (_name, reason, kept) => {
  const error = new ExperienceException('session.mfa.webauthn_verification_failed', { reason });
  const refused = {
    type: 'authentication.failed',
    rpId: 'localhost' as RpId,
    userId: null,
    details: {},
  } as const;
  await server.app.get(AuditService).recordRefusal(refused, error, {});
  const [event] = await server.query<{ reason: string }>(
    `SELECT details->>'reason' AS reason FROM passkey.audit_events WHERE type = 'authentication.failed' ORDER BY id DESC LIMIT 1`,
  );
  expect(event!.reason).toBe(kept);
});

it('a recovery code of a suspended user is not spent', async () => {
  const { browser, userId, identifier } = await signedIn(server);
  const { codes } = expectStatus(
    201,
    await browser.post<{ codes: string[] }>('/api/my-account/recovery-codes'),
  );
  const recover = () =>
    new Browser(server).post('/api/experience/verification/recovery-code/verify', {
      identifier,
      code: codes[0],
    });
  await browser.suspend(userId);
  expect((await recover()).body).toMatchObject({ code: 'user.suspended' });
  await browser.suspend(userId, false);
  expectStatus(200, await recover());
});

it('beginning interactions and identification are limited', async () => {
  const limited = await TestServer.start({ RATE_LIMIT: 'on', RATE_LIMIT_PER_ADDRESS: '5' });
  try {
    const browser = new Browser(limited);
    const statuses = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await browser.start('SignIn')).status);
    expect(statuses.slice(-1)).toEqual([429]);
    expect((await browser.identify(freshUsername().value)).body).toMatchObject({ code: 'request.too_many' });
  } finally {
    await limited.stop();
  }
});
