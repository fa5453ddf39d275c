import { Browser, expectStatus, freshUsername } from './support/browser';
import { signedIn, userIdOf } from './support/signed-in';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { verifiedRegistration } from './support/records';
import { TestServer } from './support/test-server';

interface Passkey {
  id: string;
  credentialId: string;
  name: string | null;
}

const PATH = '/api/my-account/passkeys';

describe("a person's own passkeys", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const list = async (browser: Browser) => expectStatus(200, await browser.get<Passkey[]>(PATH));
  const age = async (browser: Browser) =>
    server.query(
      `UPDATE passkey.sessions SET authenticated_at = now() - interval '601 seconds' WHERE user_id = $1`,
      [await userIdOf(browser)],
    );

  it('are added under the same user handle, with those that exist excluded, and sign in', async () => {
    const { browser, identifier } = await signedIn(server);
    const [first] = await list(browser);
    const { verificationId, registrationOptions, authenticator } = await verifiedRegistration(browser);
    expect(registrationOptions.user.id).toBe(browser.authenticator.credentials[0]!.userHandle);
    expect(registrationOptions.excludeCredentials).toEqual([
      { type: 'public-key', id: first!.credentialId, transports: ['internal', 'hybrid'] },
    ]);
    expect(() => browser.authenticator.register(registrationOptions)).toThrow('registered already');
    expect(await browser.post(PATH, { verificationId, name: 'Second' })).toMatchObject({
      status: 201,
      body: { name: 'Second', deviceType: 'multiDevice', backedUp: true, lastUsedAt: null },
    });
    expect(await list(browser)).toHaveLength(2);
    await new Browser(server, authenticator).signIn(identifier);
  });

  it('are bound once, in the browser that verified them, to the user they were made for', async () => {
    const { browser } = await signedIn(server);
    const { browser: other } = await signedIn(server);
    const { verificationId } = await verifiedRegistration(browser);
    expect((await other.post(PATH, { verificationId })).status).toBe(404);
    const stolen = new Browser(server);
    stolen.cookies.set('experience_interaction', browser.cookies.get('experience_interaction')!);
    stolen.cookies.set('experience_session', other.cookies.get('experience_session')!);
    expect((await stolen.post(PATH, { verificationId })).status).toBe(404);
    expectStatus(201, await browser.post(PATH, { verificationId }));
    expect((await browser.post(PATH, { verificationId })).status).toBe(404);
  });

  it('are renamed', async () => {
    const { browser } = await signedIn(server);
    const [passkey] = await list(browser);
    const path = `${PATH}/${passkey!.id}`;
    expect(await browser.call('PATCH', path, { name: 'My phone' })).toMatchObject({
      status: 200,
      body: { id: passkey!.id, name: 'My phone' },
    });
    expect((await browser.call('PATCH', path, { name: '' })).status).toBe(400);
    expect(await list(browser)).toMatchObject([{ name: 'My phone' }]);
  });

  it('are deleted, but for the last one', async () => {
    const { browser, identifier } = await signedIn(server);
    const { verificationId, authenticator } = await verifiedRegistration(browser);
    expectStatus(201, await browser.post(PATH, { verificationId }));
    const [first, second] = await list(browser);
    expectStatus(204, await browser.call('DELETE', `${PATH}/${first!.id}`));
    expect(await browser.call('DELETE', `${PATH}/${second!.id}`)).toMatchObject({
      status: 422,
      body: { code: 'user.last_passkey' },
    });
    const deleted = expectStatus(200, await browser.discoverableOptions());
    const payload = browser.authenticator.authenticate(deleted.authenticationOptions);
    expect((await browser.verifyAuthentication(deleted.verificationId, payload)).status).toBe(400);
    await new Browser(server, authenticator).signIn(identifier);
  });

  it('leave one when both are deleted at the same moment', async () => {
    const { browser } = await signedIn(server);
    const { verificationId } = await verifiedRegistration(browser);
    expectStatus(201, await browser.post(PATH, { verificationId }));
    const passkeys = await list(browser);
    const answers = await Promise.all(passkeys.map(({ id }) => browser.call('DELETE', `${PATH}/${id}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422]);
  });

  it('are out of reach of others', async () => {
    const { browser } = await signedIn(server);
    const { browser: other } = await signedIn(server);
    const [passkey] = await list(browser);
    const path = `${PATH}/${passkey!.id}`;
    for (const answer of [
      await other.call('PATCH', path, { name: 'Mine' }),
      await other.call('DELETE', path),
      await other.call('DELETE', `${PATH}/nonsense`),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'passkey.not_found' } });
    }
    expect((await new Browser(server).get(PATH)).status).toBe(401);
  });

  it('are added and deleted after a recent sign-in only', async () => {
    const { browser, identifier } = await signedIn(server);
    const [passkey] = await list(browser);
    const { verificationId } = await verifiedRegistration(browser);
    await age(browser);
    for (const answer of [
      await browser.registrationOptions(),
      await browser.post(PATH, { verificationId }),
      await browser.call('DELETE', `${PATH}/${passkey!.id}`),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'session.verification_required' } });
    }
    await browser.signIn(identifier);
    expect((await browser.registrationOptions()).status).toBe(200);
  });

  const SVG: unknown = expect.stringMatching(/^data:image\/svg\+xml;base64,/);

  it.each([
    ['fbfc3007154e4ecc8c0b6e020557d7bd', { name: 'Apple Passwords', icon: SVG }],
    ['ea9b8d664d011d213ce4b6b48cb575d4', { name: 'Google Password Manager', icon: SVG }],
    ['00000000000000000000000000000000', undefined],
    ['0123456789abcdef0123456789abcdef', undefined],
  ])('tell who made them, where the AAGUID %s is known', async (aaguid, provider) => {
    const browser = new Browser(server, new SoftwareAuthenticator({ aaguid }));
    await browser.register(freshUsername());
    const [passkey] = expectStatus(200, await browser.get<{ aaguid: string; provider?: object }[]>(PATH));
    expect(passkey!.aaguid.replaceAll('-', '')).toBe(aaguid);
    expect(passkey!.provider).toEqual(provider);
  });

  it('are told to authenticators by the present name, under the user handle, and by no list', async () => {
    const { browser, identifier } = await signedIn(server);
    const { verificationId } = await verifiedRegistration(browser);
    expectStatus(201, await browser.post(PATH, { verificationId }));
    const user = { rpId: 'localhost', userId: browser.authenticator.credentials[0]!.userHandle };
    expect((await browser.get(`${PATH}/signals`)).body).toEqual({
      currentUserDetails: { ...user, name: identifier.value, displayName: identifier.value },
    });
    expect((await new Browser(server).get(`${PATH}/signals`)).status).toBe(401);
  });

  it('can not both be deleted at the same moment, when they are the last two', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { browser } = await signedIn(server);
      const { verificationId } = await verifiedRegistration(browser);
      expectStatus(201, await browser.post(PATH, { verificationId }));
      const both = await list(browser);
      const answers = await Promise.all(both.map(({ id }) => browser.call('DELETE', `${PATH}/${id}`)));
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 422]);
      expect(await list(browser)).toHaveLength(1);
    }
  });
});
