import { Browser, expectStatus, freshUsername, type Identifier } from '../support/browser';
import { signedIn } from '../support/signed-in';
import { TestServer } from '../support/test-server';
import { LogtoPages } from './logto-pages';

const SIGNED_IN = { status: 200, body: { redirectTo: expect.stringMatching(/^\/account/) } };
const ASKS_FOR_A_PASSKEY = {
  status: 422,
  body: { code: 'user.passkey_preferred', message: expect.any(String) },
};
const BIND = '/api/experience/profile/mfa/passkey';
const refused = (status: number, code: string) => ({ status, body: { code } });

/** Members that its type FullSignInExperience has always. */
const FULL_SIGN_IN_EXPERIENCE =
  `tenantId id color branding hideLogtoBranding languageInfo termsOfUseUrl privacyPolicyUrl
  agreeToTermsPolicy signIn signUp socialSignIn socialSignInConnectorTargets signInMode customCss customContent
  customUiAssets customUiCsp passwordPolicy mfa adaptiveMfa singleSignOnEnabled supportEmail supportWebsiteUrl
  unknownSessionRedirectUrl captchaPolicy sentinelPolicy verificationCodePolicy passkeySignIn signUpProfileFields
  passwordExpiration usernamePolicy socialConnectors ssoConnectors forgotPassword isDevelopmentTenant
  customProfileFields`.split(/\s+/);

describe("Logto's pages", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ LOGTO_FRONTEND: 'on', MESSENGER: 'print' });
  });
  afterAll(() => server.stop());

  /** A signed-out browser whose authenticator has the passkey of an account. */
  const owner = async () => {
    const { browser, identifier } = await signedIn(server);
    return { pages: new LogtoPages(server, browser.authenticator), identifier };
  };

  const signedInPages = async () => {
    const { pages, identifier } = await owner();
    expect(await pages.usePasskey(await pages.openSignInPage())).toMatchObject(SIGNED_IN);
    return { pages, identifier };
  };

  /** An account without a passkey, which has an email address. */
  const withoutPasskey = async () => {
    const value = `${freshUsername().value}@example.com`;
    const identifier: Identifier = { type: 'email', value };
    const user = await new Browser(server).manage<{ id: string }>('POST', '/api/users', {
      primaryEmail: value,
    });
    return { pages: new LogtoPages(server), identifier, id: expectStatus(201, user).id };
  };

  /** The code that the log shows. */
  const sentCode = (): string => {
    const [code] = server.log
      .flatMap((line) => /Your code is (\d+)/.exec(JSON.stringify(line))?.[1] ?? [])
      .slice(-1);
    return code!;
  };

  describe('to sign in', () => {
    it('by the button, or from autofill: options when the page opens, then the interaction', async () => {
      await signedInPages();
    });

    it('by the button again, after the one before was given up', async () => {
      const { pages } = await owner();
      await pages.openSignInPage();
      expect(await pages.usePasskey(await pages.openSignInPage())).toMatchObject(SIGNED_IN);
    });

    it('by identifier first', async () => {
      const { pages, identifier } = await owner();
      await pages.openSignInPage();
      expect(await pages.usePasskeyOf(identifier)).toMatchObject(SIGNED_IN);
    });

    it('go on with other ways when there is no passkey, or no account', async () => {
      const { pages, identifier } = await withoutPasskey();
      expect(await pages.usePasskeyOf(identifier)).toMatchObject(
        refused(400, 'session.mfa.webauthn_verification_not_found'),
      );
      expect(await pages.usePasskeyOf(freshUsername())).toMatchObject(refused(404, 'user.user_not_exist'));
    });

    it('by a code, and with a passkey from then on', async () => {
      const { pages, identifier, id } = await withoutPasskey();
      expect(await pages.useCode(identifier, sentCode)).toMatchObject(ASKS_FOR_A_PASSKEY);
      expect((await pages.readInteraction()).body).toMatchObject({ interactionEvent: 'SignIn', userId: id });
      expect(await pages.createPasskey(await pages.openPasskeySetup())).toMatchObject(SIGNED_IN);
      expect((await pages.get('/api/my-account')).body).toMatchObject({ id });
      expect(await pages.usePasskeyOf(identifier)).toMatchObject(SIGNED_IN);
    });

    it('by a code, with a passkey as a factor', async () => {
      const { pages, identifier } = await withoutPasskey();
      expect(await pages.useCode(identifier, sentCode)).toMatchObject(ASKS_FOR_A_PASSKEY);
      expect(await pages.bindFactor(await pages.openPasskeySetup())).toMatchObject(SIGNED_IN);
    });

    it('by a code, without a passkey, which is not asked for in this browser again', async () => {
      const { pages, identifier } = await withoutPasskey();
      expect(await pages.useCode(identifier, sentCode)).toMatchObject(ASKS_FOR_A_PASSKEY);
      expect(await pages.skipPasskey()).toMatchObject(SIGNED_IN);
      expect(await pages.useCode(identifier, sentCode)).toMatchObject(SIGNED_IN);
      const other = new LogtoPages(server);
      expect(await other.useCode(identifier, sentCode)).toMatchObject(ASKS_FOR_A_PASSKEY);
    });

    it('give a passkey to no account that has one, nor to anybody else', async () => {
      const { pages, identifier } = await withoutPasskey();
      expect(await pages.useCode(identifier, sentCode)).toMatchObject(ASKS_FOR_A_PASSKEY);
      const created = await pages.openPasskeySetup();
      const stranger = new LogtoPages(server);
      expect(await stranger.post(BIND, created)).toMatchObject(refused(404, 'session.identifier_not_found'));
      expect(await pages.createPasskey(created)).toMatchObject(SIGNED_IN);

      const other = new LogtoPages(server);
      await other.start('SignIn');
      const path = '/api/experience/verification/verification-code';
      const sent = expectStatus(200, await other.post<{ verificationId: string }>(path, { identifier }));
      const { verificationId } = sent;
      expectStatus(200, await other.post(`${path}/verify`, { verificationId, code: sentCode() }));
      expectStatus(204, await other.identify(verificationId));
      expect(await other.registrationOptions()).toMatchObject(refused(401, 'auth.unauthorized'));
      expect(await other.submit()).toMatchObject(SIGNED_IN);
    });

    it('binds one of two registrations that were verified', async () => {
      const { pages, identifier } = await withoutPasskey();
      await pages.useCode(identifier, sentCode);
      const created = [await pages.openPasskeySetup(), await pages.openPasskeySetup()];
      for (const { verificationId, registrationOptions } of created) {
        const payload = new LogtoPages(server).authenticator.register(registrationOptions);
        expectStatus(200, await pages.verifyRegistration(verificationId, payload));
      }
      const bind = ({ verificationId }: { verificationId: string }) => pages.post(BIND, { verificationId });
      expect(await bind(created[0]!)).toMatchObject({ status: 204 });
      expect(await bind(created[1]!)).toMatchObject(refused(403, 'session.passkey_required'));
      expect(await pages.submit()).toMatchObject(SIGNED_IN);
    });
  });

  it('bind to whom a sign-in has identified no passkey that was made for who is signed in', async () => {
    const { identifier } = await withoutPasskey();
    const { pages } = await signedInPages();
    const device = new LogtoPages(server).authenticator;
    const { verificationId, registrationOptions } = await pages.openPasskeySetup();
    expectStatus(200, await pages.verifyRegistration(verificationId, device.register(registrationOptions)));
    const path = '/api/experience/verification/verification-code';
    const sent = expectStatus(200, await pages.post<{ verificationId: string }>(path, { identifier }));
    expectStatus(200, await pages.post(`${path}/verify`, { ...sent, code: sentCode() }));
    expectStatus(204, await pages.identify(sent.verificationId));
    expect(await pages.post(BIND, { verificationId })).toMatchObject(
      refused(404, 'session.verification_session_not_found'),
    );
  });

  describe('to sign up', () => {
    it('by a username, and a passkey', async () => {
      const pages = new LogtoPages(server);
      const { value } = freshUsername();
      expect(await pages.registerUsername(value)).toMatchObject(ASKS_FOR_A_PASSKEY);
      expect((await pages.readInteraction()).body).toEqual({
        interactionEvent: 'Register',
        profile: { username: value },
        verificationRecords: [{ id: expect.any(String), type: 'WebAuthn', verified: false }],
      });
      const created = await pages.openPasskeySetup();
      expect(created.registrationOptions.user.name).toBe(value);
      expect(await pages.createPasskey(created)).toMatchObject(SIGNED_IN);
      expect((await pages.get('/api/my-account')).body).toMatchObject({ username: value });
      expect(await pages.usePasskeyOf({ type: 'username', value })).toMatchObject(SIGNED_IN);
    });

    it('with another username after the first', async () => {
      const pages = new LogtoPages(server);
      const [first, second] = [freshUsername().value, freshUsername().value];
      await pages.registerUsername(first);
      await pages.registerUsername(second);
      expect(await pages.createPasskey(await pages.openPasskeySetup())).toMatchObject(SIGNED_IN);
      expect((await pages.get('/api/my-account')).body).toMatchObject({ username: second });
    });

    it('are told of a name that is taken', async () => {
      const { identifier } = await owner();
      expect(await new LogtoPages(server).registerUsername(identifier.value)).toMatchObject(
        refused(422, 'user.username_already_in_use'),
      );
    });

    it('can not skip the passkey, without which nobody could sign in', async () => {
      const pages = new LogtoPages(server);
      await pages.registerUsername(freshUsername().value);
      expect(await pages.skipPasskey()).toMatchObject(refused(404, 'session.identifier_not_found'));
      expect(await pages.submit()).toMatchObject(ASKS_FOR_A_PASSKEY);
    });

    it('have nothing of it once a sign-in is begun', async () => {
      const pages = new LogtoPages(server);
      await pages.registerUsername(freshUsername().value);
      await pages.start('SignIn');
      expect(await pages.submit()).toMatchObject(refused(404, 'session.identifier_not_found'));
      expect(await pages.post('/api/experience/identification', {})).toMatchObject(
        refused(400, 'guard.invalid_input'),
      );
    });

    it.each([
      ['an address, which is not proven', { type: 'email', value: 'a@example.com' }],
      ['a password', { type: 'password', value: 'correct horse' }],
      ['nothing', {}],
    ])('take %s for no username', async (_what, body) => {
      const pages = new LogtoPages(server);
      await pages.start('Register');
      expect(await pages.post('/api/experience/profile', body)).toMatchObject(
        refused(400, 'guard.invalid_input'),
      );
    });

    it('set no profile in a sign-in', async () => {
      const pages = new LogtoPages(server);
      await pages.start('SignIn');
      const body = { type: 'username', value: freshUsername().value };
      expect(await pages.post('/api/experience/profile', body)).toMatchObject(
        refused(400, 'session.invalid_interaction_type'),
      );
    });
  });

  describe('change what an interaction is for', () => {
    it('and keep its records', async () => {
      const { pages, identifier } = await owner();
      await pages.start('SignIn');
      const { verificationId, authenticationOptions } = expectStatus(
        200,
        await pages.authenticationOptions(identifier),
      );
      expect(await pages.changeEvent('Register')).toMatchObject({ status: 204 });
      expect((await pages.readInteraction()).body).toMatchObject({ interactionEvent: 'Register' });
      expect(await pages.changeEvent('SignIn')).toMatchObject({ status: 204 });
      expect(await pages.changeEvent('SignIn')).toMatchObject({ status: 204 });
      const payload = pages.authenticator.authenticate(authenticationOptions);
      expectStatus(200, await pages.verifyAuthentication(verificationId, payload));
    });

    it('but for what is not known', async () => {
      const pages = new LogtoPages(server);
      expect(await pages.changeEvent('ForgotPassword')).toMatchObject(refused(400, 'guard.invalid_input'));
      expect(await pages.readInteraction()).toMatchObject(refused(404, 'session.interaction_not_found'));
    });
  });

  describe('in the account centre', () => {
    it('list, add, name and remove passkeys', async () => {
      const { pages } = await signedInPages();
      const other = new LogtoPages(server);
      pages.cookies.forEach((value, name) => other.cookies.set(name, value));
      expect(await other.addPasskey('Key of my desk')).toMatchObject({ status: 204 });
      const factors = await pages.listFactors();
      expect(factors).toEqual([
        {
          id: expect.any(String),
          type: 'WebAuthn',
          createdAt: expect.any(String),
          lastUsedAt: expect.any(String),
        },
        { id: expect.any(String), type: 'WebAuthn', createdAt: expect.any(String), name: 'Key of my desk' },
      ]);
      const { id } = factors[1]!;
      expect(await pages.renameFactor(id, 'Key of my pocket')).toMatchObject({ status: 200 });
      expect((await pages.listFactors())[1]).toMatchObject({ name: 'Key of my pocket' });
      expect(await pages.deleteFactor(id)).toMatchObject({ status: 204 });
      expect(await pages.listFactors()).toHaveLength(1);
      expect(await pages.deleteFactor(id)).toMatchObject(refused(404, 'passkey.not_found'));
      expect(await pages.deleteFactor(factors[0]!.id)).toMatchObject(refused(422, 'user.last_passkey'));
    });

    it('are told to prove who they are once the sign-in is not recent', async () => {
      const { pages } = await signedInPages();
      const [{ id } = { id: '' }] = await pages.listFactors();
      await server.query(
        `UPDATE passkey.sessions SET authenticated_at = authenticated_at - interval '1 hour'`,
      );
      const denied = refused(401, 'verification_record.permission_denied');
      expect(await pages.addPasskey()).toMatchObject(denied);
      expect(await pages.renameFactor(id, 'Another name')).toMatchObject(denied);
      expect(await pages.deleteFactor(id)).toMatchObject(denied);
      expect(await pages.listFactors()).toHaveLength(1);
    });

    it('send a code to an address of the account, and to no other', async () => {
      const { pages, identifier } = await withoutPasskey();
      await pages.useCode(identifier, sentCode);
      await pages.createPasskey(await pages.openPasskeySetup());
      const path = '/api/verifications/verification-code';
      const templateType = 'UserPermissionValidation';
      const sent = await pages.account<{ verificationRecordId: string }>('POST', path, {
        identifier,
        templateType,
      });
      expect(sent).toMatchObject({ status: 201, body: { expiresAt: expect.any(String) } });
      const { verificationRecordId: verificationId } = sent.body;
      expect(
        await pages.account('POST', `${path}/verify`, { identifier, verificationId, code: sentCode() }),
      ).toMatchObject({ status: 200, body: { verificationRecordId: verificationId } });
      const elsewhere = { type: 'email', value: 'somebody.else@example.com' };
      expect(await pages.account('POST', path, { identifier: elsewhere })).toMatchObject(
        refused(400, 'guard.invalid_input'),
      );
    });

    it('say whether a passkey is offered at sign-in', async () => {
      const { pages } = await signedInPages();
      const path = '/api/my-account/logto-configs';
      const preferences = async () => expectStatus(200, await pages.account(`GET`, path));
      expect(await preferences()).toMatchObject({ passkeySignIn: { skipped: false } });
      await pages.account('PATCH', path, { passkeySignIn: { skipped: true } });
      expect(await preferences()).toMatchObject({ passkeySignIn: { skipped: true } });
      await pages.account('PATCH', path, { passkeySignIn: { skipped: false } });
      expect(await preferences()).toMatchObject({ passkeySignIn: { skipped: false } });
    });

    it.each([
      ['GET', '/api/my-account/mfa-verifications'],
      ['POST', '/api/my-account/mfa-verifications'],
      ['POST', '/api/verifications/web-authn/registration'],
      ['GET', '/api/my-account/logto-configs'],
    ])('are for who is signed in: %s %s', async (method, path) => {
      expect(await new LogtoPages(server).account(method, path)).toMatchObject(
        refused(401, 'auth.unauthorized'),
      );
    });
  });

  describe('read before they show anything', () => {
    const read = (path: string, headers = {}) =>
      new LogtoPages(server).call('GET', `/api/.well-known/${path}`, undefined, headers);

    it('how people sign in', async () => {
      const { body } = await read('sign-in-exp?appId=demo');
      expect(body).toMatchObject({
        passkeySignIn: { enabled: true, showPasskeyButton: true, allowAutofill: true },
        signUp: { identifiers: ['username'], password: false, verify: false },
        signInMode: 'SignInAndRegister',
        socialConnectors: [],
        ssoConnectors: [],
      });
      expect((body['signIn'] as { methods: object[] }).methods).toContainEqual({
        identifier: 'email',
        password: false,
        verificationCode: true,
        isPasswordPrimary: false,
      });
      expect((await read('experience')).body).toEqual(body);
      expect(Object.keys(body)).toEqual(expect.arrayContaining(FULL_SIGN_IN_EXPERIENCE));
    });

    it('what may be changed', async () => {
      expect((await read('account-center')).body).toMatchObject({
        enabled: true,
        fields: { passkey: 'Edit' },
      });
    });

    it.each([
      ['what the page asks for', '?lng=en', {}],
      ['what the browser takes', '', { 'accept-language': 'fr-CH, en-GB;q=0.8' }],
      ['English for a language that is not known', '?lng=xx', {}],
      ['nothing that is no language', '?lng=__proto__&lng=en', {}],
    ])('texts in %s', async (_what, query, headers) => {
      const answer = await read(`phrases${query}`, headers);
      expect(answer.headers.get('content-language')).toBe('en');
      expect(answer.body).toMatchObject({ translation: { mfa: { create_a_passkey: 'Create a passkey' } } });
    });
  });
});

describe("without Logto's pages", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it.each([
    ['GET', '/api/.well-known/sign-in-exp'],
    ['POST', '/api/experience/profile'],
    ['GET', '/api/my-account/mfa-verifications'],
    ['POST', '/api/verifications/web-authn/registration'],
  ])('%s %s is no route', async (method, path) => {
    expect(await new Browser(server).call(method, path)).toMatchObject({ status: 404 });
  });

  it('an interaction asks for no passkey', async () => {
    const browser = new Browser(server);
    await browser.start('Register');
    await browser.registrationOptions(freshUsername());
    expect(await browser.submit()).toMatchObject({ status: 404 });
  });
});
