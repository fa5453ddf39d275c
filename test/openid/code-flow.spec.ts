import { expectStatus, freshUsername } from '../support/browser';
import { TestServer } from '../support/test-server';
import { RelyingApplication, Traveller } from './relying-application';

describe('the authorization code flow', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('signs a user in with a passkey, and goes straight through the next time', async () => {
    const shop = await RelyingApplication.start(server);
    const browser = new Traveller(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    const userId = expectStatus(200, await browser.get<{ id: string }>('/api/my-account')).id;

    const known = await shop.ask();
    const tokens = await known.finish(await browser.goTo(known.url));
    expect(tokens.claims()).toMatchObject({ sub: userId, acr: 'phr', amr: expect.arrayContaining(['pop']) });

    const stranger = new Traveller(server, browser.authenticator);
    const request = await shop.ask({ scope: 'openid profile' });
    const page = await stranger.goTo(request.url);
    expect(page).toMatch(/^http:\/\/localhost:3000\/\?authorization=/);
    expect(expectStatus(200, await stranger.get('/api/experience/authorization'))).toMatchObject({
      prompt: 'login',
      application: { id: shop.id, name: 'Shop', thirdParty: false },
      scopes: ['openid', 'profile'],
    });
    const options = expectStatus(200, await stranger.authenticationOptions(identifier));
    const assertion = stranger.authenticator.authenticate(options.authenticationOptions);
    expectStatus(200, await stranger.verifyAuthentication(options.verificationId, assertion));
    expectStatus(204, await stranger.identify(options.verificationId));
    const { redirectTo } = expectStatus(200, await stranger.submit());
    const signedIn = await request.finish(await stranger.goTo(redirectTo));
    expect(signedIn.claims()).toMatchObject({ sub: userId, preferred_username: identifier.value });
  });
});
