import { Browser, type CreatedAuthentication, expectStatus, freshUsername } from './support/browser';
import { statementsOf } from './support/statements-of';
import { TestServer } from './support/test-server';

const PATH = '/api/experience/verification/sign-in-web-authn/authentication';

describe('POST /api/experience/verification/sign-in-web-authn/authentication', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  /** What curl is: no cookies, no Origin. */
  const curl = () => new Browser(server, undefined, null);

  it('answers one plain request with a verification id and options for the passkeys of the user', async () => {
    const alice = new Browser(server);
    const identifier = freshUsername();
    await alice.register(identifier);
    const { verificationId, authenticationOptions } = expectStatus(
      200,
      await curl().post<CreatedAuthentication>(PATH, { identifier }),
    );
    expect(verificationId).toEqual(expect.any(String));
    expect(authenticationOptions).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      timeout: 300_000,
      rpId: 'localhost',
      allowCredentials: [
        {
          type: 'public-key',
          id: alice.authenticator.credentials[0]!.credentialId,
          transports: ['internal', 'hybrid'],
        },
      ],
      userVerification: 'required',
    });
  });

  it.each([
    ['email', 'Alice.Smith@Example.COM', 'alice.smith@example.com'],
    ['phone', '+44 20 7183 8750', '442071838750'],
    ['username', 'Ame\u0301lie', 'Am\u00e9lie'],
  ] as const)('finds a user by %s in any spelling', async (type, registered, asked) => {
    await new Browser(server).register({ type, value: registered });
    expect((await curl().post(PATH, { identifier: { type, value: asked } })).status).toBe(200);
  });

  it('keeps the case of usernames apart', async () => {
    await new Browser(server).register({ type: 'username', value: 'Casey' });
    const { status } = await curl().post(PATH, { identifier: { type: 'username', value: 'casey' } });
    expect(status).toBe(404);
  });

  it('answers 404 for a user who does not exist', async () => {
    const answer = await curl().post(PATH, { identifier: { type: 'username', value: 'nobody' } });
    expect(answer).toMatchObject({ status: 404, body: { code: 'user.user_not_exist' } });
  });

  it('answers 400 for a user without a passkey', async () => {
    expectStatus(201, await curl().manage('POST', '/api/users', { username: 'without-passkey' }));
    const answer = await curl().post(PATH, { identifier: { type: 'username', value: 'without-passkey' } });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'session.mfa.webauthn_verification_not_found' },
    });
  });

  it('offers passkeys of the asked relying party only', async () => {
    const identifier = freshUsername();
    await new Browser(server).register(identifier);
    await server.query(
      `UPDATE passkey.credential_records SET rp_id = 'old.example' WHERE user_id =
      (SELECT user_id FROM passkey.user_identifiers WHERE type = 'username' AND value = $1)`,
      [identifier.value],
    );
    const answer = await curl().post(PATH, { identifier });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'session.mfa.webauthn_verification_not_found' },
    });
  });

  it.each([
    ['no body', undefined, 'body'],
    ['an array', [], 'body'],
    ['no identifier', {}, 'identifier'],
    ['null', { identifier: null }, 'identifier'],
    ['a string for an identifier', { identifier: 'alice' }, 'identifier'],
    ['no type', { identifier: { value: 'alice' } }, 'identifier.type'],
    ['a wrong type', { identifier: { type: 'name', value: 'alice' } }, 'identifier.type'],
    ['no value', { identifier: { type: 'username' } }, 'identifier.value'],
    ['an empty value', { identifier: { type: 'username', value: '' } }, 'identifier.value'],
    ['a number', { identifier: { type: 'username', value: 7 } }, 'identifier.value'],
    ['what is no address', { identifier: { type: 'email', value: 'a@b' } }, 'identifier.value'],
    ['two addresses', { identifier: { type: 'email', value: 'a@b.example@c.example' } }, 'identifier.value'],
    [
      'a number that is too long',
      { identifier: { type: 'phone', value: '+999999999999999999' } },
      'identifier.value',
    ],
    ['a number that nobody has', { identifier: { type: 'phone', value: '+1234567' } }, 'identifier.value'],
    [
      'an over-long username',
      { identifier: { type: 'username', value: 'x'.repeat(129) } },
      'identifier.value',
    ],
    ['a NUL in it', { identifier: { type: 'username', value: 'a\0b' } }, 'identifier.value'],
    ['no email address', { identifier: { type: 'email', value: 'alice' } }, 'identifier.value'],
    ['no phone number', { identifier: { type: 'phone', value: 'call me' } }, 'identifier.value'],
    ['a nesting bomb', `{"identifier":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'body'],
  ])('answers 400 and names the member for %s', async (_case, body, member) => {
    const answer = await curl().post(PATH, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
    expect(Object.keys(answer.body['data'] as object)).toEqual([member]);
  });

  it('ignores members that it does not know', async () => {
    const identifier = freshUsername();
    await new Browser(server).register(identifier);
    const body = `{"__proto__":{"identifier":1},"constructor":{"prototype":{"x":1}},"captcha":null,"identifier":${JSON.stringify({ ...identifier, extra: 1 })}}`;
    expect((await curl().post(PATH, body)).status).toBe(200);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('answers the same under its later name', async () => {
    const identifier = freshUsername();
    await new Browser(server).register(identifier);
    const alias = '/api/experience/verification/sign-in-passkey/authentication';
    expect((await curl().post(alias, { identifier })).status).toBe(200);
  });

  it('takes one statement', async () => {
    const identifier = freshUsername();
    await new Browser(server).register(identifier);
    const ask = async () => expectStatus(200, await curl().post(PATH, { identifier }));
    expect(await statementsOf(ask)).toBe(1);
  });
});
