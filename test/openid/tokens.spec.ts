import { MODULE_OPTIONS, type ResolvedOptions } from 'nestjs-passkey-sign-in';
import * as client from 'openid-client';
import { Issuers } from '../../libs/openid-provider/src/provider/issuers';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { TestServer } from '../support/test-server';
import { RelyingApplication, Traveller } from './relying-application';

describe('tokens', () => {
  let server: TestServer;
  let shop: RelyingApplication;
  beforeAll(async () => {
    server = await TestServer.start();
    shop = await RelyingApplication.start(server);
  });
  afterAll(() => server.stop());

  /** Somebody who has signed in to the shop. */
  const signedIn = async (parameters: Record<string, string> = { scope: 'openid offline_access' }) => {
    const browser = new Traveller(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    const request = await shop.ask(parameters);
    const tokens = await request.finish(await browser.goTo(request.url));
    const { id: userId } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
    return { browser, identifier, tokens, userId };
  };
  const refresh = (token: string | undefined) => client.refreshTokenGrant(shop.configuration, token!);
  const refused = { error: 'invalid_grant', status: 400 };

  it('are refreshed, each refresh token once: used twice it ends all that came from the sign-in', async () => {
    const { tokens } = await signedIn();
    const next = await refresh(tokens.refresh_token);
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    await expect(refresh(tokens.refresh_token)).rejects.toMatchObject(refused);
    await expect(refresh(next.refresh_token)).rejects.toMatchObject(refused);
    expect(await client.tokenIntrospection(shop.configuration, next.access_token)).toEqual({ active: false });
  });

  it('end with their family where two find one unused, and both would use it', async () => {
    const { tokens } = await signedIn();
    const relyingParty = server.app.get<ResolvedOptions>(MODULE_OPTIONS, { strict: false }).relyingParties
      .own;
    const { provider } = await server.app.get(Issuers, { strict: false }).of(relyingParty);
    const find = async () => (await provider.RefreshToken.find(tokens.refresh_token!))!;
    const [first, second] = [await find(), await find()];
    await first.consume();
    await expect(second.consume()).rejects.toMatchObject({ error: 'invalid_grant' });
    for (const token of [tokens.access_token, tokens.refresh_token!]) {
      expect(await client.tokenIntrospection(shop.configuration, token)).toEqual({ active: false });
    }
  });

  const endings: Record<string, (person: { browser: Browser; userId: string }) => Promise<unknown>> = {
    'the user signs out': ({ browser }) => browser.call('DELETE', '/api/session'),
    'the session is ended by management': ({ browser, userId }) =>
      browser.manage('DELETE', `/api/users/${userId}/sessions`),
    'the user is suspended': ({ browser, userId }) => browser.suspend(userId),
    'the user is suspended by who has the database': ({ userId }) =>
      server.query('UPDATE passkey.users SET suspended = true WHERE id = $1', [userId]),
    'the user is deleted': ({ browser, userId }) => browser.manage('DELETE', `/api/users/${userId}`),
    'the passkey that opened the session is deleted': async ({ browser, userId }) => {
      const [passkey] = expectStatus(
        200,
        await browser.manage<{ id: string }[]>('GET', `/api/users/${userId}/passkeys`),
      );
      await browser.manage('DELETE', `/api/users/${userId}/passkeys/${passkey!.id}`);
    },
    'the session has had its time': ({ userId }) =>
      server.query(`UPDATE passkey.sessions SET expires_at = now() WHERE user_id = $1`, [userId]),
  };

  it.each(Object.keys(endings))('end when %s', async (how) => {
    const { browser, userId, tokens } = await signedIn();
    const waiting = await shop.ask();
    const callback = await browser.goTo(waiting.url);
    expect(await client.tokenIntrospection(shop.configuration, tokens.access_token)).toMatchObject({
      active: true,
    });
    await endings[how]!({ browser, userId });
    expect(await client.tokenIntrospection(shop.configuration, tokens.access_token)).toEqual({
      active: false,
    });
    await expect(refresh(tokens.refresh_token)).rejects.toMatchObject(refused);
    await expect(waiting.finish(callback)).rejects.toMatchObject(refused);
    await expect(client.fetchUserInfo(shop.configuration, tokens.access_token, userId)).rejects.toThrow();
  });

  it('of offline access outlive a session that is idle, and others do not', async () => {
    const { tokens, userId, browser, identifier } = await signedIn();
    const request = await shop.ask();
    const online = await request.finish(await browser.goTo(request.url));
    await server.query(
      `UPDATE passkey.sessions SET last_seen_at = now() - interval '25 hours' WHERE user_id = $1`,
      [userId],
    );
    expect(await client.tokenIntrospection(shop.configuration, online.access_token)).toEqual({
      active: false,
    });
    const next = await refresh(tokens.refresh_token);
    expect(next.access_token).toEqual(expect.any(String));
    // Also once the user has signed in again in that browser, but not for longer than the session would have lasted.
    await browser.signIn(identifier);
    const last = await refresh(next.refresh_token);
    expectStatus(204, await browser.call('DELETE', '/api/session'));
    const later = await refresh(last.refresh_token);
    await server.query(`UPDATE passkey.sessions SET expires_at = now() WHERE user_id = $1`, [userId]);
    await expect(refresh(later.refresh_token)).rejects.toMatchObject(refused);
  });

  it('are given up by the application', async () => {
    const { tokens } = await signedIn();
    await client.tokenRevocation(shop.configuration, tokens.refresh_token!);
    await expect(refresh(tokens.refresh_token)).rejects.toMatchObject(refused);
  });

  it('can not be read, or used, by who reads the database', async () => {
    const { tokens } = await signedIn();
    const rows = await server.query('SELECT * FROM passkey.oidc_payloads');
    const keys = await server.query('SELECT * FROM passkey.oidc_signing_keys');
    const text = JSON.stringify([rows, keys], (_, value: unknown) =>
      (value as { type?: string } | null)?.type === 'Buffer'
        ? Buffer.from(value as { data: number[] } as never).toString('latin1')
        : value,
    );
    expect(text).not.toContain(tokens.refresh_token);
    expect(text).not.toContain(tokens.access_token);
    expect(text).not.toContain('"d":');
    expect(rows.length).toBeGreaterThan(3);
  });

  it('are for machines too', async () => {
    const machine = await RelyingApplication.start(server, { type: 'machine' });
    const { access_token } = await client.clientCredentialsGrant(machine.configuration);
    expect(await client.tokenIntrospection(machine.configuration, access_token)).toMatchObject({
      active: true,
      client_id: machine.id,
    });
  });

  it('are told of once the application has them, whatever they were given for', async () => {
    const { tokens, userId } = await signedIn();
    await refresh(tokens.refresh_token);
    const machine = await RelyingApplication.start(server, { type: 'machine' });
    await client.clientCredentialsGrant(machine.configuration);
    const events = await server.query(
      `SELECT user_id AS "userId", details->>'application' AS application, details->>'grantType' AS "grantType",
              details->>'ip' IS NOT NULL AS "isFromSomewhere"
         FROM passkey.audit_events WHERE type = 'token.issued' ORDER BY created_at DESC, id DESC LIMIT 3`,
    );
    const of = { application: shop.id, isFromSomewhere: true };
    expect(events.reverse()).toEqual([
      { ...of, userId, grantType: 'authorization_code' },
      { ...of, userId, grantType: 'refresh_token' },
      { ...of, userId: null, application: machine.id, grantType: 'client_credentials' },
    ]);
  });

  it('are not given where the event that tells of them can not be written, and the code goes on', async () => {
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const request = await shop.ask({ scope: 'openid' });
    const callback = await browser.goTo(request.url);
    const kept = () =>
      server.query(`SELECT count(*)::int FROM passkey.oidc_payloads WHERE model = 'AccessToken'`);
    const before = await kept();
    await server.query(
      `ALTER TABLE passkey.audit_events ADD CONSTRAINT no_tokens CHECK (type <> 'token.issued') NOT VALID`,
    );
    try {
      await expect(request.finish(callback)).rejects.toThrow();
    } finally {
      await server.query('ALTER TABLE passkey.audit_events DROP CONSTRAINT no_tokens');
    }
    expect(await kept()).toEqual(before);
    expect(await request.finish(callback)).toMatchObject({ access_token: expect.any(String) as string });
  });

  it('need PKCE, by S256', async () => {
    const { browser } = await signedIn();
    const request = await shop.ask();
    const url = new URL(request.url);
    url.searchParams.delete('code_challenge');
    url.searchParams.delete('code_challenge_method');
    expect(new URL(await browser.goTo(url.href)).searchParams.get('error')).toBe('invalid_request');
    url.searchParams.set('code_challenge', 'a'.repeat(43));
    url.searchParams.set('code_challenge_method', 'plain');
    expect(new URL(await browser.goTo(url.href)).searchParams.get('error')).toBe('invalid_request');
  });

  it('are asked for beforehand (PAR), each reference once', async () => {
    const { browser } = await signedIn();
    const request = await shop.ask();
    const parameters = new URL(request.url).searchParams;
    const pushed = await client.buildAuthorizationUrlWithPAR(shop.configuration, parameters);
    const tokens = await request.finish(await browser.goTo(pushed.href));
    expect(tokens.access_token).toEqual(expect.any(String));
    const again = new URL(await browser.goTo(pushed.href)).searchParams;
    expect(again.get('error')).toBe('invalid_request_uri');
  });

  it('are bound to a key (DPoP), each proof once', async () => {
    const { browser, userId } = await signedIn();
    const key = await client.randomDPoPKeyPair('ES256');
    const request = await shop.ask();
    const callback = await browser.goTo(request.url);
    const DPoP = client.getDPoPHandle(shop.configuration, key);
    const tokens = await request.finish(callback, { DPoP });
    expect(tokens.token_type).toBe('dpop');
    const proofs: string[] = [];
    const ask = (headers: Record<string, string>) => fetch(`${server.url}/oidc/userinfo`, { headers });
    const { [client.customFetch]: usual = fetch as client.CustomFetch } = shop.configuration;
    shop.configuration[client.customFetch] = (url, options) => {
      proofs.push(options.headers['dpop']!);
      return usual(url, options);
    };
    await client.fetchUserInfo(shop.configuration, tokens.access_token, userId, { DPoP });
    shop.configuration[client.customFetch] = usual;
    const authorization = `DPoP ${tokens.access_token}`;
    const answers = [
      // A proof once more, none, and the token as one of who has it.
      await ask({ authorization, dpop: proofs[0]! }),
      await ask({ authorization }),
      await ask({ authorization: `Bearer ${tokens.access_token}` }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 400, 401]);
    const other = client.getDPoPHandle(shop.configuration, await client.randomDPoPKeyPair('ES256'));
    const stolen = client.fetchUserInfo(shop.configuration, tokens.access_token, userId, { DPoP: other });
    await expect(stolen).rejects.toThrow();
  });
});
