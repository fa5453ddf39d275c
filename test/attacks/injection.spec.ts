import { randomUUID } from 'node:crypto';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import {
  documentedOperations,
  exampleOf,
  membersOf,
  type Operation,
  urlOf,
  withMember,
} from '../support/openapi';
import { MANAGEMENT_TOKEN, TestServer } from '../support/test-server';
import { RelyingApplication } from '../openid/relying-application';

const SQL = [
  "' OR '1'='1",
  "'; DROP TABLE passkey.users; --",
  '"; DELETE FROM passkey.sessions; --',
  "' UNION SELECT null, null, null --",
  '$1',
  "\\'; SELECT pg_sleep(5); --",
  '%00',
  '\u0000',
  '\ud800',
  "'||(SELECT pg_sleep(5))||'",
];

const POLLUTION: unknown[] = [
  JSON.parse('{"__proto__":{"polluted":true}}'),
  { constructor: { prototype: { polluted: true } } },
  { constructor: 'x' },
  [{ constructor: { name: 'Array' }, then: 'x', length: -1 }],
  JSON.parse('{"toString":"x","hasOwnProperty":"x","__proto__":null}'),
];

/** What Object.prototype has in this process. */
const prototypeNames = () => Object.getOwnPropertyNames(Object.prototype).sort().join();

describe('payloads in every field of every endpoint', () => {
  let server: TestServer;
  let operations: Operation[];
  let browser: Browser;
  beforeAll(async () => {
    server = await TestServer.start({ LOG_LEVEL: 'silent' });
    operations = await documentedOperations(server);
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    browser = new Browser(server);
    await browser.register(freshUsername());
  });

  /** A call with the management token and a session: as far in as one can get. */
  const call = async (method: string, url: string, body?: unknown) => {
    const began = performance.now();
    const { status } = await browser.call(method, url, body, { authorization: `Bearer ${MANAGEMENT_TOKEN}` });
    const shown = `${method} ${url} ${JSON.stringify({ body }).slice(0, 200)}: ${status}`;
    expect([shown, status < 500]).toEqual([shown, true]);
    // pg_sleep(5) would show.
    expect([shown, performance.now() - began < 4000]).toEqual([shown, true]);
    return status;
  };

  const isDestructive = ({ method, path }: Operation) => method === 'DELETE' && !path.includes('{');

  it.each([
    ['SQL', SQL],
    ['prototype pollution', POLLUTION],
  ])(
    '%s',
    async (_name, payloads) => {
      const before = prototypeNames();
      let calls = 0;
      for (const operation of operations.filter((candidate) => !isDestructive(candidate))) {
        const { method, parameters, body } = operation;
        for (const payload of payloads) {
          const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
          for (const { name } of parameters) {
            calls += 1;
            await call(method, urlOf(operation, { [name]: text }), body && exampleOf(body));
          }
          if (!body) continue;
          const example = exampleOf(body);
          for (const path of membersOf(example)) {
            calls += 1;
            await call(method, urlOf(operation), withMember(example, path, payload));
          }
          if (typeof payload === 'object') {
            calls += 1;
            const merged = JSON.stringify({ ...(example as object) }).replace(/^\{/, `{"__proto__":${text},`);
            await call(method, urlOf(operation), merged);
          }
        }
      }
      expect(calls).toBeGreaterThan(200);
      expect(prototypeNames()).toBe(before);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      // Whatever was done to the tables, they are there, and the account still works.
      await browser.signIn();
      const [{ users }] = (await server.query<{ users: number }>(
        `SELECT count(*)::int AS users FROM passkey.users`,
      )) as [{ users: number }];
      expect(users).toBeGreaterThan(0);
    },
    300_000,
  );

  it('SQL in a name is kept as the name', async () => {
    const value = "Robert'); DROP TABLE passkey.users; --";
    const { id } = expectStatus(
      201,
      await browser.manage<{ id: string }>('POST', '/api/users', { username: value }),
    );
    const { username } = expectStatus(
      200,
      await browser.manage<{ username: string }>('GET', `/api/users/${id}`),
    );
    expect(username).toBe(value);
    expect((await browser.authenticationOptions({ type: 'username', value })).status).toBe(400);
    const other = "nobody' OR username = 'Robert";
    expect((await browser.authenticationOptions({ type: 'username', value: other })).status).toBe(404);
  });

  it('an identifier that is no string but an object, array or operator finds nobody', async () => {
    for (const value of [{ $ne: null }, ['alice'], true, 0, { length: 3 }, { toString: 'x' }]) {
      const answer = await browser.post('/api/experience/verification/sign-in-web-authn/authentication', {
        identifier: { type: 'username', value },
      });
      expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
    }
  });

  it('a verificationId that is an object, an array or a wildcard finds no record', async () => {
    expectStatus(200, await browser.discoverableOptions());
    for (const verificationId of [{}, [randomUUID()], '%', '_'.repeat(36), '*', { $gt: '' }]) {
      const answer = await browser.post(
        '/api/experience/verification/sign-in-web-authn/authentication/verify',
        { verificationId, payload: {} },
      );
      expect([400, 404]).toContain(answer.status);
    }
  });
});

/** What endpoints of the OpenID Provider take, by their names in its metadata. */
const ASKED: Record<string, Record<string, string>> = {
  authorization_endpoint: {
    ...{ response_type: 'code', scope: 'openid', redirect_uri: 'https://shop.example/callback', state: 'a' },
    ...{
      nonce: 'a',
      prompt: 'login',
      max_age: '1',
      login_hint: 'alice',
      id_token_hint: 'a',
      acr_values: 'phr',
    },
    ...{ code_challenge: 'a'.repeat(43), code_challenge_method: 'S256', ui_locales: 'en', display: 'page' },
    ...{ request_uri: 'urn:ietf:params:oauth:request_uri:a', resource: 'https://api.example', claims: '{}' },
  },
  pushed_authorization_request_endpoint: {
    response_type: 'code',
    scope: 'openid',
    redirect_uri: 'a',
    state: 'a',
  },
  device_authorization_endpoint: { scope: 'openid' },
  token_endpoint: {
    ...{
      grant_type: 'authorization_code',
      code: 'a',
      redirect_uri: 'a',
      code_verifier: 'a',
      scope: 'openid',
    },
    ...{ refresh_token: 'a', device_code: 'a', resource: 'https://api.example' },
  },
  introspection_endpoint: { token: 'a', token_type_hint: 'access_token' },
  revocation_endpoint: { token: 'a', token_type_hint: 'access_token' },
  end_session_endpoint: {
    id_token_hint: 'a',
    post_logout_redirect_uri: 'https://shop.example/bye',
    state: 'a',
  },
  userinfo_endpoint: { access_token: 'a' },
};

describe('payloads in every parameter of the OpenID Provider', () => {
  let server: TestServer;
  let shop: RelyingApplication;
  beforeAll(async () => {
    server = await TestServer.start({ LOG_LEVEL: 'warn' });
    shop = await RelyingApplication.start(server);
  });
  afterAll(() => server.stop());

  const payloads = [...SQL, '\u{1F511}'.repeat(400)];
  const endpoints = Object.entries(ASKED).flatMap(([endpoint, parameters]) =>
    ['GET', 'POST'].map((method) => [endpoint, method, parameters] as const),
  );

  it.each(endpoints)('%s, %s', async (endpoint, method, parameters) => {
    server.log.length = 0;
    const metadata = shop.configuration.serverMetadata() as unknown as Record<string, string>;
    const { pathname } = new URL(metadata[endpoint]!);
    const { clientId, clientSecret } = shop.raw();
    const asApplication = { client_id: clientId, client_secret: clientSecret };
    for (const name of [...Object.keys(parameters), 'client_id', 'client_secret']) {
      for (const payload of payloads) {
        const sent = new URLSearchParams({ ...asApplication, ...parameters, [name]: payload });
        const response = await fetch(
          server.url + pathname + (method === 'GET' ? `?${sent.toString()}` : ''),
          {
            method,
            redirect: 'manual',
            ...(method === 'POST' && { body: sent }),
          },
        );
        const shown = `${name}=${payload.slice(0, 40)}: ${response.status}`;
        expect([shown, response.status < 500]).toEqual([shown, true]);
      }
    }
    expect(server.log.filter(({ problem }) => problem !== undefined)).toEqual([]);
  });
});
