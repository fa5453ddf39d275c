import { randomBytes } from 'node:crypto';
import { encodeCBOR, type CBORType } from '@levischuck/tiny-cbor';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { pendingRegistration } from '../support/records';
import { TestServer } from '../support/test-server';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };
const SECOND_US = 1e6;

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

/** By the processor that this process, the server's too, has taken: a busy machine keeps it waiting besides. */
const timed = async <T>(work: Promise<T>): Promise<T> => {
  const began = process.cpuUsage();
  const result = await work;
  const { user, system } = process.cpuUsage(began);
  expect(user + system).toBeLessThan(SECOND_US);
  return result;
};

const map = (...entries: [string, CBORType][]) => Buffer.from(encodeCBOR(new Map(entries)));

describe('CBOR bombs as attestation objects', () => {
  const DEPTH = 40_000;
  const authData = Buffer.alloc(200, 0x41);
  /** An attestation object whose statement is these bytes. */
  const withStatement = (statement: Buffer) =>
    Buffer.concat([
      Buffer.of(0xa3, 0x63),
      Buffer.from('fmt'),
      Buffer.of(0x64),
      Buffer.from('none'),
      Buffer.of(0x67),
      Buffer.from('attStmt'),
      statement,
      Buffer.of(0x68),
      Buffer.from('authData'),
      Buffer.of(0x58, authData.length),
      authData,
    ]);

  it.each<[string, Buffer]>([
    ['arrays nested 40,000 deep', withStatement(Buffer.alloc(DEPTH, 0x81))],
    ['maps nested 20,000 deep', withStatement(Buffer.concat(Array(DEPTH / 2).fill(Buffer.of(0xa1, 0x00))))],
    ['tags nested 40,000 deep', withStatement(Buffer.alloc(DEPTH, 0xc1))],
    ['an array that claims 2^32 members', withStatement(Buffer.of(0x9a, 0xff, 0xff, 0xff, 0xff))],
    [
      'an array that claims 2^53 members',
      withStatement(Buffer.of(0x9b, 0, 0x1f, 255, 255, 255, 255, 255, 255)),
    ],
    ['a map that claims 2^32 members', withStatement(Buffer.of(0xba, 0xff, 0xff, 0xff, 0xff))],
    ['a byte string that claims 4 GiB', withStatement(Buffer.of(0x5a, 0xff, 0xff, 0xff, 0xff))],
    ['a text that claims 2^64 bytes', withStatement(Buffer.of(0x7b, 255, 255, 255, 255, 255, 255, 255, 255))],
    ['an array without end', withStatement(Buffer.alloc(DEPTH, 0x9f))],
    [
      '40,000 empty arrays',
      withStatement(Buffer.concat([Buffer.of(0x99, 0x9c, 0x40), Buffer.alloc(DEPTH, 0x80)])),
    ],
    ['a map with one key twice', withStatement(Buffer.of(0xa2, 0x61, 0x61, 0x01, 0x61, 0x61, 0x02))],
    ['a reserved length', withStatement(Buffer.of(0x9c))],
    [
      '40,000 certificates',
      map(
        ['fmt', 'packed'],
        [
          'attStmt',
          new Map<string, CBORType>([
            ['alg', -7],
            ['sig', new Uint8Array(1)],
            ['x5c', Array<Uint8Array>(DEPTH).fill(new Uint8Array(0))],
          ]),
        ],
        ['authData', new Uint8Array(authData)],
      ),
    ],
  ])('%s', async (_name, bytes) => {
    const { browser, verificationId, registrationOptions } = await pendingRegistration(server);
    const payload = browser.authenticator.register(registrationOptions);
    payload.response.attestationObject = bytes.toString('base64url');
    expect(await timed(browser.verifyRegistration(verificationId, payload))).toMatchObject(FAILED);
  });

  it('and in the credential key: an RSA modulus of 300,000 bits', async () => {
    const answer = await withKey(
      new Map<number, CBORType>([
        [1, 3],
        [3, -257],
        [-1, new Uint8Array(randomBytes(37_500))],
        [-2, new Uint8Array([1, 0, 1])],
      ]),
    );
    expect(answer).toMatchObject(FAILED);
  });

  it('and in the credential key: an RSA modulus of 512 bits', async () => {
    const modulus = new Uint8Array(randomBytes(64).fill(0xff, 0, 1).fill(0x01, 63));
    const answer = await withKey(
      new Map<number, CBORType>([
        [1, 3],
        [3, -257],
        [-1, modulus],
        [-2, new Uint8Array([1, 0, 1])],
      ]),
    );
    expect(answer).toMatchObject(FAILED);
    expect(server.reasons(FAILED.body.code).at(-1)).toMatch(/512 bits/);
  });

  const withKey = async (key: Map<number, CBORType>) => {
    const browser = new Browser(server);
    await browser.start('Register');
    const options = expectStatus(200, await browser.registrationOptions(freshUsername()));
    const payload = registrationWithKey(browser, options.registrationOptions, key);
    return timed(browser.verifyRegistration(options.verificationId, payload));
  };

  /** A registration with attestation `none`, and this key in place of the authenticator's. */
  const registrationWithKey = (
    { authenticator }: Browser,
    options: PublicKeyCredentialCreationOptionsJSON,
    key: Map<number, CBORType>,
  ) => {
    const payload = authenticator.register(options);
    const data = Buffer.from(payload.response.authenticatorData!, 'base64url');
    const length = data.readUInt16BE(53);
    const authData = Buffer.concat([data.subarray(0, 55 + length), encodeCBOR(key)]);
    payload.response.attestationObject = map(
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', new Uint8Array(authData)],
    ).toString('base64url');
    return payload;
  };
});

describe('JSON bombs', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  const verifyWith = async (clientData: (json: string) => string) => {
    const browser = new Browser(server);
    await browser.register(freshUsername());
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions, {
      clientDataJSON: (json) => Buffer.from(clientData(json.toString())),
    });
    return timed(browser.verifyAuthentication(verificationId, payload));
  };

  it('nested 20,000 deep in the client data, signed', async () => {
    const answer = await verifyWith((json) => json.replace(/\}$/, `,"more":${nested(20_000)}}`));
    // A member that nobody knows may hold anything: it is neither refused nor does it hurt.
    expect([200, 400]).toContain(answer.status);
  });

  it('deep nesting in a body, whatever the member', async () => {
    const browser = new Browser(server);
    for (const member of ['identifier', 'extensions', 'payload', 'unknown']) {
      const body = `{"${member}":${nested(30_000)}}`;
      for (const path of ['', '/verify']) {
        const answer = await timed(
          browser.post(`/api/experience/verification/sign-in-web-authn/authentication${path}`, body),
        );
        expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
      }
    }
  });

  it('huge arrays and texts: 30,000 transports, 60,000 characters of a name', async () => {
    const browser = new Browser(server);
    await browser.start('Register');
    const created = expectStatus(200, await browser.registrationOptions(freshUsername()));
    const payload = browser.authenticator.register(created.registrationOptions);
    (payload.response as { transports: unknown }).transports = Array(30_000).fill(1);
    expectStatus(200, await timed(browser.verifyRegistration(created.verificationId, payload)));
    const value = 'x'.repeat(60_000);
    expect((await timed(browser.authenticationOptions({ type: 'username', value }))).status).toBe(400);
    expect(
      (await timed(browser.authenticationOptions({ type: 'email', value: `${value}@x.org` }))).status,
    ).toBe(400);
    expect(
      (await timed(browser.authenticationOptions({ type: 'phone', value: '+1'.repeat(250) }))).status,
    ).toBe(400);
  });

  it('a verification id and a credential ID of 8,000 characters', async () => {
    const browser = new Browser(server);
    await browser.register(freshUsername());
    const { authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions);
    expect((await timed(browser.verifyAuthentication('x'.repeat(8000), payload))).status).toBe(400);
    const id = 'A'.repeat(8000);
    expect(await timed(browser.verifyAuthentication(undefined, { ...payload, id, rawId: id }))).toMatchObject(
      FAILED,
    );
  });

  it('duplicate keys: the last one counts, in every check alike', async () => {
    const [alice, bob] = [freshUsername(), freshUsername()];
    const browser = new Browser(server);
    await browser.register(alice);
    const twice = (first: string, second: string) =>
      browser.post(
        '/api/experience/verification/sign-in-web-authn/authentication',
        `{"identifier":{"type":"username","value":"${first}"},"identifier":{"type":"username","value":"${second}"}}`,
      );
    expect((await twice(bob.value, alice.value)).status).toBe(200);
    expect((await twice(alice.value, bob.value)).status).toBe(404);
  });

  it.each([
    ['type', '"type":"webauthn.create"'],
    ['challenge', '"challenge":"AAAA"'],
    ['origin', '"origin":"https://evil.example"'],
    ['crossOrigin', '"crossOrigin":true'],
    ['topOrigin', '"topOrigin":"https://evil.example"'],
  ])('duplicate keys in the client data do not hide a wrong %s', async (_name, wrong) => {
    expect(await verifyWith((json) => json.replace(/\}$/, `,${wrong}}`))).toMatchObject(FAILED);
  });
});

describe('a huge list of credentials', () => {
  it('of 1,000 passkeys of one user signs in, lists and answers within a second, and names no more than browsers take', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    const { id } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
    await server.query(
      `INSERT INTO passkey.credential_records (id, user_id, rp_id, credential_id, public_key, sign_count, transports, aaguid,
                                       backup_eligible, backup_state, uv_initialized, attestation_format, user_handle, created_at)
       SELECT gen_random_uuid(), c.user_id, c.rp_id, sha256(convert_to($1 || n, 'UTF8')), c.public_key, 0, c.transports, c.aaguid,
              c.backup_eligible, c.backup_state, true, 'none', c.user_handle, c.created_at - interval '1 day'
         FROM passkey.credential_records c, generate_series(1, 999) n WHERE c.user_id = $1::uuid`,
      [id],
    );
    const created = expectStatus(200, await timed(browser.authenticationOptions(identifier)));
    expect(created.authenticationOptions.allowCredentials).toHaveLength(64);
    const payload = browser.authenticator.authenticate(created.authenticationOptions);
    expectStatus(200, await timed(browser.verifyAuthentication(created.verificationId, payload)));
    expect(await timed(browser.registrationOptions())).toMatchObject({
      status: 422,
      body: { code: 'user.too_many_passkeys' },
    });
    const list = expectStatus(200, await timed(browser.get<unknown[]>('/api/my-account/passkeys')));
    expect(list).toHaveLength(1000);
  });
});
