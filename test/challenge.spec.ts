import { randomUUID } from 'node:crypto';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { signedIn } from './support/signed-in';
import { pendingSignIn } from './support/records';
import { TestServer } from './support/test-server';

const SPENT = { status: 400, body: { code: 'session.mfa.pending_info_not_found' } };
const NOT_FOUND = { status: 404, body: { code: 'session.verification_session_not_found' } };

describe('a challenge', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const pending = () => pendingSignIn(server);

  it('is spent by the first attempt that is right', async () => {
    const { browser, verificationId, payload } = await pending();
    expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
    expect(await browser.verifyAuthentication(verificationId, payload)).toMatchObject(SPENT);
    expect(await browser.verifyAuthentication(undefined, payload)).toMatchObject(SPENT);
  });

  it('is spent by an answer that can not even be read', async () => {
    const { browser, verificationId, payload } = await pending();
    const answer = await browser.post(
      '/api/experience/verification/sign-in-web-authn/authentication/verify',
      {
        verificationId,
        payload: { id: payload.id, response: 'nonsense' },
      },
    );
    expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
    expect(Object.keys(answer.body['data'] as object)).toContain('payload.response');
    expect(await browser.verifyAuthentication(verificationId, payload)).toMatchObject(SPENT);
  });

  it('is won by exactly one of many attempts at the same moment', async () => {
    const { browser, verificationId, payload } = await pending();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        browser.verifyAuthentication(index % 2 ? verificationId : undefined, payload),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) expect(answer).toMatchObject(SPENT);
  });

  it('is not found from another browser, and stays good in its own', async () => {
    const { browser, verificationId, payload } = await pending();
    const other = new Browser(server);
    expect(await other.verifyAuthentication(verificationId, payload)).toMatchObject(NOT_FOUND);
    await other.start('SignIn');
    expect(await other.verifyAuthentication(verificationId, payload)).toMatchObject(NOT_FOUND);
    expect(await other.identify(verificationId)).toMatchObject(NOT_FOUND);
    expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
    expect(await other.identify(verificationId)).toMatchObject(NOT_FOUND);
  });

  it("expires by the database's clock", async () => {
    const { browser, verificationId, payload } = await pending();
    await server.query(`UPDATE passkey.verification_records SET expires_at = now() WHERE id = $1`, [
      verificationId,
    ]);
    expect(await browser.verifyAuthentication(verificationId, payload)).toMatchObject(NOT_FOUND);
    expect(await browser.verifyAuthentication(undefined, payload)).toMatchObject(NOT_FOUND);
  });

  const lifetimeOf = async (verificationId: string) => {
    const [record] = await server.query<{ seconds: number }>(
      `SELECT extract(epoch FROM expires_at - created_at)::float8 AS seconds FROM passkey.verification_records WHERE id = $1`,
      [verificationId],
    );
    return record?.seconds;
  };

  it('lives as long as the options say: of a dialogue, 300 s', async () => {
    const { browser, identifier } = await signedIn(server);
    await browser.start('SignIn');
    const signIn = expectStatus(200, await browser.authenticationOptions(identifier));
    expect(signIn.authenticationOptions.timeout).toBe(300_000);
    expect(await lifetimeOf(signIn.verificationId)).toBe(300);
    await browser.start('Register');
    const registration = expectStatus(200, await browser.registrationOptions(freshUsername()));
    expect(registration.registrationOptions.timeout).toBe(300_000);
    expect(await lifetimeOf(registration.verificationId)).toBe(300);
  });

  it('lives longer when it is of autofill, which waits in an open page: 600 s', async () => {
    const created = expectStatus(200, await new Browser(server).discoverableOptions());
    expect(created.authenticationOptions.timeout).toBe(600_000);
    expect(await lifetimeOf(created.verificationId)).toBe(600);
  });

  it('lives as long as each of the two is configured to', async () => {
    const other = await TestServer.start({ CHALLENGE_TTL_SECONDS: '120', AUTOFILL_TTL_SECONDS: '900' });
    const browser = new Browser(other);
    const { authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    expect(authenticationOptions.timeout).toBe(900_000);
    await browser.start('Register');
    const { registrationOptions } = expectStatus(200, await browser.registrationOptions(freshUsername()));
    expect(registrationOptions.timeout).toBe(120_000);
    await other.stop();
  });

  it.each(['', 'no-such-id', randomUUID()])('is not found under the id "%s"', async (verificationId) => {
    const { browser, payload } = await pending();
    const answer = await browser.verifyAuthentication(verificationId, payload);
    if (verificationId) expect(answer).toMatchObject(NOT_FOUND);
    else expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
  });

  it('of an authentication does not verify a registration, nor the other way round', async () => {
    const { browser, verificationId, payload } = await pending();
    const answer = await browser.post('/api/experience/verification/web-authn/registration/verify', {
      verificationId,
      payload: { ...payload, response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' } },
    });
    expect(answer).toMatchObject(NOT_FOUND);
    await browser.start('Register');
    const registration = expectStatus(200, await browser.registrationOptions(freshUsername()));
    expect(await browser.verifyAuthentication(registration.verificationId, payload)).toMatchObject(NOT_FOUND);
  });
});

describe('a verified record', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const verified = async () => {
    const { browser, userId, verificationId, payload } = await pendingSignIn(server);
    expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
    return { browser, verificationId, userId };
  };

  it('is used once', async () => {
    const { browser, verificationId } = await verified();
    expectStatus(204, await browser.identify(verificationId));
    expect(await browser.identify(verificationId)).toMatchObject(NOT_FOUND);
  });

  it('is no use before it is verified', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.start('SignIn');
    const { verificationId } = expectStatus(200, await browser.authenticationOptions(identifier));
    expect(await browser.identify(verificationId)).toMatchObject({
      status: 400,
      body: { code: 'session.verification_failed' },
    });
    expect(await browser.submit()).toMatchObject({
      status: 404,
      body: { code: 'session.identifier_not_found' },
    });
  });

  it('of a sign-in creates no account, and one of a registration signs nobody in', async () => {
    const { browser, verificationId } = await verified();
    await server.query(`UPDATE passkey.interactions SET event = 'Register'`);
    expect(await browser.identify(verificationId)).toMatchObject({
      status: 400,
      body: { code: 'session.invalid_interaction_type' },
    });
    await server.query(`UPDATE passkey.interactions SET event = 'SignIn'`);
    expectStatus(204, await browser.identify(verificationId));
  });

  it('is void once the user is suspended', async () => {
    const { browser, verificationId, userId } = await verified();
    await browser.suspend(userId);
    expect(await browser.identify(verificationId)).toMatchObject({
      status: 401,
      body: { code: 'user.suspended' },
    });
  });

  it('is void once the user is deleted', async () => {
    const { browser, verificationId, userId } = await verified();
    expectStatus(204, await browser.manage('DELETE', `/api/users/${userId}`));
    expect(await browser.identify(verificationId)).toMatchObject(NOT_FOUND);
  });

  it('is void once the passkey is removed', async () => {
    const { browser, verificationId, userId } = await verified();
    await server.query(`DELETE FROM passkey.credential_records WHERE user_id = $1`, [userId]);
    expect(await browser.identify(verificationId)).toMatchObject(NOT_FOUND);
  });

  it('signs in nobody who is suspended between identification and submit', async () => {
    const { browser, verificationId, userId } = await verified();
    expectStatus(204, await browser.identify(verificationId));
    await browser.suspend(userId);
    expect(await browser.submit()).toMatchObject({ status: 401, body: { code: 'user.suspended' } });
  });

  it('signs in one session however often the interaction is submitted at the same moment', async () => {
    const { browser, verificationId, userId } = await verified();
    expectStatus(204, await browser.identify(verificationId));
    await server.query(`DELETE FROM passkey.sessions WHERE user_id = $1`, [userId]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.submit()));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await server.query(`SELECT FROM passkey.sessions WHERE user_id = $1`, [userId])).toHaveLength(1);
  });

  it('of somebody else does not change who is identified', async () => {
    const { browser, verificationId } = await verified();
    const other = new Browser(server);
    await other.register(freshUsername());
    const created = expectStatus(200, await browser.discoverableOptions());
    const payload = other.authenticator.authenticate(created.authenticationOptions);
    expectStatus(200, await browser.verifyAuthentication(created.verificationId, payload));
    expectStatus(204, await browser.identify(verificationId));
    expect(await browser.identify(created.verificationId)).toMatchObject({
      status: 409,
      body: { code: 'session.identity_conflict' },
    });
  });
});
