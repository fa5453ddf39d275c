import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import * as client from 'openid-client';
import { expectStatus, freshUsername } from '../support/browser';
import { ORIGIN, TestServer } from '../support/test-server';
import { CALLBACK, RelyingApplication, Traveller } from './relying-application';

/** What modules of the OpenID Foundation's test plans do that no other test here does: docs/openid-conformance.md. */
describe('an OpenID Provider under test', () => {
  let server: TestServer;
  let shop: RelyingApplication;
  let browser: Traveller;
  beforeAll(async () => {
    server = await TestServer.start();
    shop = await RelyingApplication.start(server);
    browser = new Traveller(server);
    await browser.register(freshUsername());
    const { id } = (await browser.get<{ id: string }>('/api/my-account')).body;
    const addresses = { primaryEmail: 'somebody@example.com', primaryPhone: '+491701234567' };
    expectStatus(200, await browser.manage('PATCH', `/api/users/${id}`, addresses));
  });
  afterAll(() => server.stop());

  /** A request with other parameters; undefined leaves one out. */
  const ask = async (parameters: Record<string, string | undefined>) => {
    const { url, verifier } = await shop.ask();
    const changed = new URL(url);
    for (const [name, value] of Object.entries(parameters)) {
      if (value === undefined) changed.searchParams.delete(name);
      else changed.searchParams.set(name, value);
    }
    return { url: changed, verifier };
  };
  const redeem = (callback: string, verifier: string, isInBody = false) => {
    const { clientId, clientSecret } = shop.raw();
    const credentials = { client_id: clientId, client_secret: clientSecret };
    return fetch(`${server.url}/oidc/token`, {
      method: 'POST',
      headers: isInBody
        ? {}
        : { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', redirect_uri: CALLBACK, code_verifier: verifier },
        code: new URL(callback).searchParams.get('code') ?? '',
        ...(isInBody && credentials),
      }),
    });
  };
  const tokensFor = async (parameters: Record<string, string | undefined>) => {
    const { url, verifier } = await ask(parameters);
    const answer = await redeem(await browser.goTo(url.href), verifier);
    return [answer.status, (await answer.json()) as { access_token: string; id_token: string }] as const;
  };

  it.each<[string, Record<string, string | undefined>]>([
    ['display=page', { display: 'page' }],
    ['display=popup', { display: 'popup' }],
    ['claims_locales', { claims_locales: 'se' }],
    ['ui_locales', { ui_locales: 'se' }],
    ['a parameter that nobody knows', { extra: 'foobar' }],
    ['no nonce', { nonce: undefined }],
    ['all scopes', { scope: 'openid profile email phone address' }],
    ['its scopes in another order', { scope: 'email openid' }],
    ['a claim that nobody has', { claims: '{"userinfo":{"given_name":{"essential":true}}}' }],
  ])('answers a request with %s', async (_name, parameters) => {
    expect((await tokensFor(parameters))[0]).toBe(200);
  });

  const PROFILE = ['name', 'preferred_username', 'updated_at'];
  const EMAIL = ['email', 'email_verified'];
  const PHONE = ['phone_number', 'phone_number_verified'];
  it.each([
    ['profile', PROFILE],
    ['email', EMAIL],
    ['phone', PHONE],
    ['address', []],
    ['profile email phone address', [...PROFILE, ...EMAIL, ...PHONE]],
  ])('tells an application with the scopes %s what is known of them, and no more', async (scopes, claims) => {
    const [, { access_token }] = await tokensFor({ scope: `openid ${scopes}` });
    const headers = { authorization: `Bearer ${access_token}` };
    const told = (await (await fetch(`${server.url}/oidc/userinfo`, { headers })).json()) as object;
    expect(Object.keys(told).toSorted()).toEqual(['sub', ...claims].toSorted());
  });

  it('gives nothing for the refresh token of another application', async () => {
    const request = await shop.ask({ scope: 'openid offline_access' });
    const tokens = await request.finish(await browser.goTo(request.url));
    const other = await RelyingApplication.start(server);
    await expect(client.refreshTokenGrant(other.configuration, tokens.refresh_token!)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    expect(
      (await client.refreshTokenGrant(shop.configuration, tokens.refresh_token!)).access_token,
    ).toBeTruthy();
  });

  it('signs people in to an application that authenticates by a key, and by no other', async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const [own, foreign] = await Promise.all(
      [1, 2].map(() => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])),
    );
    const jwk = {
      ...(await crypto.subtle.exportKey('jwk', own!.publicKey)),
      kid: 'own',
      alg: 'ES256',
      use: 'sig',
    };
    const finishBy = async ({ privateKey: key }: CryptoKeyPair) => {
      const authentication = client.PrivateKeyJwt({ key, kid: 'own' });
      const keyed = await RelyingApplication.start(server, { jwks: { keys: [jwk] } }, authentication);
      const request = await keyed.ask();
      return request.finish(await browser.goTo(request.url));
    };
    expect((await finishBy(own!)).claims()).toHaveProperty('sub');
    await expect(finishBy(foreign!)).rejects.toMatchObject({ error: 'invalid_client' });
  });

  it('takes a client assertion for the issuer or the endpoint that it is shown to, once, and no other', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'own', alg: 'ES256', use: 'sig' }] };
    const { id } = expectStatus(
      201,
      await browser.manage<{ id: string }>('POST', '/api/applications', {
        ...{ name: 'Nightly', type: 'machine', jwks },
      }),
    );
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const assertionFor = (aud: unknown, lifetime = 60) => {
      const exp = Math.floor(Date.now() / 1000) + lifetime;
      const claims = { iss: id, sub: id, aud, jti: randomUUID(), exp };
      const signed = `${encoded({ alg: 'ES256', kid: 'own' })}.${encoded(claims)}`;
      const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${signed}.${signature.toString('base64url')}`;
    };
    const show = async (client_assertion: string, path = '/token', more: Record<string, string> = {}) => {
      const answer = await fetch(`${server.url}/oidc${path}`, {
        method: 'POST',
        body: new URLSearchParams({
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          ...{ client_assertion, grant_type: 'client_credentials', ...more },
        }),
      });
      return [answer.status, ((await answer.json()) as { error?: string }).error];
    };
    const issuer = `${ORIGIN}/oidc`;
    const taken = [200, undefined];
    const refused = [401, 'invalid_client'];
    for (const aud of [issuer, `${issuer}/token`, [issuer], ['https://other.example', issuer]])
      expect([aud, await show(assertionFor(aud))]).toEqual([aud, taken]);
    for (const aud of [
      ...['https://other.example', `${issuer}/`, ORIGIN, `${issuer}/introspection`, id],
      ...[['https://other.example'], [], undefined, 1],
    ])
      expect([aud, await show(assertionFor(aud))]).toEqual([aud, refused]);
    const asking = { token: 'of nobody' };
    for (const aud of [issuer, `${issuer}/token`, `${issuer}/introspection`])
      expect([aud, await show(assertionFor(aud), '/introspection', asking)]).toEqual([aud, taken]);
    expect(await show(assertionFor(`${issuer}/revocation`), '/introspection', asking)).toEqual(refused);
    const once = assertionFor(issuer);
    expect([await show(once), await show(once)]).toEqual([taken, refused]);
    // Of as long as a use of it is remembered.
    for (const [lifetime, expected] of [
      [86_000, taken],
      [90_000, refused],
      [1e16, refused],
    ] as const)
      expect([lifetime, await show(assertionFor(issuer, lifetime))]).toEqual([lifetime, expected]);
  });

  it('takes a secret in the body', async () => {
    const { url, verifier } = await ask({});
    expect((await redeem(await browser.goTo(url.href), verifier, true)).status).toBe(200);
  });

  it('tells userinfo, asked by GET and by POST, with the token in the header or in the body', async () => {
    const [, { access_token }] = await tokensFor({});
    const authorization = `Bearer ${access_token}`;
    for (const init of [
      { headers: { authorization } },
      { method: 'POST', headers: { authorization } },
      { method: 'POST', body: new URLSearchParams({ access_token }) },
    ]) {
      const answer = await fetch(`${server.url}/oidc/userinfo`, init);
      expect([answer.status, Object.keys((await answer.json()) as object)]).toEqual([200, ['sub']]);
    }
  });

  it('takes a code once, and ends what it gave when it is shown again', async () => {
    const { url, verifier } = await ask({});
    const callback = await browser.goTo(url.href);
    const { access_token } = (await (await redeem(callback, verifier)).json()) as { access_token: string };
    const again = await redeem(callback, verifier);
    expect([again.status, ((await again.json()) as { error: string }).error]).toEqual([400, 'invalid_grant']);
    const headers = { authorization: `Bearer ${access_token}` };
    expect((await fetch(`${server.url}/oidc/userinfo`, { headers })).status).toBe(401);
  });

  it('takes a code for a minute at most', async () => {
    const { url, verifier } = await ask({});
    const callback = await browser.goTo(url.href);
    const [latest] = await server.query<{ seconds: number }>(
      `SELECT extract(epoch FROM max(expires_at) - now())::float8 AS seconds
         FROM passkey.oidc_payloads WHERE model = 'AuthorizationCode'`,
    );
    expect(latest!.seconds).toBeLessThanOrEqual(60);
    await server.query(
      `UPDATE passkey.oidc_payloads SET expires_at = now() WHERE model = 'AuthorizationCode'`,
    );
    const late = await redeem(callback, verifier);
    expect([late.status, await late.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
  });

  it('says in each answer whose it is (iss), also where it refuses', async () => {
    const answerTo = async (parameters: Record<string, string | undefined>) =>
      Object.fromEntries(new URL(await browser.goTo((await ask(parameters)).url.href)).searchParams);
    const iss = `${ORIGIN}/oidc`;
    expect(await answerTo({})).toMatchObject({ iss, code: expect.any(String) });
    expect(await answerTo({ code_challenge: undefined })).toMatchObject({ iss, error: 'invalid_request' });
  });

  it('refuses what it can’t trust, and leads nobody to an address that is not the application’s', async () => {
    const errorOf = async (parameters: Record<string, string | undefined>) =>
      new URL(await browser.goTo((await ask(parameters)).url.href)).searchParams.get('error');
    expect(await errorOf({ response_type: undefined })).toBe('invalid_request');
    const object = `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`;
    expect(await errorOf({ request: object })).toBe('request_not_supported');
    expect(await errorOf({ request_uri: 'https://shop.example/request' })).toBe('request_uri_not_supported');
    const elsewhere = await ask({ redirect_uri: 'https://evil.example/callback' });
    expect((await browser.open(elsewhere.url.href)).status).toBe(400);
  });

  it('signs out of its own accord, or asks, and goes back only to where the application said', async () => {
    const [, { id_token }] = await tokensFor({});
    const bye = { post_logout_redirect_uri: 'https://shop.example/bye' };
    const [head = '', body = '', signature = ''] = id_token.split('.');
    const modified = [
      head,
      body,
      signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`,
    ].join('.');
    const open = async (parameters: Record<string, string>) =>
      (await browser.open(`/oidc/session/end?${new URLSearchParams(parameters).toString()}`)).status;
    for (const parameters of [
      {},
      { state: 'only' },
      { id_token_hint: id_token },
      { id_token_hint: id_token, ...bye },
    ]) {
      expect([parameters, await open(parameters as Record<string, string>)]).toEqual([parameters, 200]);
    }
    for (const parameters of [
      { id_token_hint: id_token, post_logout_redirect_uri: 'https://shop.example/other' },
      { id_token_hint: id_token, post_logout_redirect_uri: 'https://shop.example/bye?foo=bar' },
      { id_token_hint: modified, ...bye },
      { id_token_hint: 'no-token', ...bye },
    ]) {
      expect([parameters, await open(parameters)]).toEqual([parameters, 400]);
    }
  });
});
