import { Browser, expectStatus, freshUsername } from './support/browser';
import { signedIn } from './support/signed-in';
import { TestServer } from './support/test-server';

describe('tabs side by side in one browser', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('that show another account than the one signed in change, and learn, nothing', async () => {
    const { userId: alice } = await signedIn(server);
    const { browser, identifier, userId } = await signedIn(server);
    const account = '/api/my-account';
    const registration = '/api/experience/verification/web-authn/registration';
    const [passkey] = (await browser.get<{ id: string }[]>(`${account}/passkeys`)).body;
    const calls = (expected: string) =>
      Promise.all(
        (
          [
            ['GET', `${account}/passkeys`],
            ['GET', `${account}/passkeys/signals`],
            ['GET', `${account}/recovery-codes`],
            ['POST', `${account}/recovery-codes`],
            ['POST', registration, {}],
            ['POST', '/api/experience/verification/web-authn/authentication', {}],
            ['PATCH', `${account}/passkeys/${passkey!.id}`, { name: 'Mine' }],
          ] as const
        ).map(([method, path, body]) => browser.call(method, path, body, { 'expected-account': expected })),
      );
    for (const answer of await calls(alice)) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'session.account_mismatch' } });
    }
    for (const answer of await calls(userId)) expect(answer.status).toBeLessThan(300);
    const signOut = (expected: string) =>
      browser.call('DELETE', '/api/session', undefined, { 'expected-account': expected });
    expect((await signOut(alice)).status).toBe(409);
    expect((await browser.get(account)).status).toBe(200);
    expect((await signOut(userId)).status).toBe(204);
    expect((await signOut(userId)).status).toBe(204);
    await browser.signIn(identifier);
  });

  it('that name themselves have an interaction each', async () => {
    const { browser: owner, identifier } = await signedIn(server);
    const browser = new Browser(server, owner.authenticator);
    const inTab = (tab: string, method: string, path: string, body?: object) =>
      browser.call<Record<string, string>>(method, `/api/experience${path}`, body, {
        'interaction-tab': tab,
      });
    const SIGN_IN = '/verification/sign-in-web-authn/authentication';
    expectStatus(204, await inTab('one', 'PUT', '', { interactionEvent: 'SignIn' }));
    const created = expectStatus(200, await inTab('one', 'POST', SIGN_IN, { identifier }));
    expectStatus(204, await inTab('two', 'PUT', '', { interactionEvent: 'Register' }));
    expectStatus(204, await inTab('two', 'DELETE', ''));
    const { verificationId } = created;
    const payload = owner.authenticator.authenticate(created['authenticationOptions'] as never);
    expect((await inTab('two', 'POST', `${SIGN_IN}/verify`, { verificationId, payload })).status).toBe(404);
    expectStatus(200, await inTab('one', 'POST', `${SIGN_IN}/verify`, { verificationId, payload }));
    expectStatus(204, await inTab('one', 'POST', '/identification', { verificationId }));
    expect((await inTab('two', 'POST', '/submit')).status).toBe(404);
    expectStatus(200, await inTab('one', 'POST', '/submit'));
  });

  it('that were closed leave no more than eight cookies', async () => {
    const browser = new Browser(server);
    for (let tab = 0; tab < 20; tab++) {
      const path = '/api/experience/preflight/sign-in-web-authn/authentication';
      await browser.call('POST', path, {}, { 'interaction-tab': `tab${tab}` });
    }
    const kept = [...browser.cookies.keys()];
    expect(kept).toHaveLength(8);
    expect(kept.at(-1)).toBe('experience_interaction_tab19');
    await browser.register(freshUsername());
  });
});
