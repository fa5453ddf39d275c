import * as client from 'openid-client';
import { expectStatus, freshUsername } from '../support/browser';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { TestServer } from '../support/test-server';
import { RelyingApplication, Traveller } from './relying-application';

const AUTHORIZATION = '/api/experience/authorization';

describe('an application asks', () => {
  let server: TestServer;
  let shop: RelyingApplication;
  beforeAll(async () => {
    server = await TestServer.start();
    shop = await RelyingApplication.start(server);
  });
  afterAll(() => server.stop());

  const person = async (authenticator?: SoftwareAuthenticator) => {
    const browser = new Traveller(server, authenticator);
    const identifier = freshUsername();
    await browser.register(identifier);
    return { browser, identifier };
  };
  const asked = async (browser: Traveller) =>
    expectStatus(200, await browser.get<{ prompt: string; redirectTo: string }>(AUTHORIZATION));
  const errorAt = (url: string) => new URL(url).searchParams.get('error');
  const grownOld = (seconds: number) =>
    server.query(
      `UPDATE passkey.sessions SET authenticated_at = authenticated_at - $1 * interval '1 second'`,
      [seconds],
    );

  it('for a new proof (prompt=login), and gets one', async () => {
    const { browser } = await person();
    await grownOld(60);
    const request = await shop.ask({ prompt: 'login' });
    expect(await browser.goTo(request.url)).toContain('/?authorization=');
    const { prompt, redirectTo } = await asked(browser);
    expect(prompt).toBe('login');
    // Coming back without one leads to the page again.
    const again = await browser.goTo(redirectTo);
    expect(again).toContain('/?authorization=');
    await browser.stepUp();
    const tokens = await request.finish(await browser.goTo((await asked(browser)).redirectTo));
    expect(Number(tokens.claims()!.auth_time)).toBeGreaterThan(Date.now() / 1000 - 20);
  });

  it('for a proof that is not too old (max_age), and gets one', async () => {
    const { browser } = await person();
    const fresh = await shop.ask({ max_age: '100' });
    await fresh.finish(await browser.goTo(fresh.url));
    await grownOld(200);
    const request = await shop.ask({ max_age: '100' });
    expect(await browser.goTo(request.url)).toContain('/?authorization=');
    await browser.stepUp();
    await request.finish(await browser.goTo((await asked(browser)).redirectTo));
  });

  it('for a passkey (acr_values) of somebody who came by a code, and gets one', async () => {
    const { browser } = await person();
    await server.query(
      `UPDATE passkey.sessions SET amr = '{otp}', authenticated_at = now() - interval '1 minute'`,
    );
    const plain = await shop.ask();
    const byCode = (await plain.finish(await browser.goTo(plain.url))).claims()!;
    expect([byCode.acr, byCode.amr]).toEqual([undefined, ['otp']]);
    const request = await shop.ask({ acr_values: 'phr' });
    expect(await browser.goTo(request.url)).toContain('/?authorization=');
    expect(await asked(browser)).toMatchObject({ acrValues: ['phr'] });
    await browser.stepUp();
    const tokens = await request.finish(await browser.goTo((await asked(browser)).redirectTo));
    expect(tokens.claims()!.acr).toBe('phr');
  });

  it('for a passkey that is bound to a device, and is told what it was', async () => {
    const bound = await person(new SoftwareAuthenticator({ backupEligible: false }));
    const request = await shop.ask({ acr_values: 'phr' });
    const tokens = await request.finish(await bound.browser.goTo(request.url));
    expect(tokens.claims()).toMatchObject({ acr: 'phrh', amr: expect.arrayContaining(['hwk']) });

    const { browser } = await person();
    await grownOld(60);
    const wish = await shop.ask({ acr_values: 'phrh' });
    expect(await browser.goTo(wish.url)).toContain('/?authorization=');
    await browser.stepUp();
    // There is no better one: the application is told the truth.
    expect((await wish.finish(await browser.goTo((await asked(browser)).redirectTo))).claims()!.acr).toBe(
      'phr',
    );

    await grownOld(60);
    const claims = JSON.stringify({ id_token: { acr: { essential: true, value: 'phrh' } } });
    const insisting = await shop.ask({ claims });
    expect(await browser.goTo(insisting.url)).toContain('/?authorization=');
    await browser.stepUp();
    expect(errorAt(await browser.goTo((await asked(browser)).redirectTo))).toBe(
      'unmet_authentication_requirements',
    );
  });

  it('for nobody to be bothered (prompt=none)', async () => {
    const stranger = new Traveller(server);
    const request = await shop.ask({ prompt: 'none' });
    expect(errorAt(await stranger.goTo(request.url))).toBe('login_required');
    const { browser } = await person();
    const known = await shop.ask({ prompt: 'none' });
    await known.finish(await browser.goTo(known.url));
  });

  it('for somebody new (prompt=create), and for somebody it knows (login_hint, ui_locales)', async () => {
    const stranger = new Traveller(server);
    const request = await shop.ask({ prompt: 'create', login_hint: 'carol', ui_locales: 'de en' });
    await stranger.goTo(request.url);
    expect(await asked(stranger)).toMatchObject({
      prompt: 'create',
      loginHint: 'carol',
      uiLocales: ['de', 'en'],
    });
    const identifier = freshUsername();
    await stranger.start('Register');
    const created = expectStatus(200, await stranger.registrationOptions(identifier));
    const passkey = stranger.authenticator.register(created.registrationOptions);
    expectStatus(200, await stranger.verifyRegistration(created.verificationId, passkey));
    expectStatus(201, await stranger.identify(created.verificationId));
    const { redirectTo } = expectStatus(200, await stranger.submit());
    const tokens = await request.finish(await stranger.goTo(redirectTo));
    expect(tokens.claims()!.sub).toEqual(expect.any(String));
  });

  it('for a user by an ID token of theirs (id_token_hint), and nobody else will do', async () => {
    const alice = await person();
    const first = await shop.ask();
    const { id_token: hint } = await first.finish(await alice.browser.goTo(first.url));
    const bob = await person();
    const request = await shop.ask({ prompt: 'none', id_token_hint: hint! });
    expect(errorAt(await bob.browser.goTo(request.url))).toBe('login_required');
    const hers = await shop.ask({ prompt: 'none', id_token_hint: hint! });
    await hers.finish(await alice.browser.goTo(hers.url));
  });

  it('for consent, where it is somebody else’s: once, and again where it asks', async () => {
    const others = await RelyingApplication.start(server, { thirdParty: true });
    const { browser } = await person();
    const refused = await others.ask();
    await browser.goTo(refused.url);
    expect(await asked(browser)).toMatchObject({ prompt: 'consent', application: { thirdParty: true } });
    const no = await browser.consent(false);
    expect(errorAt(await browser.goTo(no))).toBe('access_denied');

    const request = await others.ask({ scope: 'openid profile offline_access' });
    await browser.goTo(request.url);
    const yes = await browser.consent(true);
    const tokens = await request.finish(await browser.goTo(yes));
    expect(tokens.refresh_token).toEqual(expect.any(String));

    const later = await others.ask({ scope: 'openid profile' });
    await later.finish(await browser.goTo(later.url));
    const more = await others.ask({ scope: 'openid email' });
    expect(await browser.goTo(more.url)).toContain('/?authorization=');
    const again = await others.ask({ scope: 'openid', prompt: 'consent' });
    expect(await browser.goTo(again.url)).toContain('/?authorization=');
  });

  it('for more than was allowed, again and again: asking is no consent', async () => {
    const others = await RelyingApplication.start(server, { thirdParty: true });
    const { browser } = await person();
    const allowed = await others.ask({ scope: 'openid' });
    await browser.goTo(allowed.url);
    const redirectTo = await browser.consent(true);
    await allowed.finish(await browser.goTo(redirectTo));
    for (let times = 0; times < 3; times += 1) {
      const more = await others.ask({ scope: 'openid email', prompt: 'none' });
      expect(errorAt(await browser.goTo(more.url))).toBe('consent_required');
    }
    expect(expectStatus(200, await browser.get('/api/my-account/applications'))).toMatchObject([
      { scopes: ['openid'] },
    ]);
  });

  it('for consent once it is the operator’s own no more, also of who has used it', async () => {
    const others = await RelyingApplication.start(server);
    const { browser } = await person();
    const own = await others.ask({ scope: 'openid profile' });
    const { access_token } = await own.finish(await browser.goTo(own.url));
    expectStatus(200, await browser.manage('PATCH', `/api/applications/${others.id}`, { thirdParty: true }));
    const request = await others.ask({ scope: 'openid', prompt: 'none' });
    expect(errorAt(await browser.goTo(request.url))).toBe('consent_required');
    expect(await client.tokenIntrospection(others.configuration, access_token)).toEqual({ active: false });
    const less = await others.ask({ scope: 'openid' });
    await browser.goTo(less.url);
    const redirectTo = await browser.consent(true);
    await less.finish(await browser.goTo(redirectTo));
    // What it had before is not remembered.
    const more = await others.ask({ scope: 'openid profile', prompt: 'none' });
    expect(errorAt(await browser.goTo(more.url))).toBe('consent_required');
  });

  it('for claims by name (claims), and gets those that its scopes have', async () => {
    for (const thirdParty of [false, true]) {
      const others = await RelyingApplication.start(server, { thirdParty });
      const { browser, identifier } = await person();
      const claims = JSON.stringify({ userinfo: { preferred_username: null, email: { essential: true } } });
      const request = await others.ask({ scope: 'openid profile', claims });
      let callback = await browser.goTo(request.url);
      if (thirdParty) {
        const redirectTo = await browser.consent(true);
        callback = await browser.goTo(redirectTo);
      }
      const tokens = await request.finish(callback);
      const { sub } = tokens.claims()!;
      const told = await client.fetchUserInfo(others.configuration, tokens.access_token, sub);
      expect(told).toMatchObject({ sub, preferred_username: identifier.value });
      expect(told).not.toHaveProperty('email');
      const quiet = await others.ask({ scope: 'openid profile', claims, prompt: 'none' });
      await quiet.finish(await browser.goTo(quiet.url));
    }
  });

  it.each(['{"id_token":{"sub":"x"}}', '{"userinfo":{"email":1}}', '{"userinfo":{"email":["a"]}}'])(
    'for claims in no way that there is, and is told so: %s',
    async (claims) => {
      const { browser } = await person();
      const request = await shop.ask({ claims });
      expect(errorAt(await browser.goTo(request.url))).toBe('invalid_request');
    },
  );

  it('for consent of the account that the page shows, and of no other one that has signed in since', async () => {
    const others = await RelyingApplication.start(server, { thirdParty: true });
    const alice = await person();
    const request = await others.ask();
    await alice.browser.goTo(request.url);
    const { id } = expectStatus(200, await alice.browser.get<{ id: string }>('/api/my-account'));
    const bob = await person();
    for (const [name, value] of bob.browser.cookies) {
      if (name.includes('session')) alice.browser.cookies.set(name, value);
    }
    const allow = () =>
      alice.browser.call('POST', '/api/experience/consent', { approve: true }, { 'expected-account': id });
    expect(await allow()).toMatchObject({ status: 409, body: { code: 'session.account_mismatch' } });
    expect(expectStatus(200, await bob.browser.get('/api/my-account/applications'))).toEqual([]);
  });

  it('in several tabs at once, and each comes back to its own', async () => {
    const books = await RelyingApplication.start(server);
    const { browser, identifier } = await person();
    const stranger = new Traveller(server, browser.authenticator);
    const [one, two] = [await shop.ask(), await books.ask()];
    const [tabOne, tabTwo] = [await stranger.goTo(one.url), await stranger.goTo(two.url)];
    const inTab = (tab: string) => ({
      'oidc-authorization': new URL(tab).searchParams.get('authorization')!,
    });
    const applicationIn = async (tab: string) =>
      expectStatus(
        200,
        await stranger.call<{ application: { id: string } }>('GET', AUTHORIZATION, undefined, inTab(tab)),
      ).application.id;
    expect([await applicationIn(tabOne), await applicationIn(tabTwo)]).toEqual([shop.id, books.id]);
    const options = expectStatus(200, await stranger.authenticationOptions(identifier));
    const assertion = stranger.authenticator.authenticate(options.authenticationOptions);
    expectStatus(200, await stranger.verifyAuthentication(options.verificationId, assertion));
    expectStatus(204, await stranger.identify(options.verificationId));
    const { redirectTo } = expectStatus(
      200,
      await stranger.call<{ redirectTo: string }>('POST', '/api/experience/submit', undefined, inTab(tabOne)),
    );
    await one.finish(await stranger.goTo(redirectTo));
    const other = expectStatus(
      200,
      await stranger.call<{ redirectTo: string }>('GET', AUTHORIZATION, undefined, inTab(tabTwo)),
    );
    await two.finish(await stranger.goTo(other.redirectTo));
    expectStatus(404, await stranger.get(AUTHORIZATION));
  });

  it('and what another browser was asked leads nowhere', async () => {
    const { browser } = await person();
    const thief = new Traveller(server);
    await thief.goTo((await shop.ask()).url);
    const { redirectTo } = await asked(thief);
    expect((await browser.open(redirectTo)).status).toBe(400);
  });

  it('for a user of a group, and nobody else', async () => {
    const staff = await RelyingApplication.start(server, { groups: ['staff'] });
    const { browser } = await person();
    const request = await staff.ask({ scope: 'openid groups' });
    expect(errorAt(await browser.goTo(request.url))).toBe('access_denied');
    const { id: userId } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
    await server.query(
      `WITH g AS (INSERT INTO passkey.groups (id, relying_party_id, name) VALUES (gen_random_uuid(), 'localhost', 'staff') RETURNING id)
       INSERT INTO passkey.group_members SELECT id, $1 FROM g`,
      [userId],
    );
    const again = await staff.ask({ scope: 'openid groups' });
    expect((await again.finish(await browser.goTo(again.url))).claims()!['groups']).toEqual(['staff']);
  });
});
