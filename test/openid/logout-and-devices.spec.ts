import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as client from 'openid-client';
import { expectStatus, freshUsername } from '../support/browser';
import { TestServer } from '../support/test-server';
import { until } from '../support/until';
import { RelyingApplication, Traveller } from './relying-application';

describe('an application', () => {
  let server: TestServer;
  let receiver: Server;
  let received: URLSearchParams[];
  let status: number;
  /** Requests that are never answered. */
  let hanging: number;
  beforeAll(async () => {
    server = await TestServer.start();
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (text: Buffer) => (body += text.toString()));
      request.on('end', () => {
        if (request.url === '/hang') {
          hanging += 1;
          return;
        }
        received.push(new URLSearchParams(body));
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    received = [];
    hanging = 0;
    status = 200;
  });
  afterAll(async () => {
    await server.stop();
    await new Promise((resolve) => receiver.close(resolve));
  });

  const signedIn = async (path = '/logout') => {
    const { port } = receiver.address() as AddressInfo;
    const shop = await RelyingApplication.start(server, {
      backchannelLogoutUri: `http://127.0.0.1:${port}${path}`,
    });
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const request = await shop.ask();
    const tokens = await request.finish(await browser.goTo(request.url));
    return { shop, browser, tokens };
  };
  const untilReceived = async (count: number) => {
    await until(() => received.length >= count, `not ${count} received`);
    expect(received).toHaveLength(count);
  };
  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;

  it('is told that a session is over, again until it has heard', async () => {
    const { shop, browser, tokens } = await signedIn();
    status = 503;
    await browser.call('DELETE', '/api/session');
    await untilReceived(1);
    status = 200;
    await server.query('UPDATE passkey.oidc_logout_notices SET next_at = now()');
    await untilReceived(2);
    const token = received[1]!.get('logout_token')!;
    expect(claimsOf(token)).toMatchObject({
      aud: shop.id,
      sub: tokens.claims()!.sub,
      sid: tokens.claims()!['sid'],
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
    const left = () => server.query('SELECT * FROM passkey.oidc_logout_notices');
    await until(async () => (await left()).length === 0);
    expect(await left()).toEqual([]);
  });

  it('is told that a session is over though another application does not answer', async () => {
    const { shop } = await signedIn('/hang');
    const { browser } = await signedIn();
    await server.query(
      `INSERT INTO passkey.oidc_logout_notices (session_id, client_id, relying_party_id, user_id, sid, next_at)
       SELECT gen_random_uuid(), client_id, relying_party_id, user_id, sid, now() - interval '1 hour'
         FROM passkey.oidc_logout_notices, generate_series(1, 100) WHERE client_id = $1`,
      [shop.id],
    );
    await browser.call('DELETE', '/api/session');
    await untilReceived(1);
    expect(hanging).toBeLessThan(50);
    await server.query('DELETE FROM passkey.oidc_logout_notices');
  });

  it('signs its user out, once the user agrees', async () => {
    const { shop, browser, tokens } = await signedIn();
    const url = client.buildEndSessionUrl(shop.configuration, {
      id_token_hint: tokens.id_token!,
      post_logout_redirect_uri: 'https://shop.example/bye',
      state: 'the-state',
    });
    const page = await browser.open(url.href);
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('Sign out?')]);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.body)![1]!;
    expect(await browser.submitForm('/oidc/session/end/confirm', { xsrf, logout: 'yes' })).toBe(
      'https://shop.example/bye?state=the-state',
    );
    expect((await browser.get('/api/my-account')).status).toBe(401);
    await untilReceived(1);
  });

  it('is told of the session by the name that it was told last, whose user once chose to stay signed in', async () => {
    const { shop, browser, tokens } = await signedIn();
    const url = client.buildEndSessionUrl(shop.configuration, { id_token_hint: tokens.id_token! });
    const xsrf = /name="xsrf" value="([^"]+)"/.exec((await browser.open(url.href)).body)![1]!;
    await browser.submitForm('/oidc/session/end/confirm', { xsrf });
    const again = await shop.ask();
    const { sid } = (await again.finish(await browser.goTo(again.url))).claims()!;
    received = [];
    await browser.call('DELETE', '/api/session');
    await untilReceived(1);
    expect(claimsOf(received[0]!.get('logout_token')!)).toMatchObject({ aud: shop.id, sid });
  });

  it('of a phone is led back to from there, by the scheme that it has to itself', async () => {
    const app = await RelyingApplication.start(server, {
      ...{ type: 'native', postLogoutRedirectUris: ['com.example.shop:/bye', 'https://shop.example/bye'] },
    });
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const request = await app.ask();
    const { id_token } = await request.finish(await browser.goTo(request.url));
    const url = client.buildEndSessionUrl(app.configuration, {
      id_token_hint: id_token!,
      post_logout_redirect_uri: 'com.example.shop:/bye',
    });
    const page = await browser.open(url.href);
    expect(page.headers.get('content-security-policy')).toContain(
      "form-action 'self' https: http: com.example.shop:;",
    );
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.body)![1]!;
    expect(await browser.submitForm('/oidc/session/end/confirm', { xsrf, logout: 'yes' })).toMatch(
      /^com\.example\.shop:\/bye/,
    );
  });

  it('is told of a session that ended by its idleness, and of none that goes on', async () => {
    const { browser } = await signedIn();
    const { id } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
    const lives = () =>
      server.query<{ later: boolean }>(
        `SELECT lives_until > now() + interval '23 hours' AS later FROM passkey.oidc_logout_notices WHERE user_id = $1`,
        [id],
      );
    await until(async () => (await lives())[0]!.later);
    expect([await lives(), received]).toEqual([[{ later: true }], []]);
    await server.query(
      `UPDATE passkey.sessions SET last_seen_at = now() - interval '25 hours' WHERE user_id = $1`,
      [id],
    );
    await server.query('UPDATE passkey.oidc_logout_notices SET lives_until = now() WHERE user_id = $1', [id]);
    await untilReceived(1);
  });

  it('signs people in on a device without a browser', async () => {
    const television = await RelyingApplication.start(server, { type: 'device' });
    const device = await client.initiateDeviceAuthorization(television.configuration, { scope: 'openid' });
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const page = await browser.open(device.verification_uri);
    expect(page.body).toContain('Enter the code that your device shows.');
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.body)![1]!;
    const wrong = await browser.openForm('/oidc/device', { xsrf, user_code: 'ZZZZ-ZZZZ' });
    expect(wrong.body).toContain('That code is not known');
    const confirmation = await browser.openForm('/oidc/device', {
      xsrf: /name="xsrf" value="([^"]+)"/.exec(wrong.body)![1]!,
      user_code: device.user_code,
    });
    expect(confirmation.body).toContain('Sign in to Shop on a device?');
    const done = await browser.openForm('/oidc/device', {
      xsrf: /name="xsrf" value="([^"]+)"/.exec(confirmation.body)![1]!,
      user_code: device.user_code,
      confirm: 'yes',
    });
    const last = done.status === 303 ? await browser.open(done.headers.get('location')!) : done;
    expect(last.body).toContain('Your device is signed in');
    const poll = () =>
      client.pollDeviceAuthorizationGrant(television.configuration, { ...device, interval: 0 });
    const tokens = await poll();
    const { id } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
    expect(tokens.claims()!.sub).toBe(id);
    await expect(poll()).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('shows a person what went wrong, with an id that the log has', async () => {
    const page = await new Traveller(server).open('/oidc/auth?client_id=nobody');
    expect([page.status, page.body]).toEqual([400, expect.stringContaining('This did not work')]);
    expect(page.body).toContain(page.headers.get('x-request-id')!);
    expect(page.body).not.toContain('oops');
    const recorded = () =>
      server.query<{ details: object }>(
        `SELECT details FROM passkey.audit_events WHERE type = 'authorization.refused' ORDER BY id DESC LIMIT 1`,
      );
    // It is recorded once the page was answered.
    await until(async () => (await recorded()).length > 0);
    const [event] = await recorded();
    expect(event!.details).toMatchObject({ code: 'invalid_client' });
  });

  it('finds all of it by discovery, the keys too', async () => {
    const get = async (path: string) =>
      (await fetch(server.url + path)).json() as Promise<Record<string, unknown>>;
    const discovery = await get('/oidc/.well-known/openid-configuration');
    expect(discovery).toMatchObject({
      issuer: 'http://localhost:3000/oidc',
      authorization_endpoint: 'http://localhost:3000/oidc/auth',
      token_endpoint: 'http://localhost:3000/oidc/token',
      userinfo_endpoint: 'http://localhost:3000/oidc/userinfo',
      jwks_uri: 'http://localhost:3000/oidc/jwks',
      pushed_authorization_request_endpoint: 'http://localhost:3000/oidc/request',
      device_authorization_endpoint: 'http://localhost:3000/oidc/device/auth',
      introspection_endpoint: 'http://localhost:3000/oidc/introspection',
      revocation_endpoint: 'http://localhost:3000/oidc/revocation',
      end_session_endpoint: 'http://localhost:3000/oidc/session/end',
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      acr_values_supported: ['phr', 'phrh'],
      authorization_response_iss_parameter_supported: true,
      backchannel_logout_supported: true,
      prompt_values_supported: expect.arrayContaining(['none', 'login', 'consent', 'create']),
    });
    expect(await get('/.well-known/oauth-authorization-server/oidc')).toEqual(discovery);
    const { keys } = (await get('/oidc/jwks')) as unknown as { keys: Record<string, string>[] };
    expect(keys.map(({ alg }) => alg).sort()).toEqual(['ES256', 'EdDSA', 'RS256']);
    expect(keys.flatMap((key) => Object.keys(key).filter((name) => 'dpq'.includes(name)))).toEqual([]);
  });

  it('is told of by what the configuration says, whatever a request claims', async () => {
    const response = await fetch(`${server.url}/oidc/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    });
    expect(await response.text()).not.toContain('evil');
  });
});

describe('who guesses', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ RATE_LIMIT: 'on', TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterAll(() => server.stop());

  it('client secrets is told to wait, and those with a right one are not', async () => {
    const machine = await RelyingApplication.start(server, { type: 'machine' });
    const ask = (path: string, password: string) =>
      fetch(`${server.url}/oidc/${path}`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${machine.id}:${password}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', token: 'a' }),
      });
    for (let guess = 0; guess < 20; guess += 1) {
      expect((await ask(guess % 2 ? 'token' : 'introspection', `guess-${guess}`)).status).toBe(401);
    }
    for (const path of ['token', 'introspection', 'revocation', 'request', 'device/auth']) {
      const refused = await ask(path, 'guess');
      expect([path, refused.status, await refused.json()]).toEqual([
        path,
        429,
        { error: 'invalid_client', error_description: 'too many were wrong: try again later' },
      ]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await client.clientCredentialsGrant(machine.configuration);
    const [{ refusals, limits }] = (await server.query<{ refusals: number; limits: number }>(
      `SELECT count(*) FILTER (WHERE type = 'token.refused')::int AS refusals,
              count(*) FILTER (WHERE type = 'limit.reached')::int AS limits FROM passkey.audit_events`,
    )) as [{ refusals: number; limits: number }];
    expect([refusals, limits]).toEqual([10, 1]);
  });

  it('applications is recorded sixty times a minute, and that it was too much', async () => {
    const headers = { 'x-forwarded-for': '10.20.30.40' };
    const guess = () => fetch(`${server.url}/oidc/auth?client_id=nobody&response_type=code`, { headers });
    const statuses = (await Promise.all(Array.from({ length: 100 }, guess))).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([400]));
    const recorded = async () => {
      const rows = await server.query<{ type: string }>(
        `SELECT type FROM passkey.audit_events WHERE details->>'ip' = $1`,
        [headers['x-forwarded-for']],
      );
      const of = (type: string) => rows.filter((row) => row.type === type).length;
      return [of('authorization.refused'), of('limit.reached')];
    };
    await until(async () => (await recorded()).join() === '60,1');
  });

  it('user codes is told to wait, the right one too', async () => {
    const television = await RelyingApplication.start(server, { type: 'device' });
    const device = await client.initiateDeviceAuthorization(television.configuration, { scope: 'openid' });
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const page = await browser.open(device.verification_uri);
    let xsrf = xsrfOf(page.body);
    for (let guess = 0; guess < 20; guess += 1) {
      const { body } = await browser.openForm('/oidc/device', { xsrf, user_code: 'ZZZZ-ZZZZ' });
      expect(body).toContain('That code is not known');
      xsrf = xsrfOf(body);
    }
    const late = await browser.openForm('/oidc/device', { xsrf, user_code: device.user_code });
    expect([late.status, Number(late.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(late.body).not.toContain('Sign in to Shop');
  });
});

const xsrfOf = (page: string): string => /name="xsrf" value="([^"]*)"/.exec(page)?.[1] ?? '';
