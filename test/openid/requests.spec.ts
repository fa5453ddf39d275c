import { hash } from 'node:crypto';
import * as client from 'openid-client';
import { expectStatus, freshUsername } from '../support/browser';
import { DatabaseRelay } from '../support/database-relay';
import { TestServer } from '../support/test-server';
import { emptyDatabase } from '../support/worker-database';
import { CALLBACK, RelyingApplication, Traveller } from './relying-application';

const FORM = 'application/x-www-form-urlencoded';

const xsrfOf = ({ body }: { body: string }): string => /name="xsrf" value="([^"]+)"/.exec(body)?.[1] ?? '';

describe('requests to the provider', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('of a browser in which nobody is signed in yet connect a device, once somebody is', async () => {
    const television = await RelyingApplication.start(server, { type: 'device' });
    const device = await client.initiateDeviceAuthorization(television.configuration, { scope: 'openid' });
    const owner = new Traveller(server);
    const identifier = freshUsername();
    await owner.register(identifier);

    const browser = new Traveller(server, owner.authenticator);
    const form = { user_code: device.user_code };
    const page = await browser.open('/oidc/device');
    expect([page.status, xsrfOf(page)]).toEqual([200, expect.stringMatching(/^.{20,}$/)]);
    const confirmation = await browser.openForm('/oidc/device', { ...form, xsrf: xsrfOf(page) });
    expect(confirmation.body).toContain(device.user_code);
    const signIn = await browser.submitForm('/oidc/device', {
      ...{ ...form, xsrf: xsrfOf(confirmation), confirm: 'yes' },
    });
    expect(signIn).toContain('/?authorization=');
    const options = expectStatus(200, await browser.authenticationOptions(identifier));
    const assertion = browser.authenticator.authenticate(options.authenticationOptions);
    expectStatus(200, await browser.verifyAuthentication(options.verificationId, assertion));
    expectStatus(204, await browser.identify(options.verificationId));
    const { redirectTo } = expectStatus(200, await browser.submit());
    expect((await browser.open(redirectTo)).status).toBe(200);
    const tokens = await client.pollDeviceAuthorizationGrant(television.configuration, {
      ...device,
      interval: 0.1,
    });
    expect(tokens.access_token).toEqual(expect.any(String));
  });

  it('to sign out are answered where nobody is signed in, too', async () => {
    const browser = new Traveller(server);
    const page = await browser.open('/oidc/session/end');
    expect([page.status, xsrfOf(page)]).toEqual([200, expect.stringMatching(/^.{20,}$/)]);
    const next = await browser.submitForm('/oidc/session/end/confirm', { xsrf: xsrfOf(page), logout: 'yes' });
    expect((await browser.open(next ?? '')).status).toBe(200);
  });

  it('of a browser that has the provider’s cookie alone are of nobody', async () => {
    const shop = await RelyingApplication.start(server);
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    await browser.goTo((await shop.ask()).url);
    for (const name of [...browser.cookies.keys()]) {
      if (!name.startsWith('_session')) browser.cookies.delete(name);
    }
    expect([...browser.cookies.keys()]).toEqual(['_session', '_session.sig']);
    expect(await browser.goTo((await shop.ask({ prompt: 'none' })).url)).toContain('error=login_required');
  });

  it('of a single-page application are for its own origin', async () => {
    const { id } = await RelyingApplication.start(server, { type: 'spa' });
    const ask = (method: string, origin: string) =>
      fetch(`${server.url}/oidc/token`, {
        method,
        headers: { origin, 'content-type': FORM, 'access-control-request-method': 'POST' },
        ...(method === 'POST' && { body: `grant_type=authorization_code&client_id=${id}` }),
      });
    const allowed = ({ status, headers }: Response) => [status, headers.get('access-control-allow-origin')];
    const { origin } = new URL(CALLBACK);
    expect(allowed(await ask('OPTIONS', origin))).toEqual([204, origin]);
    expect(allowed(await ask('POST', origin))).toEqual([400, origin]);
    expect(allowed(await ask('POST', 'https://evil.example'))).toEqual([400, null]);
  });

  it('that are wrong are told so in OAuth’s words, and to people by a page', async () => {
    const wrong = [
      ['GET', '/oidc/token', 405, 'invalid_request'],
      ['GET', '/oidc/introspection', 405, 'invalid_request'],
      ['PUT', '/oidc/auth', 405, 'invalid_request'],
      ['GET', '/oidc/request', 405, 'invalid_request'],
      ['DELETE', '/oidc/userinfo', 404, 'invalid_request'],
      ['POST', '/oidc/reg', 404, 'invalid_request'],
      ['POST', '/oidc/token', 400, 'invalid_request'],
    ] as const;
    for (const [method, path, status, error] of wrong) {
      const answer = await fetch(server.url + path, { method });
      expect([path, answer.status, await answer.json()]).toEqual([
        path,
        status,
        { error, error_description: expect.any(String) },
      ]);
    }
    const page = await new Traveller(server).open('/oidc/nothing');
    expect([page.status, page.body]).toEqual([404, expect.stringContaining('<h1>This did not work</h1>')]);
  });

  it('that come too late for their device lead to a page that takes its code', async () => {
    const television = await RelyingApplication.start(server, { type: 'device' });
    const device = await client.initiateDeviceAuthorization(television.configuration, { scope: 'openid' });
    const browser = new Traveller(server);
    const page = await browser.open('/oidc/device/an-authorization-that-is-over');
    expect(page.status).toBe(400);
    const form = { user_code: device.user_code, xsrf: xsrfOf(page) };
    expect((await browser.openForm('/oidc/device', form)).body).toContain(
      'Only if your device shows this code',
    );
  });

  it('that fail are told so in OAuth’s words, and the log says why', async () => {
    const shop = await RelyingApplication.start(server);
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    await server.query('ALTER TABLE passkey.oidc_payloads RENAME TO away');
    try {
      const { url } = await shop.ask();
      // Where the request is answered, and where what it leaves is kept.
      for (const [visitor, address] of [
        [browser, url],
        [new Traveller(server), '/oidc/device'],
      ] as const) {
        const { status, body } = await visitor.open(address);
        expect([status, body]).toEqual([500, expect.stringContaining('<code>server_error</code>')]);
      }
      expect(server.log).toContainEqual(
        expect.objectContaining({ problem: expect.stringContaining('oidc_payloads') }),
      );
    } finally {
      await server.query('ALTER TABLE passkey.away RENAME TO oidc_payloads');
    }
  });

  it('are told to come again while the database is away', async () => {
    const relay = await DatabaseRelay.start(await emptyDatabase());
    const alone = await TestServer.start({ DATABASE_URL: relay.url });
    const redeem = (client_id: string, client_secret: string) =>
      fetch(`${alone.url}/oidc/token`, {
        method: 'POST',
        body: new URLSearchParams({
          ...{ grant_type: 'authorization_code', code: 'a-code', client_id, client_secret },
        }),
      });
    try {
      await relay.stop();
      // Before anything of the issuer was read, such as its keys.
      const first = await redeem('an-application', 'its-secret');
      await relay.listen();
      const shop = await RelyingApplication.start(alone);
      const { url } = await shop.ask();
      const { clientId, clientSecret } = shop.raw();
      await relay.stop();
      const page = await new Traveller(alone).open(url);
      const token = await redeem(clientId, clientSecret);
      for (const { status, headers } of [first, page, token]) {
        expect([status, headers.get('retry-after')]).toEqual([503, '1']);
      }
      expect(page.body).toContain('<code>temporarily_unavailable</code>');
      for (const answer of [first, token]) {
        expect(await answer.json()).toMatchObject({ error: 'temporarily_unavailable' });
      }
      const told = alone.log.filter(({ level, path }) => Number(level) >= 40 && path !== undefined);
      expect(told.map(({ level, code, path }) => [level, code, path])).toEqual([
        [40, 'database.unavailable', '/token'],
        [40, 'database.unavailable', '/auth'],
        [40, 'database.unavailable', '/token'],
      ]);
      expect(alone.log.filter(({ stack }) => stack !== undefined)).toEqual([]);
    } finally {
      await alone.stop();
      await relay.stop();
    }
  });

  it('are answered by a form that the browser may post, where an application wants one', async () => {
    const shop = await RelyingApplication.start(server);
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const request = await shop.ask({ response_mode: 'form_post' });
    const { body, headers } = await browser.open(request.url);
    const policy = headers.get('content-security-policy')?.split(/;\s*/) ?? [];
    expect(policy).toContain('form-action https: http:');
    const [, script = ''] = /<script>(.*?)<\/script>/s.exec(body) ?? [];
    expect(policy.find((one) => one.startsWith('script-src'))).toContain(
      `'sha256-${hash('sha256', script, 'base64')}'`,
    );
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
    const answer = new URLSearchParams(
      ['code', 'state', 'iss'].map((name) => [name, field(name).replaceAll('&#x2F;', '/')]),
    );
    const posted = new Request(CALLBACK, { method: 'POST', body: answer });
    expect((await request.finish(posted)).claims()?.sub).toEqual(expect.any(String));
  });

  it('for a user may be posted, as another site’s form does', async () => {
    const shop = await RelyingApplication.start(server);
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const request = await shop.ask();
    const posted = Object.fromEntries(new URL(request.url).searchParams);
    const led = await browser.submitForm('/oidc/auth', posted);
    const tokens = await request.finish(await browser.goTo(led ?? ''));
    expect(tokens.claims()?.sub).toEqual(expect.any(String));

    const out = await browser.submitForm('/oidc/session/end', { id_token_hint: tokens.id_token! });
    expect((await browser.open(out ?? '')).body).toContain('op.logoutForm');
  });
});
