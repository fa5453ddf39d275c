import { Browser, expectStatus, freshUsername } from '../support/browser';
import { answerTo, pickedPasskey, verifiedRegistration, verifiedSignIn } from '../support/records';
import { signedIn } from '../support/signed-in';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { TestServer } from '../support/test-server';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };
const SPENT = { status: 400, body: { code: 'session.mfa.pending_info_not_found' } };
const NOT_FOUND = { status: 404, body: { code: 'session.verification_session_not_found' } };
const INVALID = { status: 400, body: { code: 'guard.invalid_input' } };
const WRONG_USE = { status: 400, body: { code: 'session.invalid_interaction_type' } };

const EXPERIENCE = '/api/experience/verification';
const PASSKEYS = '/api/my-account/passkeys';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

describe('replay', () => {
  it('of an assertion under a later challenge', async () => {
    const { browser } = await signedIn(server);
    const first = await pickedPasskey(browser);
    expectStatus(200, await browser.verifyAuthentication(first.verificationId, first.payload));
    const { verificationId } = expectStatus(200, await browser.discoverableOptions());
    expect(await browser.verifyAuthentication(verificationId, first.payload)).toMatchObject(FAILED);
  });

  it('of an assertion in another browser, under a challenge of its own', async () => {
    const { browser } = await signedIn(server);
    const { payload } = await pickedPasskey(browser);
    const thief = new Browser(server);
    const { verificationId } = expectStatus(200, await thief.discoverableOptions());
    expect(await thief.verifyAuthentication(verificationId, payload)).toMatchObject(FAILED);
  });

  it('of a registration under a later challenge', async () => {
    const browser = new Browser(server);
    await browser.start('Register');
    const first = expectStatus(200, await browser.registrationOptions(freshUsername()));
    const payload = browser.authenticator.register(first.registrationOptions);
    const second = expectStatus(200, await browser.registrationOptions(freshUsername()));
    expect(await browser.verifyRegistration(second.verificationId, payload)).toMatchObject(FAILED);
    expectStatus(200, await browser.verifyRegistration(first.verificationId, payload));
    expect(await browser.verifyRegistration(first.verificationId, payload)).toMatchObject(SPENT);
  });

  it('of the session cookie after sign-out, and of the interaction cookie after submit', async () => {
    const { browser, identifier } = await signedIn(server);
    await browser.start('SignIn');
    const created = expectStatus(200, await browser.authenticationOptions(identifier));
    const { verificationId, payload } = answerTo(browser, created);
    expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
    expectStatus(204, await browser.identify(verificationId));
    const interaction = browser.cookies.get('experience_interaction')!;
    expectStatus(200, await browser.submit());
    const session = browser.cookies.get('experience_session')!;
    expectStatus(204, await browser.call('DELETE', '/api/session'));
    const thief = new Browser(server);
    thief.cookies.set('experience_interaction', interaction).set('experience_session', session);
    expect((await thief.get('/api/my-account')).status).toBe(401);
    expect(await thief.submit()).toMatchObject({ status: 404 });
    expect(await thief.identify(verificationId)).toMatchObject(NOT_FOUND);
  });
});

describe('a challenge', () => {
  it('of another record of the same browser', async () => {
    const { browser } = await signedIn(server);
    const [one, other] = [
      expectStatus(200, await browser.discoverableOptions()),
      expectStatus(200, await browser.discoverableOptions()),
    ];
    const { payload } = answerTo(browser, one);
    expect(await browser.verifyAuthentication(other.verificationId, payload)).toMatchObject(FAILED);
  });

  it('of an interaction that the same browser has left', async () => {
    const { browser, identifier } = await signedIn(server);
    const { verificationId, payload } = answerTo(
      browser,
      expectStatus(200, await browser.authenticationOptions(identifier)),
    );
    await browser.start('SignIn');
    expect(await browser.verifyAuthentication(verificationId, payload)).toMatchObject(NOT_FOUND);
  });

  it('of a step-up at the sign-in endpoint, and back', async () => {
    const { browser } = await signedIn(server);
    const stepUp = answerTo(browser, expectStatus(200, await browser.stepUpOptions()));
    expect(await browser.verifyAuthentication(stepUp.verificationId, stepUp.payload)).toMatchObject(
      NOT_FOUND,
    );
    const signIn = await pickedPasskey(browser);
    expect(await browser.verifyStepUp(signIn.verificationId, signIn.payload)).toMatchObject(NOT_FOUND);
  });

  it('of a registration, signed as an assertion', async () => {
    const { browser } = await signedIn(server);
    const registration = expectStatus(200, await browser.registrationOptions());
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions, {
      challenge: registration.registrationOptions.challenge,
    });
    expect(await browser.verifyAuthentication(registration.verificationId, payload)).toMatchObject(NOT_FOUND);
    expect(await browser.verifyAuthentication(verificationId, payload)).toMatchObject(FAILED);
  });
});

describe('the answer of one ceremony', () => {
  it('registration, at the authentication endpoint', async () => {
    const { browser } = await signedIn(server);
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    const { challenge } = authenticationOptions;
    const registration = expectStatus(200, await browser.registrationOptions());
    const made = new SoftwareAuthenticator().register({ ...registration.registrationOptions, challenge });
    const answer = await browser.post(`${EXPERIENCE}/sign-in-web-authn/authentication/verify`, {
      verificationId,
      payload: { ...made, response: { ...made.response, authenticatorData: undefined } },
    });
    expect(answer).toMatchObject(INVALID);
  });

  it('registration, dressed up as an assertion of a passkey that exists', async () => {
    const { browser } = await signedIn(server);
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    const [credential] = browser.authenticator.credentials;
    // Self attestation signs the same bytes as an assertion does, but for the type in the client data.
    const payload = browser.authenticator.authenticate(authenticationOptions, {
      credential,
      type: 'webauthn.create',
    });
    expect(await browser.verifyAuthentication(verificationId, payload)).toMatchObject(FAILED);
  });

  it('authentication, at the registration endpoint', async () => {
    const { browser } = await signedIn(server);
    const registration = expectStatus(200, await browser.registrationOptions());
    const { authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    const assertion = browser.authenticator.authenticate({
      ...authenticationOptions,
      challenge: registration.registrationOptions.challenge,
    });
    const answer = await browser.post(`${EXPERIENCE}/web-authn/registration/verify`, {
      verificationId: registration.verificationId,
      payload: assertion,
    });
    expect(answer).toMatchObject(INVALID);
  });

  it('authentication, dressed up as a registration', async () => {
    const { browser } = await signedIn(server);
    const { verificationId, registrationOptions } = expectStatus(200, await browser.registrationOptions());
    const payload = new SoftwareAuthenticator().register(registrationOptions, { type: 'webauthn.get' });
    expect(await browser.verifyRegistration(verificationId, payload)).toMatchObject(FAILED);
  });
});

describe('a verified record', () => {
  it('of a sign-in binds no passkey', async () => {
    const { browser } = await signedIn(server);
    const verificationId = await verifiedSignIn(browser);
    expect(await browser.post(PASSKEYS, { verificationId })).toMatchObject(NOT_FOUND);
    expect(await browser.get(PASSKEYS)).toMatchObject({ body: [expect.anything()] });
  });

  it('of a signed-in user’s registration creates no account and signs nobody in', async () => {
    for (const event of ['SignIn', 'Register'] as const) {
      const { browser } = await signedIn(server);
      await browser.start(event);
      const { verificationId } = await verifiedRegistration(browser);
      expect(await browser.identify(verificationId)).toMatchObject(WRONG_USE);
      expect((await browser.submit()).status).toBe(404);
    }
  });

  it('of a new user’s registration is bound to no account that exists', async () => {
    const { browser } = await signedIn(server);
    await browser.start('Register');
    const { verificationId } = await verifiedRegistration(browser, { identifier: freshUsername() });
    expect(await browser.post(PASSKEYS, { verificationId })).toMatchObject(NOT_FOUND);
  });

  it('of a new user’s registration signs nobody in', async () => {
    const browser = new Browser(server);
    await browser.start('Register');
    const { verificationId } = await verifiedRegistration(browser, { identifier: freshUsername() });
    await server.query(`UPDATE passkey.interactions SET event = 'SignIn' WHERE user_id IS NULL`);
    expect(await browser.identify(verificationId)).toMatchObject(WRONG_USE);
  });

  it('of a step-up signs nobody in', async () => {
    const { browser } = await signedIn(server);
    const stepUp = answerTo(browser, expectStatus(200, await browser.stepUpOptions()));
    expectStatus(200, await browser.verifyStepUp(stepUp.verificationId, stepUp.payload));
    expect(await browser.identify(stepUp.verificationId)).toMatchObject(WRONG_USE);
  });

  it('of a recovery binds no passkey', async () => {
    const { browser, identifier } = await signedIn(server);
    const { codes } = expectStatus(
      201,
      await browser.post<{ codes: string[] }>('/api/my-account/recovery-codes'),
    );
    const { verificationId } = expectStatus(
      200,
      await browser.post<{ verificationId: string }>(`${EXPERIENCE}/recovery-code/verify`, {
        identifier,
        code: codes[0],
      }),
    );
    expect(await browser.post(PASSKEYS, { verificationId })).toMatchObject(NOT_FOUND);
  });

  it('is used by exactly one of many calls at the same moment', async () => {
    const { browser } = await signedIn(server);
    const verificationId = await verifiedSignIn(browser);
    const used = await Promise.all(Array.from({ length: 20 }, () => browser.identify(verificationId)));
    expect(used.filter(({ status }) => status === 204)).toHaveLength(1);
    const { browser: owner } = await signedIn(server);
    const { verificationId: registration } = await verifiedRegistration(owner);
    const bound = await Promise.all(
      Array.from({ length: 20 }, () => owner.post(PASSKEYS, { verificationId: registration })),
    );
    expect(bound.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await owner.get<unknown[]>(PASSKEYS)).body).toHaveLength(2);
  });
});
