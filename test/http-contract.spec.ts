import { get } from 'node:http';
import { ERRORS } from 'nestjs-passkey-sign-in';
import { connect } from 'node:net';
import { once } from 'node:events';
import { Browser, freshUsername } from './support/browser';
import { DatabaseRelay } from './support/database-relay';
import { MANAGEMENT_TOKEN, ORIGIN, TestServer } from './support/test-server';
import { emptyDatabase } from './support/worker-database';

const OPTIONS = '/api/experience/verification/sign-in-web-authn/authentication';
const NOBODY = { identifier: { type: 'username', value: 'nobody' } };

describe('over HTTP', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const send = (path: string, init: RequestInit = {}) => fetch(server.url + path, init);
  const json = (body: string, headers: Record<string, string> = {}): RequestInit => ({
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  const answerOf = async (response: Response): Promise<unknown[]> => [
    response.status,
    (await response.json()) as unknown,
  ];

  describe('what can not be read is refused in the one shape of errors', () => {
    const invalid = {
      code: 'guard.invalid_input',
      message: expect.any(String),
      data: { body: expect.any(Array) },
    };

    it.each([
      ['a body that is no JSON', '{"identifier":'],
      ['a body that is JSON, but no object', '[]'],
      ['null', 'null'],
      ['no body', ''],
      ['nesting bombs', `${'{"identifier":'.repeat(4000)}1${'}'.repeat(4000)}`],
    ])('%s', async (_name, body) => {
      expect(await answerOf(await send(OPTIONS, json(body)))).toEqual([400, invalid]);
    });

    it('a body over 64 KiB', async () => {
      const large = JSON.stringify({ ...NOBODY, more: 'x'.repeat(64 * 1024) });
      expect(await answerOf(await send(OPTIONS, json(large)))).toEqual([
        413,
        { code: 'request.body_too_large', message: expect.any(String) },
      ]);
    });

    it('but one that is nearly 64 KiB is read', async () => {
      const body = JSON.stringify({ ...NOBODY, more: 'x'.repeat(63 * 1024) });
      expect((await send(OPTIONS, json(body))).status).toBe(404);
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
      'the content type %s',
      async (type) => {
        const response = await send(OPTIONS, json(JSON.stringify(NOBODY), { 'content-type': type }));
        expect(await answerOf(response)).toEqual([
          415,
          { code: 'request.unsupported_media_type', message: expect.any(String) },
        ]);
      },
    );

    it('but a charset beside application/json is fine', async () => {
      const type = 'application/json; charset=utf-8';
      expect((await send(OPTIONS, json(JSON.stringify(NOBODY), { 'content-type': type }))).status).toBe(404);
    });

    it.each([
      ['GET', '/nowhere'],
      ['GET', OPTIONS],
      ['DELETE', '/api/experience/verification'],
      ['POST', '/api/../api/nowhere'],
    ])('%s %s, which is no route', async (method, path) => {
      expect(await answerOf(await send(path, { method }))).toEqual([
        404,
        { code: 'request.not_found', message: expect.any(String) },
      ]);
    });

    it('a path that can not be decoded', async () => {
      expect(await answerOf(await send('/api/users/%E0%A4%A'))).toEqual([
        400,
        { code: 'guard.invalid_input', message: expect.any(String) },
      ]);
    });

    it('bytes that are no HTTP', async () => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.write('nonsense\r\n\r\n');
      const [answer] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      expect(answer.toString()).toMatch(
        /^HTTP\/1\.1 400 .*X-Content-Type-Options: nosniff.*"code":"guard\.invalid_input"/s,
      );
    });

    it.each([
      [
        'a request of HTTP/1.1 without a host',
        'GET /health/live HTTP/1.1\r\n\r\n',
        400,
        'guard.invalid_input',
      ],
      ['but one of HTTP/1.0 needs none', 'GET /api/nothing HTTP/1.0\r\n\r\n', 404, 'request.not_found'],
      [
        'but what else a client expects is passed over',
        'GET /api/nothing HTTP/1.1\r\nHost: localhost\r\nExpect: x\r\nConnection: close\r\n\r\n',
        404,
        'request.not_found',
      ],
    ])('%s', async (_name, sent, status, code) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.write(sent);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      expect(answer.toString()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*"code":"${code}"`));
    });

    it('a path with a long id is not found, or its caller is not who may ask', async () => {
      const path = `/api/users/${'a'.repeat(2_000)}`;
      expect((await send(path)).status).toBe(401);
      const answer = await send(path, { headers: { authorization: `Bearer ${MANAGEMENT_TOKEN}` } });
      expect(await answerOf(answer)).toMatchObject([404, { code: 'user.user_not_exist' }]);
    });

    it('members named like those of every object reach nothing', async () => {
      const body =
        '{"identifier":{"type":"username","value":"nobody","__proto__":{"type":"x"}},"__proto__":{},"constructor":{"prototype":{"polluted":1}}}';
      expect((await send(OPTIONS, json(body))).status).toBe(404);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    });
  });

  describe('headers that are too large', () => {
    const withCookies = (path: string, accept: string) =>
      new Promise<{ status: number; type: string; body: string }>((resolve, reject) => {
        const headers = { accept, cookie: `a=${'x'.repeat(20_000)}` };
        get(server.url + path, { headers }, (answer) => {
          let body = '';
          answer.on('data', (part: Buffer) => (body += part.toString()));
          answer.on('end', () => {
            resolve({ status: answer.statusCode!, type: answer.headers['content-type']!, body });
          });
        }).on('error', reject);
      });

    it('are told as an error of the API', async () => {
      const { status, type, body } = await withCookies('/api/my-account', 'application/json');
      expect([status, type, JSON.parse(body)]).toEqual([
        431,
        'application/json',
        { code: 'request.headers_too_large', message: ERRORS['request.headers_too_large'].message },
      ]);
    });

    it('are told on a page to who opens one, with what helps', async () => {
      const { status, type, body } = await withCookies('/', 'text/html,application/xhtml+xml');
      expect([status, type]).toEqual([431, 'text/html; charset=utf-8']);
      expect(body).toContain('Delete the cookies of this site');
    });
  });

  describe('headers', () => {
    it('forbid caching, sniffing and framing, and do not name the framework', async () => {
      const { headers } = await send(OPTIONS, json(JSON.stringify(NOBODY)));
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.has('x-powered-by')).toBe(false);
      expect(headers.has('server')).toBe(false);
    });

    it.each(['/nowhere', '/api/users/%E0%A4%A', '/api/my-account', '/metrics', '/openapi.json'])(
      'are there on %s too',
      async (path) => {
        const { headers } = await send(path);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('x-request-id')).toBeTruthy();
      },
    );

    it('carry the request id in and out, and make one for what is none', async () => {
      const idFor = async (given: string) =>
        (await send('/health/live', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
      for (const id of ['trace-1.2:3', 'Root=1-5f84c7a1-sample;Self=1', 'aGVsbG8/d29ybGQ+Zm9v=='])
        expect(await idFor(id)).toBe(id);
      expect(await idFor('a b')).toMatch(/^[0-9a-f-]{36}$/);
      expect(await idFor('x'.repeat(200))).toMatch(/^[0-9a-f-]{36}$/);
    });
  });

  describe('other origins', () => {
    const sendFrom = (origin: string, method = 'POST', path = OPTIONS) =>
      send(path, {
        ...(method === 'POST' ? json(JSON.stringify(NOBODY), { origin }) : { headers: { origin } }),
        method,
      });

    it.each([
      'https://evil.example',
      'null',
      'http://localhost:3001',
      'https://localhost:3000',
      `${ORIGIN}.evil.example`,
      ORIGIN.toUpperCase(),
      `${ORIGIN}/`,
    ])('%s may change nothing', async (origin) => {
      const refused = [403, { code: 'request.cross_origin', message: expect.any(String) }];
      expect(await answerOf(await sendFrom(origin))).toEqual(refused);
      expect(await answerOf(await sendFrom(origin, 'DELETE', '/api/session'))).toEqual(refused);
      expect(await answerOf(await sendFrom(origin, 'DELETE', '/api/experience'))).toEqual(refused);
    });

    it('get no CORS headers; those configured do, with credentials', async () => {
      const foreign = await sendFrom('https://evil.example');
      expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
      const own = await sendFrom(ORIGIN);
      expect(own.headers.get('access-control-allow-origin')).toBe(ORIGIN);
      expect(own.headers.get('access-control-allow-credentials')).toBe('true');
    });

    it('are told so when they ask first', async () => {
      const preflight = (origin: string) =>
        send(OPTIONS, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
      expect((await preflight(ORIGIN)).headers.get('access-control-allow-origin')).toBe(ORIGIN);
      expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    });
  });

  it('takes rpId and origins from the configuration, whatever Host and the proxy headers say', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    const forged = {
      host: 'evil.example',
      forwarded: 'host=evil.example;proto=https',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    };
    const { body } = await browser.call<{ authenticationOptions: { rpId: string } }>(
      'POST',
      OPTIONS,
      { identifier },
      forged,
    );
    expect(body.authenticationOptions.rpId).toBe('localhost');
    const fromForgedHost = await browser.call(
      'POST',
      OPTIONS,
      { identifier },
      {
        ...forged,
        origin: 'https://evil.example',
      },
    );
    expect(fromForgedHost.status).toBe(403);
  });

  it('writes no secret to the log', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.signIn(identifier);
    await browser.manage('GET', '/api/users?limit=1&secret=in-the-query');
    const created = await browser.authenticationOptions(identifier);
    const lies = { origin: 'https://evil.example' };
    const payload = browser.authenticator.authenticate(created.body.authenticationOptions, lies);
    expect((await browser.verifyAuthentication(undefined, payload)).status).toBe(400);
    const log = JSON.stringify(server.log);
    const secrets = [
      ...browser.cookies.values(),
      'management-token',
      'secret-of-the-tests',
      'in-the-query',
      payload.response.signature,
      payload.response.clientDataJSON,
    ];
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
    expect(log).toContain('https://evil.example');
  });
});

describe('with an https origin', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await TestServer.start({
      RP_ID: 'example.com',
      RP_ORIGINS: 'https://login.example.com,https://example.com',
    });
  });
  afterAll(() => server.stop());

  it('cookies are Secure, HttpOnly, SameSite, and bound to the host by their prefix', async () => {
    const browser = new Browser(server, undefined, 'https://example.com');
    browser.authenticator.origin = 'https://login.example.com';
    const { headers } = await browser.start('Register');
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-experience_interaction=[\w-]{43}; /);
    expect(cookie.split('; ').slice(1)).toEqual(
      expect.arrayContaining(['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']),
    );
    expect(cookie).not.toContain('Domain');
    await browser.register(freshUsername());
    expect([...browser.cookies.keys()]).toEqual(['__Host-experience_session']);
    expect((await browser.get('/api/my-account')).status).toBe(200);
  });

  it('no cookie comes with a refusal of the body, for which no interaction is begun', async () => {
    const browser = new Browser(server, undefined, 'https://example.com');
    const { status, headers } = await browser.authenticationOptions({ type: 'username', value: '\u200b' });
    expect(status).toBe(400);
    expect(headers.getSetCookie()).toEqual([]);
  });

  it('browsers are told to come by https only', async () => {
    const { headers } = await fetch(`${server.url}/health/live`);
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
  });
});

describe('when the database is away', () => {
  it('answers 503 with Retry-After, and serves again once it is back', async () => {
    const relay = await DatabaseRelay.start(await emptyDatabase());
    const server = await TestServer.start({ DATABASE_URL: relay.url });
    const call = () =>
      fetch(server.url + OPTIONS, {
        method: 'POST',
        body: JSON.stringify(NOBODY),
        headers: { 'content-type': 'application/json' },
      });
    expect((await call()).status).toBe(404);

    await relay.stop();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const away = await call();
      expect([away.status, await away.json()]).toEqual([
        503,
        { code: 'database.unavailable', message: expect.any(String) },
      ]);
      expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);

    await relay.listen();
    expect((await call()).status).toBe(404);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    await server.stop();
    await relay.stop();
  });
});
