import { Browser, expectStatus, freshUsername } from './support/browser';
import { signedInAs } from './support/signed-in';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { TestServer } from './support/test-server';

describe('registering a passkey and signing in with it', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it.each([
    ['EdDSA', -8],
    ['ES256', -7],
    ['RS256', -257],
  ])('works with %s, by identifier and without', async (_name, algorithm) => {
    const browser = new Browser(server, new SoftwareAuthenticator({ algorithms: [algorithm] }));
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.signIn(identifier);
    await browser.signIn();
    expect(await browser.get('/api/my-account')).toMatchObject({
      status: 200,
      body: { username: identifier.value, primaryEmail: null, primaryPhone: null },
    });
  });

  it('sends registration options that ask for a discoverable, verified passkey', async () => {
    const browser = new Browser(server);
    await browser.start('Register');
    const identifier = freshUsername();
    const { registrationOptions } = expectStatus(200, await browser.registrationOptions(identifier));
    expect(registrationOptions).toMatchObject({
      rp: { id: 'localhost', name: 'Test' },
      user: { id: expect.stringMatching(/^[\w-]{86}$/), name: identifier.value },
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
      attestation: 'none',
      excludeCredentials: [],
      timeout: 300_000,
      extensions: { credProps: true },
    });
  });

  it('creates user and passkey at identification, not before', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.start('Register');
    const { verificationId, registrationOptions } = expectStatus(
      200,
      await browser.registrationOptions(identifier),
    );
    const payload = browser.authenticator.register(registrationOptions);
    expectStatus(200, await browser.verifyRegistration(verificationId, payload));
    const users = () =>
      server.query(`SELECT FROM passkey.user_identifiers WHERE type = 'username' AND value = $1`, [
        identifier.value,
      ]);
    expect(await users()).toHaveLength(0);
    expectStatus(201, await browser.identify(verificationId));
    expect(await users()).toHaveLength(1);
  });

  it('signs in only at submit, under a new session, and spends the interaction', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    const firstSession = browser.cookies.get('experience_session');
    await browser.start('SignIn');
    await browser.identifyByPasskey(identifier);
    expect(await browser.submit()).toMatchObject({ status: 200, body: { redirectTo: '/account' } });
    expect(browser.cookies.get('experience_session')).not.toBe(firstSession);
    expect(browser.cookies.has('experience_interaction')).toBe(false);
    expect(await browser.submit()).toMatchObject({
      status: 404,
      body: { code: 'session.interaction_not_found' },
    });
  });

  it('ends the earlier session of the browser when it signs in again', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    const thief = new Browser(server);
    thief.cookies.set('experience_session', browser.cookies.get('experience_session')!);
    await browser.signIn(identifier);
    expect((await thief.get('/api/my-account')).status).toBe(401);
  });

  it('signs out', async () => {
    const browser = new Browser(server);
    await browser.register(freshUsername());
    const session = browser.cookies.get('experience_session')!;
    expectStatus(204, await browser.call('DELETE', '/api/session'));
    browser.cookies.set('experience_session', session);
    expect(await browser.get('/api/my-account')).toMatchObject({
      status: 401,
      body: { code: 'auth.unauthorized' },
    });
  });

  it('keeps what a passkey says at each sign-in', async () => {
    const authenticator = new SoftwareAuthenticator({ backedUp: false, counter: 'increment' });
    const browser = new Browser(server, authenticator);
    const identifier = freshUsername();
    await browser.register(identifier);
    const before = (await browser.get<Record<string, unknown>[]>('/api/my-account/passkeys')).body[0]!;
    expect(before).toMatchObject({ deviceType: 'multiDevice', backedUp: false, lastUsedAt: null });
    authenticator.backedUp = true;
    await browser.signIn(identifier);
    await browser.signIn(identifier);
    const after = (await browser.get<Record<string, unknown>[]>('/api/my-account/passkeys')).body[0]!;
    expect(after).toMatchObject({
      deviceType: 'multiDevice',
      backedUp: true,
      lastUsedAt: expect.any(String),
    });
  });

  it("means the interaction's latest pending record when verificationId is left out", async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.authenticationOptions(identifier);
    const latest = expectStatus(200, await browser.authenticationOptions(identifier));
    const payload = browser.authenticator.authenticate(latest.authenticationOptions);
    const verified = expectStatus(200, await browser.verifyAuthentication(undefined, payload));
    expect(verified.verificationId).toBe(latest.verificationId);
  });

  it('takes what password managers send: type WebAuthn, null members, members of their own', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.start('Register');
    const registration = expectStatus(200, await browser.registrationOptions(identifier));
    const attestation = browser.authenticator.register(registration.registrationOptions);
    expectStatus(
      200,
      await browser.post('/api/experience/verification/web-authn/registration/verify', {
        payload: {
          ...attestation,
          type: 'WebAuthn',
          authenticatorAttachment: null,
          vendor: { nested: [1, { deep: true }] },
          response: {
            ...attestation.response,
            transports: ['internal', 'telepathy', 7],
            publicKeyAlgorithm: 'x',
          },
        },
      }),
    );
    expectStatus(201, await browser.identify(registration.verificationId));
    expectStatus(200, await browser.submit());
    const [passkey] = (await browser.get<Record<string, unknown>[]>('/api/my-account/passkeys')).body;
    expect(passkey).toMatchObject({
      transports: ['internal'],
      aaguid: '00000000-0000-0000-0000-000000000000',
    });

    const { authenticationOptions } = expectStatus(200, await browser.authenticationOptions(identifier));
    const assertion = browser.authenticator.authenticate(authenticationOptions);
    expectStatus(
      200,
      await browser.post('/api/experience/verification/sign-in-passkey/authentication/verify', {
        payload: {
          ...assertion,
          type: 'WebAuthn',
          authenticatorAttachment: null,
          clientExtensionResults: null,
          response: { ...assertion.response, userHandle: null, publicKey: null },
        },
      }),
    );
  });

  it('abandons an interaction with its records', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    const { verificationId, authenticationOptions } = expectStatus(
      200,
      await browser.authenticationOptions(identifier),
    );
    const interaction = browser.cookies.get('experience_interaction')!;
    expectStatus(204, await browser.call('DELETE', '/api/experience'));
    browser.cookies.set('experience_interaction', interaction);
    const payload = browser.authenticator.authenticate(authenticationOptions);
    expect((await browser.verifyAuthentication(verificationId, payload)).status).toBe(404);
  });

  it('ends with its session', async () => {
    const browser = new Browser(server);
    await browser.register(freshUsername());
    const { id } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
    await server.query(`UPDATE passkey.sessions SET expires_at = now() WHERE user_id = $1`, [id]);
    expect((await browser.get('/api/my-account')).status).toBe(401);
  });

  it.each([
    ['an email address', 'email', 'Old.Name@Example.com'],
    ['a phone number', 'phone', '+44 20 7183 8799'],
    ['an email address that is none', 'email', '@old-name'],
  ] as const)(
    'finds a username made before that looks like %s, as it was registered',
    async (_, type, value) => {
      const { browser } = await signedInAs(server, value);
      await browser.signIn({ type, value });
      const [code] = expectStatus(
        201,
        await browser.post<{ codes: string[] }>('/api/my-account/recovery-codes'),
      ).codes;
      const path = '/api/experience/verification/recovery-code/verify';
      expectStatus(200, await new Browser(server).post(path, { identifier: { type, value }, code }));
    },
  );

  it('finds first whose address it is, and gives nobody an address that somebody signs in with', async () => {
    const value = `older-${process.pid}@example.com`;
    const { browser: older } = await signedInAs(server, value);
    const taking = new Browser(server);
    await taking.start('Register');
    expect(await taking.registrationOptions({ type: 'email', value })).toMatchObject({ status: 422 });
    const { id } = expectStatus(
      201,
      await taking.manage<{ id: string }>('POST', '/api/users', { primaryEmail: value }),
    );
    expect(id).toEqual(expect.any(String));
    expect(await older.authenticationOptions({ type: 'email', value })).toMatchObject({
      status: 400,
      body: { code: 'session.mfa.webauthn_verification_not_found' },
    });
  });
});
