import {
  Browser,
  type CreatedAuthentication,
  expectStatus,
  freshUsername,
  type Identifier,
} from './support/browser';
import { codesSentTo, freshEmail } from './support/sent-codes';
import { TestServer } from './support/test-server';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };

const CODE = '/api/experience/verification/verification-code';
const SAVED_CODE = '/api/experience/verification/recovery-code/verify';

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

  it('knows the ids of decoys for its own: a passkey under one is refused as under that of a real passkey', async () => {
    const alice = new Browser(server);
    const identifier = freshUsername();
    await alice.register(identifier);
    const answers = [];
    for (const asked of [identifier, { type: 'username', value: 'nobody' } as const]) {
      const { authenticationOptions } = expectStatus(
        200,
        await new Browser(server).authenticationOptions(asked),
      );
      const mallory = new Browser(server);
      await mallory.start('Register');
      const { verificationId, registrationOptions } = expectStatus(
        200,
        await mallory.registrationOptions(freshUsername()),
      );
      const credentialId = authenticationOptions.allowCredentials![0]!.id;
      const payload = mallory.authenticator.register(registrationOptions, { credentialId });
      answers.push((await mallory.verifyRegistration(verificationId, payload)).body);
    }
    expect(answers[0]).toMatchObject({ code: 'session.mfa.webauthn_credential_already_in_use' });
    expect(answers[1]).toEqual(answers[0]);
  });

  const timed = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };

  it('refuses wrong assertions late, by a time that is random', async () => {
    const { verificationId, authenticationOptions } = expectStatus(
      200,
      await new Browser(server).authenticationOptions({ type: 'username', value: 'nobody' }),
    );
    const browser = new Browser(server);
    await browser.register(freshUsername());
    const payload = browser.authenticator.authenticate({
      ...authenticationOptions,
      allowCredentials: undefined,
    });
    expect(await timed(() => browser.verifyAuthentication(verificationId, payload))).toBeGreaterThan(149);
  });

  it('answers options late, by a time that is random, whether there is an account or not', async () => {
    const identifier = freshUsername();
    await new Browser(server).register(identifier);
    for (const asked of [identifier, freshUsername()]) {
      const browser = new Browser(server);
      expect(await timed(() => browser.authenticationOptions(asked))).toBeGreaterThan(39);
    }
  });

  it('sends codes, and refuses them and saved ones, late, by a time that is random', async () => {
    const browser = new Browser(server);
    const identifier = freshEmail();
    let verificationId = '';
    const send = async () => {
      const answer = await browser.post<{ verificationId: string }>(CODE, { identifier });
      ({ verificationId } = expectStatus(200, answer));
    };
    expect(await timed(send)).toBeGreaterThan(149);
    const refused = (path: string, body: object) =>
      timed(async () => expectStatus(400, await browser.post(path, body)));
    const code = '12345678';
    expect(await refused(`${CODE}/verify`, { verificationId, code })).toBeGreaterThan(149);
    const saved = { identifier, code: 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA' };
    expect(await refused(SAVED_CODE, saved)).toBeGreaterThan(149);
  });

  it('makes decoys like the accounts that there are, once, and on every server', async () => {
    await server.query(
      `WITH people AS (INSERT INTO passkey.users (id, user_handle)
         SELECT gen_random_uuid(), sha256(convert_to('sampled ' || n, 'UTF8')) FROM generate_series(1, 200) AS n
         RETURNING id)
       INSERT INTO passkey.credential_records
         (id, user_id, rp_id, credential_id, public_key, sign_count, transports, aaguid, backup_state, uv_initialized, attestation_format)
       SELECT gen_random_uuid(), id, 'localhost', decode(repeat(md5(id || ' ' || n), 3), 'hex'), '', 0, '{usb,nfc}',
              gen_random_uuid(), false, true, 'none'
         FROM people, generate_series(1, 3) AS n`,
    );
    const shapes = async (asked: TestServer) => {
      const seen: string[] = [];
      for (let name = 0; name < 20; name += 1) {
        const identifier = { type: 'username', value: `spirit-${name}` } as const;
        const { authenticationOptions } = expectStatus(
          200,
          await new Browser(asked).authenticationOptions(identifier),
        );
        seen.push(JSON.stringify(authenticationOptions.allowCredentials));
      }
      return seen;
    };
    const second = await TestServer.start({ ACCOUNT_ENUMERATION: 'decoy' });
    const first = await shapes(second);
    await second.stop();
    const three = first
      .map((text) => JSON.parse(text) as { id: string; transports: string[] }[])
      .filter((decoys) => decoys.length === 3);
    expect(three.length).toBeGreaterThan(15);
    expect(three[0]).toEqual(
      [1, 2, 3].map(() => ({
        id: expect.stringMatching(/^[\w-]{64}$/) as string,
        transports: ['usb', 'nfc'],
        type: 'public-key',
      })),
    );
    await server.query(`DELETE FROM passkey.users u WHERE NOT EXISTS
      (SELECT FROM passkey.user_identifiers i WHERE i.user_id = u.id)`);
    const third = await TestServer.start({ ACCOUNT_ENUMERATION: 'decoy' });
    expect(await shapes(third)).toEqual(first);
    await third.stop();
  });

  it('tells one address of ten names that are taken in an hour, and then refuses it free ones too', async () => {
    const limited = await TestServer.start({ ACCOUNT_ENUMERATION: 'decoy', RATE_LIMIT: 'on' });
    const browser = new Browser(limited);
    const taken = freshUsername();
    await browser.register(taken);
    const ask = async (identifier: Identifier) => {
      const asking = new Browser(limited);
      await asking.start('Register');
      return (await asking.registrationOptions(identifier)).status;
    };
    expect(await ask(freshUsername())).toBe(200);
    const told: number[] = [];
    for (let time = 0; time < 10; time += 1) {
      await limited.query(`DELETE FROM passkey.rate_limits WHERE count > 10`);
      told.push(await ask({ ...taken, value: taken.value }));
    }
    expect(told).toEqual(Array(10).fill(422));
    expect([await ask(taken), await ask(freshUsername())]).toEqual([429, 429]);
    await limited.stop();
  });

  it('tells of an address that it is taken only to whoever has proved to be reached there', async () => {
    // What is printed goes to the log of the server that was started last.
    const last = await TestServer.start({ ACCOUNT_ENUMERATION: 'decoy' });
    const [taken, free] = [freshEmail(), freshEmail()];
    const proving = async (browser: Browser, address: Identifier) => {
      await browser.start('Register');
      expect((await browser.registrationOptions(address)).body).toMatchObject({
        code: 'user.address_proof_required',
      });
      const { verificationId } = expectStatus(
        200,
        await browser.post<{ verificationId: string }>(CODE, { identifier: address }),
      );
      const answer = { verificationId, code: codesSentTo(last, address).at(-1)! };
      expectStatus(200, await browser.post(`${CODE}/verify`, answer));
      return browser;
    };
    const owner = await proving(new Browser(last), taken);
    expect((await owner.registrationOptions(free)).status).toBe(403);
    const { verificationId, registrationOptions } = expectStatus(200, await owner.registrationOptions(taken));
    const payload = owner.authenticator.register(registrationOptions);
    expectStatus(200, await owner.verifyRegistration(verificationId, payload));
    expectStatus(201, await owner.identify(verificationId));
    expectStatus(200, await owner.submit());
    expect((await owner.get('/api/my-account')).body).toMatchObject({
      primaryEmail: taken.value,
      emailVerified: true,
    });

    const stranger = new Browser(last);
    await stranger.start('Register');
    const answers = [taken, free].map((address) => stranger.registrationOptions(address));
    const [ofTaken, ofFree] = await Promise.all(answers);
    expect({ ...ofTaken, headers: {} }).toEqual({ ...ofFree, headers: {} });
    expect((await (await proving(new Browser(last), taken)).registrationOptions(taken)).body).toMatchObject({
      code: 'user.email_already_in_use',
    });
    // What was proved ends with its interaction, and with its time.
    const late = await proving(new Browser(last), free);
    await last.query(`UPDATE passkey.verification_records SET expires_at = now() WHERE ceremony = 'address'`);
    expect((await late.registrationOptions(free)).status).toBe(403);
    const left = await proving(new Browser(last), free);
    await left.start('Register');
    expect((await left.registrationOptions(free)).status).toBe(403);
    await last.stop();
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
