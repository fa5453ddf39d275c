import { Browser, type CreatedAuthentication, expectStatus, freshUsername } from './support/browser';
import { TestServer } from './support/test-server';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };

describe('with ACCOUNT_ENUMERATION=decoy', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ ACCOUNT_ENUMERATION: 'decoy' });
  });
  afterAll(() => server.stop());

  const shape = ({ verificationId, authenticationOptions: options }: CreatedAuthentication) => ({
    verificationId: typeof verificationId,
    members: Object.keys(options),
    credential: Object.keys(options.allowCredentials![0]!),
    length: options.allowCredentials!.length,
    userVerification: options.userVerification,
  });

  it('answers for unknown users and users without a passkey as for anybody', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    expectStatus(201, await browser.manage('POST', '/api/users', { username: 'no-passkey' }));
    const real = expectStatus(200, await browser.authenticationOptions(identifier));
    for (const value of ['no-passkey', 'nobody-at-all']) {
      const decoy = expectStatus(200, await browser.authenticationOptions({ type: 'username', value }));
      expect(shape(decoy)).toEqual(shape(real));
    }
  });

  it('gives the same decoy for the same identifier, another for another, and a new challenge each time', async () => {
    const ask = async (value: string) => {
      const created = expectStatus(
        200,
        await new Browser(server).authenticationOptions({ type: 'username', value }),
      );
      return created.authenticationOptions;
    };
    const [first, second, other] = [await ask('ghost'), await ask('ghost'), await ask('spectre')];
    expect(second.allowCredentials).toEqual(first.allowCredentials);
    expect(other.allowCredentials![0]!.id).not.toBe(first.allowCredentials![0]!.id);
    expect(second.challenge).not.toBe(first.challenge);
  });

  it('refuses any passkey for a decoy as a wrong one, and for a real user of somebody else alike', async () => {
    const alice = new Browser(server);
    const identifier = freshUsername();
    await alice.register(identifier);
    const mallory = new Browser(server);
    await mallory.register(freshUsername());
    for (const asked of [identifier, { type: 'username', value: 'nobody' } as const]) {
      const { verificationId, authenticationOptions } = expectStatus(
        200,
        await mallory.authenticationOptions(asked),
      );
      const payload = mallory.authenticator.authenticate({
        ...authenticationOptions,
        allowCredentials: undefined,
      });
      expect(await mallory.verifyAuthentication(verificationId, payload)).toMatchObject(FAILED);
    }
  });

  it('still signs in', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.signIn(identifier);
  });
});

describe('a passkey that the server does not know', () => {
  const attempt = async (env: Record<string, string>, lost = 'DELETE FROM') => {
    const server = await TestServer.start(env);
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    await server.query(`${lost} passkey.credential_records`);
    const created = expectStatus(200, await browser.discoverableOptions());
    const payload = browser.authenticator.authenticate(created.authenticationOptions);
    const answer = await browser.verifyAuthentication(created.verificationId, payload);
    await server.stop();
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'session.mfa.webauthn_verification_failed' },
    });
    return { data: (answer.body as { data?: unknown }).data, credentialId: payload.id };
  };

  it('is not named when it was not deleted here: a database that lost its data lets nobody lose a passkey', async () => {
    expect((await attempt({ ACCOUNT_ENUMERATION: 'reveal' }, 'TRUNCATE')).data).toBeUndefined();
  });

  it('is named when it was deleted here, so that the page can tell the authenticator', async () => {
    const { data, credentialId } = await attempt({ ACCOUNT_ENUMERATION: 'reveal' });
    expect(data).toEqual({ unknownCredential: { rpId: 'localhost', credentialId } });
  });

  it('is not told apart from a wrong assertion where accounts are kept secret', async () => {
    expect((await attempt({ ACCOUNT_ENUMERATION: 'decoy' })).data).toBeUndefined();
  });
});
