import { Browser, expectStatus, freshUsername } from '../support/browser';
import { documentedOperations, exampleOf, urlOf } from '../support/openapi';
import { MANAGEMENT_TOKEN, ORIGIN, TestServer } from '../support/test-server';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };
const EVIL = 'https://evil.example';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

describe('cross-site request forgery', () => {
  it('from a foreign origin, at every endpoint that changes anything, changes nothing', async () => {
    const browser = new Browser(server);
    await browser.register(freshUsername());
    const changing = (await documentedOperations(server)).filter(({ method }) => method !== 'GET');
    expect(changing.length).toBeGreaterThan(20);
    const tables = ['users', 'credential_records', 'sessions', 'interactions', 'verification_records'];
    const rows = async () =>
      Promise.all(tables.map((table) => server.query(`SELECT * FROM passkey.${table} ORDER BY 1, 2`)));
    const before = await rows();
    const forged: [origin: string, caller: Browser][] = [
      [EVIL, browser],
      ['null', browser],
      [`${ORIGIN}.evil.example`, browser],
      [EVIL, new Browser(server)],
    ];
    for (const operation of changing) {
      for (const [origin, caller] of forged) {
        const answer = await caller.call(
          operation.method,
          urlOf(operation),
          operation.body && exampleOf(operation.body),
          { origin, authorization: `Bearer ${MANAGEMENT_TOKEN}` },
        );
        const shown = `${operation.method} ${operation.path}`;
        expect([shown, answer]).toMatchObject([
          shown,
          { status: 403, body: { code: 'request.cross_origin' } },
        ]);
      }
    }
    expect(await rows()).toEqual(before);
  });

  it('as a form or as plain text, which need no leave of the browser, is not read', async () => {
    const body = JSON.stringify({ interactionEvent: 'SignIn' });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '']) {
      const { status } = await fetch(`${server.url}/api/experience`, {
        method: 'PUT',
        body,
        headers: type ? { 'content-type': type } : {},
      });
      expect([type, status]).toEqual([type, 415]);
    }
  });

  it('by the wrong method, or one in a header, reaches nothing', async () => {
    const browser = new Browser(server);
    await browser.register(freshUsername());
    const forged = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' };
    expect((await browser.call('GET', '/api/session?_method=DELETE', undefined, forged)).status).toBe(404);
    expect((await browser.get('/api/my-account')).status).toBe(200);
  });
});

describe('forged Host, Forwarded and X-Forwarded-* headers', () => {
  const HEADERS = {
    forwarded: 'for=10.0.0.1;host=evil.example;proto=https',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '443',
    'x-forwarded-prefix': '/evil',
    'x-original-host': 'evil.example',
    'x-original-url': '/api/users',
    'x-rewrite-url': '/api/users',
  };

  it('change neither rpId nor origins nor cookies, at either ceremony', async () => {
    const browser = new Browser(server);
    const call = browser.call;
    browser.call = (method, path, body, headers) => call(method, path, body, { ...HEADERS, ...headers });
    const { headers } = await browser.start('Register');
    expect(headers.getSetCookie()[0]).toMatch(
      /^experience_interaction=[\w-]{34}-register; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const { registrationOptions } = expectStatus(200, await browser.registrationOptions(freshUsername()));
    expect(registrationOptions.rp).toEqual({ id: 'localhost', name: 'Test' });
    await browser.register(freshUsername());
    const created = expectStatus(200, await browser.discoverableOptions());
    expect(created.authenticationOptions.rpId).toBe('localhost');
    const lies = { origin: EVIL, rpId: 'evil.example' };
    const payload = browser.authenticator.authenticate(created.authenticationOptions, lies);
    expect(await browser.verifyAuthentication(created.verificationId, payload)).toMatchObject(FAILED);
  });

  it('do not make a foreign origin one’s own', async () => {
    const browser = new Browser(server, undefined, EVIL);
    const answer = await browser.call('PUT', '/api/experience', { interactionEvent: 'SignIn' }, HEADERS);
    expect(answer).toMatchObject({ status: 403, body: { code: 'request.cross_origin' } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('do not name a caller in the audit events', async () => {
    const browser = new Browser(server);
    const created = expectStatus(200, await browser.discoverableOptions());
    await browser.call(
      'POST',
      '/api/experience/verification/sign-in-web-authn/authentication/verify',
      { verificationId: created.verificationId, payload: {} },
      { ...HEADERS, 'x-forwarded-for': '10.0.0.1', 'x-real-ip': '10.0.0.1' },
    );
    const events = await server.query<{ details: object }>(`SELECT details FROM passkey.audit_events`);
    expect(JSON.stringify(events)).not.toContain('10.0.0.1');
  });
});
