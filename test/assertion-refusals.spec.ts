import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { expectStatus, freshUsername } from './support/browser';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { signedIn } from './support/signed-in';
import { TestServer } from './support/test-server';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };

/** Its counter tells of clones: nobody syncs it. */
const BOUND = { counter: 'increment', backupEligible: false, backedUp: false } as const;

describe('an assertion that is wrong', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const registered = (authenticator?: SoftwareAuthenticator) =>
    signedIn(server, freshUsername(), authenticator);

  type Make = (
    authenticator: SoftwareAuthenticator,
    options: PublicKeyCredentialRequestOptionsJSON,
  ) => AuthenticationResponseJSON;

  it.each<[string, Make, RegExp]>([
    [
      'its signature',
      (a, o) =>
        a.authenticate(o, { signature: (s) => Buffer.concat([s.subarray(0, -1), Buffer.of(s.at(-1)! ^ 1)]) }),
      /signature/,
    ],
    ['another challenge', (a, o) => a.authenticate(o, { challenge: 'A'.repeat(43) }), /challenge/],
    [
      'a foreign origin',
      (a, o) => a.authenticate(o, { origin: 'https://evil.example' }),
      /origin "https:\/\/evil.example", expected/,
    ],
    ['a foreign relying party', (a, o) => a.authenticate(o, { rpId: 'evil.example' }), /RP ID/],
    ['the type of a registration', (a, o) => a.authenticate(o, { type: 'webauthn.create' }), /type/],
    ['no user presence', (a, o) => a.authenticate(o, { up: false }), /not present/],
    ['no user verification', (a, o) => a.authenticate(o, { uv: false }), /User verification/],
    [
      'changed backup eligibility',
      (a, o) => a.authenticate(o, { be: false, bs: false }),
      /backup eligibility/,
    ],
    [
      'backup state without eligibility',
      (a, o) => a.authenticate(o, { be: false, bs: true }),
      /backup|backed up/i,
    ],
    ['a cross-origin iframe', (a, o) => a.authenticate(o, { crossOrigin: true }), /cross-origin iframe/],
    [
      'a foreign top origin',
      (a, o) => a.authenticate(o, { crossOrigin: true, topOrigin: 'https://evil.example' }),
      /iframe/,
    ],
    ['a top origin alone', (a, o) => a.authenticate(o, { topOrigin: 'https://evil.example' }), /top origin/],
    ['a wrong user handle', (a, o) => a.authenticate(o, { userHandle: 'AAAA' }), /user handle/],
    [
      'an unknown credential',
      (a, o) => a.authenticate(o, { credentialId: 'AAAAAAAAAAAAAAAAAAAAAA' }),
      /not known/,
    ],
    [
      'a type that is no public key',
      (a, o) => ({ ...a.authenticate(o), type: 'password' as 'public-key' }),
      /type/,
    ],
    ['an id that is not its rawId', (a, o) => ({ ...a.authenticate(o), rawId: 'AAAA' }), /rawId/],
    [
      'client data that is no JSON',
      (a, o) => withResponse(a.authenticate(o), { clientDataJSON: 'AAAA' }),
      /./,
    ],
    ['cut authenticator data', (a, o) => withResponse(a.authenticate(o), { authenticatorData: 'AAAA' }), /./],
    ['a signature that is no DER', (a, o) => withResponse(a.authenticate(o), { signature: 'AAAA' }), /./],
  ])('is refused for %s, with one answer and the reason in the log', async (_name, make, reason) => {
    const { browser, identifier } = await registered();
    const { verificationId, authenticationOptions } = expectStatus(
      200,
      await browser.authenticationOptions(identifier),
    );
    const payload = make(browser.authenticator, authenticationOptions);
    const answer = await browser.verifyAuthentication(verificationId, payload);
    expect(answer).toMatchObject(FAILED);
    expect(Object.keys(answer.body)).toEqual(['code', 'message']);
    expect(server.reasons('session.mfa.webauthn_verification_failed').at(-1)).toMatch(reason);

    const again = await browser.verifyAuthentication(
      verificationId,
      browser.authenticator.authenticate(authenticationOptions),
    );
    expect(again).toMatchObject({ status: 400, body: { code: 'session.mfa.pending_info_not_found' } });
  });

  it('is refused without the user handle when nobody was identified before', async () => {
    const { browser } = await registered();
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions, { userHandle: 'omit' });
    expect(await browser.verifyAuthentication(verificationId, payload)).toMatchObject(FAILED);
    expect(server.reasons(FAILED.body.code).at(-1)).toMatch(/user handle is missing/);
  });

  it('is refused when the signature counter has gone back, or stood still', async () => {
    const { browser, identifier } = await registered(new SoftwareAuthenticator(BOUND));
    const attempt = async (counter: number) => {
      const { verificationId, authenticationOptions } = expectStatus(
        200,
        await browser.authenticationOptions(identifier),
      );
      const payload = browser.authenticator.authenticate(authenticationOptions, { counter });
      return (await browser.verifyAuthentication(verificationId, payload)).status;
    };
    expect(await attempt(40)).toBe(200);
    expect(await attempt(40)).toBe(400);
    expect(await attempt(39)).toBe(400);
    expect(await attempt(0)).toBe(400);
    expect(await attempt(41)).toBe(200);
  });

  const acceptOneOfClones = async (running: TestServer) => {
    const { browser, identifier } = await signedIn(
      running,
      freshUsername(),
      new SoftwareAuthenticator(BOUND),
    );
    await browser.start('SignIn');
    const attempts = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const created = expectStatus(200, await browser.authenticationOptions(identifier));
        const payload = browser.authenticator.authenticate(created.authenticationOptions, { counter: 90 });
        return () => browser.verifyAuthentication(created.verificationId, payload);
      }),
    );
    const answers = await Promise.all(attempts.map((attempt) => attempt()));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(400)]);
  };

  it('is accepted once among clones that count alike at the same moment', () => acceptOneOfClones(server));

  it('is accepted once among clones also where each call has its own statement', async () => {
    const running = await TestServer.start({ GATHER_MOST: '1' });
    await acceptOneOfClones(running);
    await running.stop();
  });

  it('is refused for a passkey that was added after the options were made', async () => {
    const { browser, identifier } = await registered();
    const { verificationId, authenticationOptions } = expectStatus(
      200,
      await browser.authenticationOptions(identifier),
    );
    await server.query(
      `UPDATE passkey.credential_records SET bound_at = now() + interval '1 second'
                         WHERE credential_id = $1`,
      [Buffer.from(browser.authenticator.credentials[0]!.credentialId, 'base64url')],
    );
    const payload = browser.authenticator.authenticate(authenticationOptions);
    expect(await browser.verifyAuthentication(verificationId, payload)).toMatchObject(FAILED);
  });

  it("is a conflict when it is valid but not of the identifier's user", async () => {
    const alice = await registered();
    const bob = await registered();
    const { verificationId, authenticationOptions } = expectStatus(
      200,
      await bob.browser.authenticationOptions(alice.identifier),
    );
    const payload = bob.browser.authenticator.authenticate({
      ...authenticationOptions,
      allowCredentials: undefined,
    });
    expect(await bob.browser.verifyAuthentication(verificationId, payload)).toMatchObject({
      status: 409,
      body: { code: 'session.identity_conflict' },
    });
  });

  it('is a conflict when the interaction has identified somebody else already', async () => {
    const alice = await registered();
    const bob = await registered();
    const { browser } = alice;
    await browser.start('SignIn');
    const first = expectStatus(200, await browser.authenticationOptions(alice.identifier));
    const payload = browser.authenticator.authenticate(first.authenticationOptions);
    expectStatus(200, await browser.verifyAuthentication(first.verificationId, payload));
    expectStatus(204, await browser.identify(first.verificationId));
    const second = expectStatus(200, await browser.authenticationOptions(bob.identifier));
    const other = bob.browser.authenticator.authenticate(second.authenticationOptions);
    expect(await browser.verifyAuthentication(second.verificationId, other)).toMatchObject({
      status: 409,
      body: { code: 'session.identity_conflict' },
    });
  });

  it('tells that a user is suspended only to one who has the passkey', async () => {
    const { browser, identifier } = await registered();
    const { body: account } = await browser.get('/api/my-account');
    expectStatus(
      200,
      await browser.manage('PATCH', `/api/users/${String(account['id'])}`, { suspended: true }),
    );
    const options = async () => expectStatus(200, await browser.authenticationOptions(identifier));
    const wrong = await options();
    const forged = browser.authenticator.authenticate(wrong.authenticationOptions, {
      challenge: 'A'.repeat(43),
    });
    expect(await browser.verifyAuthentication(wrong.verificationId, forged)).toMatchObject(FAILED);
    const right = await options();
    const payload = browser.authenticator.authenticate(right.authenticationOptions);
    expect(await browser.verifyAuthentication(right.verificationId, payload)).toMatchObject({
      status: 401,
      body: { code: 'user.suspended' },
    });
    expect((await browser.get('/api/my-account')).status).toBe(401);
  });
});

const withResponse = (
  payload: AuthenticationResponseJSON,
  response: Partial<AuthenticationResponseJSON['response']>,
): AuthenticationResponseJSON => ({ ...payload, response: { ...payload.response, ...response } });
