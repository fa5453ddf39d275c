import { RelyingApplication, Traveller } from './openid/relying-application';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { ORIGIN, TestServer } from './support/test-server';

describe('below a path', () => {
  let server: TestServer;
  let below: { url: string };
  beforeAll(async () => {
    server = await TestServer.start({ BASE_PATH: '/login/' });
    below = { url: `${server.url}/login` };
  });
  afterAll(() => server.stop());

  it('applications sign people in, with every address of the issuer below it', async () => {
    const shop = await RelyingApplication.start(below);
    const { issuer, ...metadata } = shop.configuration.serverMetadata();
    expect(issuer).toBe(`${ORIGIN}/login/oidc`);
    const endpoints = Object.entries(metadata).filter(([name]) => /_(endpoint|uri)$/.test(name));
    expect(endpoints.length).toBeGreaterThan(8);
    for (const [, endpoint] of endpoints) expect(endpoint).toMatch(`${issuer}/`);
    const elsewhere = await fetch(`${server.url}/.well-known/oauth-authorization-server/login/oidc`);
    expect(await elsewhere.json()).toMatchObject({ issuer });

    const owner = new Traveller(below);
    const identifier = freshUsername();
    await owner.register(identifier);
    const stranger = new Traveller(below, owner.authenticator);
    const request = await shop.ask({ scope: 'openid profile' });
    expect(await stranger.goTo(request.url)).toMatch(/^http:\/\/localhost:3000\/login\/\?authorization=/);
    const options = expectStatus(200, await stranger.authenticationOptions(identifier));
    const assertion = stranger.authenticator.authenticate(options.authenticationOptions);
    expectStatus(200, await stranger.verifyAuthentication(options.verificationId, assertion));
    expectStatus(204, await stranger.identify(options.verificationId));
    const { redirectTo } = expectStatus(200, await stranger.submit());
    const tokens = await request.finish(await stranger.goTo(redirectTo));
    expect(tokens.claims()).toMatchObject({ preferred_username: identifier.value });
  });

  it('leads to the account page below it, and sets cookies that go no further', async () => {
    const owner = new Browser(below);
    const identifier = freshUsername();
    await owner.register(identifier);
    const browser = new Browser(below, owner.authenticator);
    const options = expectStatus(200, await browser.authenticationOptions(identifier));
    const assertion = browser.authenticator.authenticate(options.authenticationOptions);
    await browser.verifyAuthentication(options.verificationId, assertion);
    await browser.identify(options.verificationId);
    const { body, headers } = await browser.submit();
    expect(body.redirectTo).toBe('/login/account');
    expect(headers.getSetCookie().length).toBeGreaterThan(0);
    for (const cookie of headers.getSetCookie()) expect(cookie).toMatch(/; Path=\/login(;|$)/);
  });

  it('describes itself below it', async () => {
    const document = await new Browser(below).get('/openapi.json');
    expect(document.body).toMatchObject({ servers: [{ url: '/login' }] });
    const { body } = await new Browser(server).get('/.well-known/passkey-endpoints');
    expect(body).toEqual({ enroll: `${ORIGIN}/login/account`, manage: `${ORIGIN}/login/account` });
  });

  it.each([
    ['/api/experience/preflight/sign-in-web-authn/authentication', 404],
    ['/oidc/jwks', 404],
    ['/openapi.json', 404],
    ['/loginx/openapi.json', 404],
    ['/health/ready', 200],
    ['/login/health/ready', 200],
    ['/metrics', 200],
    ['/login/oidc/jwks', 200],
  ])('beside it there is nothing but what each server is asked: %s is %i', async (path, status) => {
    const answer = await new Browser(server).get(path);
    expect(answer.status).toBe(status);
    if (status === 404) expect(answer.body).toMatchObject({ code: 'request.not_found' });
  });

  it('leads on from its own name without the final slash', async () => {
    const { status, headers } = await fetch(`${below.url}?ui_locales=de`, { redirect: 'manual' });
    expect([status, headers.get('location')]).toEqual([308, '/login/?ui_locales=de']);
  });

  it('cookies of https are named so that browsers take them', async () => {
    const secure = await TestServer.start({
      BASE_PATH: '/login',
      RP_ID: 'example.com',
      RP_ORIGINS: 'https://example.com',
    });
    const { headers } = await fetch(
      `${secure.url}/login/api/experience/preflight/sign-in-web-authn/authentication`,
      { method: 'POST' },
    );
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Secure-experience_interaction=.*; Path=\/login; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    await secure.stop();
  });
});
