import { Browser, expectStatus, freshUsername, type Identifier } from './support/browser';
import { signedIn } from './support/signed-in';
import { TestServer } from './support/test-server';

/** A passkey that came to nothing is replaced by that of the next try, which has the same user handle. */
describe('another try of a registration', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const optionsOf = async (browser: Browser, identifier: Identifier) =>
    expectStatus(200, await browser.registrationOptions(identifier));
  const handleOf = async (browser: Browser, identifier: Identifier) =>
    (await optionsOf(browser, identifier)).registrationOptions.user.id;
  const beginning = async () => {
    const browser = new Browser(server);
    await browser.start('Register');
    return browser;
  };

  it('has another handle once a user has the first, whatever their name is by then', async () => {
    const browser = await beginning();
    const identifier = freshUsername();
    const register = async () => {
      const { verificationId, registrationOptions } = await optionsOf(browser, identifier);
      const payload = new Browser(server).authenticator.register(registrationOptions);
      expectStatus(200, await browser.verifyRegistration(verificationId, payload));
      return [registrationOptions.user.id, (await browser.identify(verificationId)).status];
    };
    const [first, made] = await register();
    expect(made).toBe(201);
    const { value: username } = freshUsername();
    const [{ id }] = (await server.query(
      `SELECT user_id AS id FROM passkey.user_identifiers WHERE value = $1`,
      [identifier.value],
    )) as [{ id: string }];
    expectStatus(200, await new Browser(server).manage('PATCH', `/api/users/${id}`, { username }));
    await browser.start('Register');
    const [second, again] = await register();
    expect(second).not.toBe(first);
    expect(again).toBe(201);
  });

  it('has the same handle, and another challenge', async () => {
    const browser = await beginning();
    const identifier = freshUsername();
    const [first, second] = [await optionsOf(browser, identifier), await optionsOf(browser, identifier)];
    expect(second.registrationOptions.user).toEqual(first.registrationOptions.user);
    expect(second.registrationOptions.challenge).not.toBe(first.registrationOptions.challenge);
    expect(second.verificationId).not.toBe(first.verificationId);
  });

  it.each(['Register', 'SignIn'] as const)('has it also once a page has begun anew for %s', async (event) => {
    const browser = await beginning();
    const identifier = freshUsername();
    const handle = await handleOf(browser, identifier);
    await browser.start(event);
    await browser.start('Register');
    expect(await handleOf(browser, identifier)).toBe(handle);
  });

  it('has it after an answer that was refused, and the account is made with it', async () => {
    const browser = await beginning();
    const identifier = freshUsername();
    const first = await optionsOf(browser, identifier);
    const wrong = browser.authenticator.register(first.registrationOptions, { challenge: 'AAAA' });
    expect(await browser.verifyRegistration(first.verificationId, wrong)).toMatchObject({ status: 400 });
    await browser.register(identifier);
    expect(new Set(browser.authenticator.credentials.map(({ userHandle }) => userHandle)).size).toBe(1);
    await browser.signIn();
  });

  it('has the same of many at the same moment, or none', async () => {
    const browser = await beginning();
    const identifier = freshUsername();
    const handle = await handleOf(browser, identifier);
    const others = await Promise.all(Array.from({ length: 5 }, () => handleOf(browser, identifier)));
    expect(new Set([handle, ...others]).size).toBe(1);
  });

  it('is another one for another name, in another browser, and once the account is there', async () => {
    const browser = await beginning();
    const identifier = freshUsername();
    const handle = await handleOf(browser, identifier);
    expect(await handleOf(browser, freshUsername())).not.toBe(handle);
    expect(await handleOf(await beginning(), identifier)).not.toBe(handle);
    await browser.register(identifier);
    await browser.start('Register');
    expect(await browser.registrationOptions(identifier)).toMatchObject({ status: 422 });
    expect(await handleOf(browser, freshUsername())).not.toBe(handle);
  });

  it('leaves nothing of it to whoever knows the cookie of before', async () => {
    const browser = await beginning();
    const identifier = freshUsername();
    const thief = new Browser(server);
    browser.cookies.forEach((value, name) => thief.cookies.set(name, value));
    const handle = await handleOf(browser, identifier);
    await browser.start('Register');
    expect(await handleOf(browser, identifier)).toBe(handle);
    await thief.start('Register');
    expect(await handleOf(thief, identifier)).not.toBe(handle);
  });

  it('does not concern who is signed in: an account has one handle', async () => {
    const { browser } = await signedIn(server);
    const [known] = browser.authenticator.credentials;
    const { registrationOptions } = expectStatus(200, await browser.registrationOptions());
    expect(registrationOptions.user.id).toBe(known!.userHandle);
  });
});
