import { Browser, expectStatus } from './support/browser';
import { signedIn } from './support/signed-in';
import { pickedPasskey } from './support/records';
import { TestServer } from './support/test-server';

const NOT_FOUND = { status: 404, body: { code: 'session.verification_session_not_found' } };
const INTERACTION = 'experience_interaction';

/** Pages ask for discoverable options when they open, and start the interaction once a passkey was picked. */
describe('starting an interaction', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  /** A signed-out browser whose page has asked for discoverable options, and has the answer to them. */
  const picked = async () => {
    const { browser: owner, identifier } = await signedIn(server);
    const browser = new Browser(server, owner.authenticator);
    return { browser, identifier, ...(await pickedPasskey(browser)) };
  };

  it.each([
    ['named', (verificationId: string) => verificationId],
    ['the latest', () => undefined],
  ])('keeps the pending discoverable record of this browser, %s', async (_name, reference) => {
    const { browser, verificationId, payload } = await picked();
    expectStatus(204, await browser.start('SignIn'));
    expectStatus(200, await browser.verifyAuthentication(reference(verificationId), payload));
    expectStatus(204, await browser.identify(verificationId));
    expectStatus(200, await browser.submit());
  });

  it('keeps it also over a registration that was begun and left', async () => {
    const { browser, verificationId, payload } = await picked();
    expectStatus(204, await browser.start('Register'));
    expectStatus(204, await browser.start('SignIn'));
    expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
  });

  it('keeps its lifetime as it was', async () => {
    const { browser, verificationId } = await picked();
    const expiry = () =>
      server.query('SELECT expires_at FROM passkey.verification_records WHERE id = $1', [verificationId]);
    const before = await expiry();
    await browser.start('SignIn');
    expect(await expiry()).toEqual(before);
  });

  it('leaves nothing of it to whoever knows the cookie of before', async () => {
    const { browser, verificationId, payload } = await picked();
    const thief = new Browser(server, browser.authenticator);
    thief.cookies.set(INTERACTION, browser.cookies.get(INTERACTION)!);
    await browser.start('SignIn');
    expect(await thief.verifyAuthentication(verificationId, payload)).toMatchObject(NOT_FOUND);
    expect(await thief.verifyAuthentication(undefined, payload)).toMatchObject(NOT_FOUND);
    expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
    expect(await thief.identify(verificationId)).toMatchObject(NOT_FOUND);
    expect(await thief.submit()).toMatchObject({ status: 404 });
  });

  it('gives the record to one of many starts at the same moment', async () => {
    const { browser, verificationId, payload } = await picked();
    const pages = Array.from({ length: 10 }, () => {
      const page = new Browser(server, browser.authenticator);
      page.cookies.set(INTERACTION, browser.cookies.get(INTERACTION)!);
      return page;
    });
    await Promise.all(pages.map((page) => page.start('SignIn')));
    const answers = await Promise.all(
      pages.map((page) => page.verifyAuthentication(verificationId, payload)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(9);
  });

  describe('begins afresh in everything else:', () => {
    it('a record for an identifier is gone', async () => {
      const { browser, identifier } = await picked();
      const options = expectStatus(200, await browser.authenticationOptions(identifier));
      const payload = browser.authenticator.authenticate(options.authenticationOptions);
      await browser.start('SignIn');
      expect(await browser.verifyAuthentication(options.verificationId, payload)).toMatchObject(NOT_FOUND);
    });

    it('a spent record is gone, and its challenge stays spent', async () => {
      const { browser, verificationId, payload } = await picked();
      const wrong = { ...payload, response: { ...payload.response, signature: 'AAAA' } };
      expect(await browser.verifyAuthentication(verificationId, wrong)).toMatchObject({ status: 400 });
      await browser.start('SignIn');
      expect(await browser.verifyAuthentication(verificationId, payload)).toMatchObject(NOT_FOUND);
    });

    it('a verified record is gone, so that a planted interaction signs nobody in', async () => {
      const { browser, verificationId, payload } = await picked();
      expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
      const victim = new Browser(server);
      victim.cookies.set(INTERACTION, browser.cookies.get(INTERACTION)!);
      await victim.start('SignIn');
      expect(await victim.identify(verificationId)).toMatchObject(NOT_FOUND);
      expect(await browser.identify(verificationId)).toMatchObject(NOT_FOUND);
    });

    it('whoever was identified is not any more', async () => {
      const { browser, verificationId, payload } = await picked();
      expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
      expectStatus(204, await browser.identify(verificationId));
      await browser.start('SignIn');
      expect(await browser.submit()).toMatchObject({
        status: 404,
        body: { code: 'session.identifier_not_found' },
      });
    });

    it('registrations and step-ups are gone', async () => {
      const { browser } = await signedIn(server);
      const registration = expectStatus(200, await browser.registrationOptions());
      const stepUp = expectStatus(200, await browser.stepUpOptions());
      await browser.start('Register');
      expect(
        await browser.verifyStepUp(
          stepUp.verificationId,
          browser.authenticator.authenticate(stepUp.authenticationOptions),
        ),
      ).toMatchObject(NOT_FOUND);
      const other = new Browser(server);
      expect(
        await browser.verifyRegistration(
          registration.verificationId,
          other.authenticator.register(registration.registrationOptions),
        ),
      ).toMatchObject(NOT_FOUND);
    });

    it('a decoy is gone', async () => {
      const { browser, verificationId } = await picked();
      await server.query('UPDATE passkey.verification_records SET decoy = true WHERE id = $1', [
        verificationId,
      ]);
      await browser.start('SignIn');
      expect(
        await server.query('SELECT FROM passkey.verification_records WHERE id = $1', [verificationId]),
      ).toHaveLength(0);
    });
  });
});
