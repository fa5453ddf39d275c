import { randomBytes } from 'node:crypto';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { passkeysOf } from '../support/records';
import { signedIn } from '../support/signed-in';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { TestServer } from '../support/test-server';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };
const NOT_FOUND = { status: 404, body: { code: 'session.verification_session_not_found' } };
const PASSKEYS = '/api/my-account/passkeys';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

describe('binding a passkey to somebody else’s account', () => {
  it('by registering under a name that is taken', async () => {
    const alice = await signedIn(server);
    const mallory = new Browser(server);
    await mallory.start('Register');
    expect(await mallory.registrationOptions(alice.identifier)).toMatchObject({ status: 422 });
    expect(await passkeysOf(server, alice.userId)).toHaveLength(1);
  });

  it('by changing the session between registration and binding', async () => {
    const [alice, mallory] = [await signedIn(server), await signedIn(server)];
    const { verificationId, registrationOptions } = expectStatus(
      200,
      await mallory.browser.registrationOptions(),
    );
    const payload = new SoftwareAuthenticator().register(registrationOptions);
    expectStatus(200, await mallory.browser.verifyRegistration(verificationId, payload));
    // As it were: Alice signs in in the same browser.
    mallory.browser.cookies.set('experience_session', alice.browser.cookies.get('experience_session')!);
    expect(await mallory.browser.post(PASSKEYS, { verificationId })).toMatchObject(NOT_FOUND);
    expect(await passkeysOf(server, alice.userId)).toHaveLength(1);
  });

  it('by naming another user in the body, the path or a header', async () => {
    const [alice, mallory] = [await signedIn(server), await signedIn(server)];
    const created = expectStatus(
      200,
      await mallory.browser.call<{ registrationOptions: { user: { id: string } } }>(
        'POST',
        '/api/experience/verification/web-authn/registration',
        { userId: alice.userId, user: { id: alice.userId }, user_id: alice.userId },
        { 'x-user-id': alice.userId },
      ),
    );
    const { userHandle } = mallory.browser.authenticator.credentials[0]!;
    expect(created.registrationOptions.user.id).toBe(userHandle);
  });

  it('by a credential ID taken from it, at registration of a new user and of one who is signed in', async () => {
    const alice = await signedIn(server);
    const [before] = await passkeysOf(server, alice.userId);
    const { credentialId } = alice.browser.authenticator.credentials[0]!;
    const mallory = await signedIn(server);
    const { verificationId, registrationOptions } = expectStatus(
      200,
      await mallory.browser.registrationOptions(),
    );
    const payload = new SoftwareAuthenticator().register(registrationOptions, { credentialId });
    expect(await mallory.browser.verifyRegistration(verificationId, payload)).toMatchObject({
      status: 422,
      body: { code: 'session.mfa.webauthn_credential_already_in_use' },
    });
    expect((await mallory.browser.post(PASSKEYS, { verificationId })).status).toBe(400);
    expect(await passkeysOf(server, alice.userId)).toEqual([before]);
    await alice.browser.signIn(alice.identifier);
  });

  it('by a credential ID that the owner registers between verification and binding', async () => {
    const mallory = await signedIn(server);
    const credentialId = randomBytes(32).toString('base64url');
    const { verificationId, registrationOptions } = expectStatus(
      200,
      await mallory.browser.registrationOptions(),
    );
    const payload = new SoftwareAuthenticator().register(registrationOptions, { credentialId });
    expectStatus(200, await mallory.browser.verifyRegistration(verificationId, payload));
    const alice = await signedIn(server);
    await server.query(`UPDATE passkey.credential_records SET credential_id = $2 WHERE user_id = $1`, [
      alice.userId,
      Buffer.from(credentialId, 'base64url'),
    ]);
    expect((await mallory.browser.post(PASSKEYS, { verificationId })).status).toBe(422);
    expect(await passkeysOf(server, mallory.userId)).toHaveLength(1);
  });
});

describe('the user handle', () => {
  const attempt = async (userHandle: string, byIdentifier: boolean) => {
    const { browser, identifier } = await signedIn(server);
    const created = expectStatus(
      200,
      await (byIdentifier ? browser.authenticationOptions(identifier) : browser.discoverableOptions()),
    );
    const payload = browser.authenticator.authenticate(created.authenticationOptions, { userHandle });
    return browser.verifyAuthentication(created.verificationId, payload);
  };

  it('of another user', async () => {
    const victim = await signedIn(server);
    const { userHandle } = victim.browser.authenticator.credentials[0]!;
    expect(await attempt(userHandle, true)).toMatchObject(FAILED);
    expect(await attempt(userHandle, false)).toMatchObject(FAILED);
  });

  it('missing where nobody was identified before', async () => {
    expect(await attempt('omit', false)).toMatchObject(FAILED);
    expect(await attempt('omit', true)).toMatchObject({ status: 200 });
  });

  it('wrong: of nobody, in another spelling, of a user’s key', async () => {
    const { browser, userId } = await signedIn(server);
    const own = browser.authenticator.credentials[0]!.userHandle;
    const misspelled = { status: 400, body: { code: 'guard.invalid_input' } };
    for (const [wrong, refused] of [
      ['AAAA', FAILED],
      [`${own} `, misspelled],
      [own.slice(0, -1), misspelled],
      [Buffer.from(userId).toString('base64url'), FAILED],
    ] as const) {
      const created = expectStatus(200, await browser.discoverableOptions());
      const payload = browser.authenticator.authenticate(created.authenticationOptions, {
        userHandle: wrong,
      });
      expect(await browser.verifyAuthentication(created.verificationId, payload)).toMatchObject(refused);
    }
  });
});

describe('session fixation', () => {
  const PLANTED = 'A'.repeat(43);

  it('by a session cookie that was planted', async () => {
    const victim = new Browser(server);
    const identifier = freshUsername();
    victim.cookies.set('experience_session', PLANTED);
    await victim.register(identifier);
    expect(victim.cookies.get('experience_session')).not.toBe(PLANTED);
    const attacker = new Browser(server);
    attacker.cookies.set('experience_session', PLANTED);
    expect((await attacker.get('/api/my-account')).status).toBe(401);
  });

  it('by the attacker’s own session: signing in ends it', async () => {
    const attacker = await signedIn(server);
    const session = attacker.browser.cookies.get('experience_session')!;
    const victim = await signedIn(server);
    victim.browser.cookies.set('experience_session', session);
    await victim.browser.signIn(victim.identifier);
    expect((await attacker.browser.get('/api/my-account')).status).toBe(401);
    expect((await victim.browser.get('/api/my-account')).body).toMatchObject({ id: victim.userId });
  });

  it('by an interaction cookie that was planted: identification changes it, so that only the victim submits', async () => {
    const victim = await signedIn(server);
    victim.browser.cookies.set('experience_interaction', PLANTED);
    const attacker = new Browser(server);
    attacker.cookies.set('experience_interaction', PLANTED);
    const created = expectStatus(200, await victim.browser.authenticationOptions(victim.identifier));
    const payload = victim.browser.authenticator.authenticate(created.authenticationOptions);
    expectStatus(200, await victim.browser.verifyAuthentication(created.verificationId, payload));
    expectStatus(204, await victim.browser.identify(created.verificationId));
    expect(victim.browser.cookies.get('experience_interaction')).not.toBe(PLANTED);
    expect(await attacker.submit()).toMatchObject({ status: 404 });
    expect((await attacker.get('/api/my-account')).status).toBe(401);
    expectStatus(200, await victim.browser.submit());
  });
});

describe('a user who is', () => {
  const suspend = (id: string) => new Browser(server).suspend(id);
  const remove = async (id: string) =>
    expectStatus(204, await new Browser(server).manage('DELETE', `/api/users/${id}`));

  it.each([
    ['suspended', suspend, 401, 401],
    ['deleted', remove, 400, 400],
  ] as const)(
    '%s between options and assertion does not sign in',
    async (_name, happen, status, identification) => {
      const { browser, identifier, userId } = await signedIn(server);
      const created = expectStatus(200, await browser.authenticationOptions(identifier));
      await happen(userId);
      const payload = browser.authenticator.authenticate(created.authenticationOptions);
      expect((await browser.verifyAuthentication(created.verificationId, payload)).status).toBe(status);
      expect((await browser.identify(created.verificationId)).status).toBe(identification);
      expect((await browser.get('/api/my-account')).status).toBe(401);
    },
  );

  it.each([
    ['suspended', suspend],
    ['deleted', remove],
  ] as const)('%s between identification and submit does not sign in', async (_name, happen) => {
    const { browser, identifier, userId } = await signedIn(server);
    await browser.start('SignIn');
    const created = expectStatus(200, await browser.authenticationOptions(identifier));
    const payload = browser.authenticator.authenticate(created.authenticationOptions);
    expectStatus(200, await browser.verifyAuthentication(created.verificationId, payload));
    expectStatus(204, await browser.identify(created.verificationId));
    await happen(userId);
    expect((await browser.submit()).status).toBeGreaterThanOrEqual(400);
    expect((await browser.get('/api/my-account')).status).toBe(401);
  });

  it.each([
    ['suspended', suspend],
    ['deleted', remove],
  ] as const)('%s in the middle of adding a passkey gets none', async (_name, happen) => {
    const { browser, userId } = await signedIn(server);
    const { verificationId, registrationOptions } = expectStatus(200, await browser.registrationOptions());
    const payload = new SoftwareAuthenticator().register(registrationOptions);
    expectStatus(200, await browser.verifyRegistration(verificationId, payload));
    const before = (await passkeysOf(server, userId)).length;
    await happen(userId);
    expect(await browser.post(PASSKEYS, { verificationId })).toMatchObject({ status: 401 });
    expect((await passkeysOf(server, userId)).length).toBeLessThanOrEqual(before);
  });

  it.each([
    ['suspended', suspend],
    ['deleted', remove],
  ] as const)('%s in the middle of a step-up proves nothing', async (_name, happen) => {
    const { browser, userId } = await signedIn(server);
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.stepUpOptions());
    await happen(userId);
    const payload = browser.authenticator.authenticate(authenticationOptions);
    expect((await browser.verifyStepUp(verificationId, payload)).status).toBe(401);
  });
});
