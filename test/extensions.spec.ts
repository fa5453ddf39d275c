import { Browser, type CreatedRegistration, expectStatus, freshUsername } from './support/browser';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { TestServer } from './support/test-server';

const EXPERIENCE = '/api/experience';
const REGISTRATION = `${EXPERIENCE}/verification/web-authn/registration`;

interface Created {
  verificationId: string;
  authenticationOptions: { extensions?: unknown };
  registrationOptions: { extensions?: unknown };
}

describe('extensions that a page asks for', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const prf = { eval: { first: 'Zmlyc3Q', second: 'c2Vjb25k' } };

  it('are passed into the options of each ceremony', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.start('Register');
    const support = { largeBlob: { support: 'preferred' }, prf };
    const created = await browser.post<Created>(REGISTRATION, { identifier, extensions: support });
    expect(created.body.registrationOptions.extensions).toEqual({ credProps: true, ...support });
    await browser.register(identifier);
    const evalByCredential = { [browser.authenticator.credentials.at(-1)!.credentialId]: { first: 'YQ' } };
    const extensions = { prf: { ...prf, evalByCredential }, largeBlob: { write: 'YmxvYg' } };
    for (const [path, body] of [
      [`${EXPERIENCE}/verification/sign-in-web-authn/authentication`, { identifier, extensions }],
      [`${EXPERIENCE}/preflight/sign-in-web-authn/authentication`, { extensions }],
      [`${EXPERIENCE}/verification/web-authn/authentication`, { extensions }],
    ] as const) {
      const answer = await browser.post<Created>(path, body);
      expect(answer.body.authenticationOptions.extensions).toEqual(extensions);
    }
    const unknown = { YQ: { first: 'YQ==', second: null, third: {} } };
    const known = await browser.post<Created>(`${EXPERIENCE}/preflight/sign-in-web-authn/authentication`, {
      extensions: { prf: { evalByCredential: unknown } },
    });
    expect(known.body.authenticationOptions.extensions).toEqual({
      prf: { evalByCredential: { YQ: { first: 'YQ' } } },
    });
    const read = await browser.post<Created>(`${EXPERIENCE}/preflight/sign-in-web-authn/authentication`, {
      extensions: { largeBlob: { read: true }, prf: null, minPinLength: true },
    });
    expect(read.body.authenticationOptions.extensions).toEqual({ largeBlob: { read: true } });
  });

  it.each([
    [{ prf: { eval: { first: '' } } }, 'extensions.prf.eval.first'],
    [{ prf: { eval: { first: 'not base64url!' } } }, 'extensions.prf.eval.first'],
    [{ prf: { evalByCredential: [] } }, 'extensions.prf.evalByCredential'],
    [{ prf: { evalByCredential: { YQ: 5 } } }, 'extensions.prf.evalByCredential'],
    [{ prf: { evalByCredential: { YQ: {} } } }, 'extensions.prf.evalByCredential'],
    [{ prf: { evalByCredential: { YQ: { first: '!' } } } }, 'extensions.prf.evalByCredential'],
    [{ prf: { evalByCredential: { YQ: { first: 'YQ', second: 5 } } } }, 'extensions.prf.evalByCredential'],
    [{ prf: { evalByCredential: { 'a b': { first: 'YQ' } } } }, 'extensions.prf.evalByCredential'],
    [{ largeBlob: { support: 'maybe' } }, 'extensions.largeBlob.support'],
    [{ largeBlob: { read: 'yes' } }, 'extensions.largeBlob.read'],
    [{ largeBlob: { write: '*' } }, 'extensions.largeBlob.write'],
    ['prf', 'extensions'],
  ])('that can not be right are refused: %j', async (extensions, member) => {
    const answer = await new Browser(server).post(
      `${EXPERIENCE}/preflight/sign-in-web-authn/authentication`,
      {
        extensions,
      },
    );
    expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
    expect(Object.keys(answer.body['data'] as object)).toEqual([member]);
  });

  it('give results that are never kept', async () => {
    const browser = new Browser(server);
    await browser.register(freshUsername());
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions);
    const results = { prf: { results: { first: 'bmV2ZXItdG8tYmUta2VwdA' } } };
    const answer = await browser.verifyAuthentication(verificationId, {
      ...payload,
      clientExtensionResults: results as never,
    });
    expectStatus(200, answer);
    const kept = await server.query(
      `SELECT v::text, (SELECT json_agg(a)::text FROM passkey.audit_events a) AS events FROM passkey.verification_records v`,
    );
    expect(JSON.stringify([kept, server.log])).not.toContain('bmV2ZXItdG8tYmUta2VwdA');
  });
});

describe('conditional create: a passkey without a prompt', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const create = async (body: object, lies = {}) => {
    const browser = new Browser(server);
    await browser.register(freshUsername());
    const authenticator = new SoftwareAuthenticator();
    const { verificationId, registrationOptions } = expectStatus(
      200,
      await browser.post<CreatedRegistration>(REGISTRATION, body),
    );
    const payload = authenticator.register(registrationOptions, lies);
    return {
      browser,
      verificationId,
      registrationOptions,
      answer: await browser.verifyRegistration(verificationId, payload),
    };
  };

  it('needs nobody present or verified, and its options do not ask for that', async () => {
    const { browser, verificationId, registrationOptions, answer } = await create(
      { mediation: 'conditional' },
      { up: false, uv: false },
    );
    expect(registrationOptions.authenticatorSelection?.userVerification).toBe('preferred');
    expectStatus(200, answer);
    expectStatus(201, await browser.post('/api/my-account/passkeys', { verificationId }));
  });

  it('is what was asked for, not what the answer claims', async () => {
    expect((await create({}, { up: false, uv: true })).answer.status).toBe(400);
    expect((await create({}, { uv: false })).answer.status).toBe(400);
  });

  it('is for those who are signed in, never for a first passkey', async () => {
    expect((await new Browser(server).post(REGISTRATION, { mediation: 'conditional' })).status).toBe(401);
    const browser = new Browser(server);
    await browser.start('Register');
    const { verificationId, registrationOptions } = expectStatus(
      200,
      await browser.post<{ verificationId: string; registrationOptions: never }>(REGISTRATION, {
        identifier: freshUsername(),
        mediation: 'conditional',
      }),
    );
    const payload = browser.authenticator.register(registrationOptions, { up: false, uv: false });
    expect((await browser.verifyRegistration(verificationId, payload)).status).toBe(400);
  });

  it('refuses another mediation', async () => {
    const answer = await new Browser(server).post(REGISTRATION, { mediation: 'silent' });
    expect(answer).toMatchObject({ status: 400, body: { data: { mediation: ['must be conditional'] } } });
  });
});
