import { Browser, expectStatus, freshUsername } from './support/browser';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { TestServer } from './support/test-server';

const INVALID = (member: string) => ({
  status: 400,
  body: { code: 'guard.invalid_input', data: { [member]: ['must be base64url'] } },
});

const padded = (text: string) => text.padEnd(Math.ceil(text.length / 4) * 4, '=');

/** What is no base64url, made of text that is. */
const WRONG: [string, (text: string) => string][] = [
  ['base64', (text) => `${text.slice(0, -4)}+/8A`],
  ['a blank', (text) => `${text} `],
  ['padding within', (text) => `${text.slice(0, 4)}=${text.slice(4)}`],
  ['too much padding', (text) => `${text}===`],
  ['a character too many', (text) => text.padEnd(Math.ceil(text.length / 4) * 4 + 1, 'A')],
];

const AT_BOTH = ['id', 'rawId', 'response.clientDataJSON'];
const AT_REGISTRATION = [...AT_BOTH, 'response.attestationObject'];
const AT_AUTHENTICATION = [
  ...AT_BOTH,
  'response.authenticatorData',
  'response.signature',
  'response.userHandle',
];

/** The answer with one member, named by its path, changed. */
function changed<T extends object>(payload: T, path: string, change: (text: string) => string): T {
  const copy = structuredClone(payload) as Record<string, unknown> & { response: Record<string, unknown> };
  const at = path.startsWith('response.') ? copy.response : copy;
  const name = path.replace('response.', '');
  at[name] = change(at[name] as string);
  return copy as unknown as T;
}

describe('binary members of an answer', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const register = async (change: (payload: ReturnType<SoftwareAuthenticator['register']>) => object) => {
    const browser = new Browser(server);
    await browser.start('Register');
    const options = expectStatus(200, await browser.registrationOptions(freshUsername()));
    const payload = change(browser.authenticator.register(options.registrationOptions));
    return browser.verifyRegistration(options.verificationId, payload as never);
  };

  const signIn = async (change: (payload: ReturnType<SoftwareAuthenticator['authenticate']>) => object) => {
    const browser = new Browser(server, new SoftwareAuthenticator({ credentialIdLength: 16 }));
    await browser.register(freshUsername());
    const options = expectStatus(200, await browser.discoverableOptions());
    const payload = change(browser.authenticator.authenticate(options.authenticationOptions));
    return browser.verifyAuthentication(options.verificationId, payload as never);
  };

  it.each(AT_REGISTRATION)('may be padded at registration: %s', async (member) => {
    expect((await register((payload) => changed(payload, member, padded))).status).toBe(200);
  });

  it.each(AT_AUTHENTICATION)('may be padded at authentication: %s', async (member) => {
    expect((await signIn((payload) => changed(payload, member, padded))).status).toBe(200);
  });

  it.each([
    ['a text', 'internal'],
    ['an object', {}],
    ['numbers', [1]],
  ])(
    'come with hints of how the authenticator is reached, which are dropped where they are none: %s',
    async (_name, transports) => {
      const { status } = await register((payload) => ({
        ...payload,
        response: { ...payload.response, transports },
      }));
      expect(status).toBe(200);
    },
  );

  it('may be padded all at once, of a passkey that is found by it', async () => {
    const answer = await signIn((payload) =>
      AT_AUTHENTICATION.reduce((one, member) => changed(one, member, padded), payload),
    );
    expect(answer.status).toBe(200);
  });

  describe.each(WRONG)('are refused by name for %s', (_name, wrong) => {
    it.each(AT_REGISTRATION)('at registration: %s', async (member) => {
      expect(await register((payload) => changed(payload, member, wrong))).toMatchObject(
        INVALID(`payload.${member}`),
      );
    });

    it.each(AT_AUTHENTICATION)('at authentication: %s', async (member) => {
      const answer = await signIn((payload) => changed(payload, member, wrong));
      expect(answer).toMatchObject(INVALID(`payload.${member}`));
      expect(JSON.stringify(answer.body)).not.toContain('unknownCredential');
    });
  });
});

describe('members of the client data', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it.each<[string, object]>([
    ['crossOrigin of null', { crossOrigin: null }],
    ['topOrigin of null', { topOrigin: null }],
    ['both of null', { crossOrigin: null, topOrigin: null }],
    ['a token binding of text', { tokenBinding: 'unused' }],
    ['a token binding of an unknown status', { tokenBinding: { status: 'of no kind' } }],
    ['a token binding that is a number', { tokenBinding: 1 }],
    ['a token binding of null', { tokenBinding: null }],
  ])('do not matter in either ceremony: %s', async (_name, members) => {
    const clientData = (data: Record<string, unknown>) => ({ ...data, ...members });
    const browser = new Browser(server);
    await browser.start('Register');
    const made = expectStatus(200, await browser.registrationOptions(freshUsername()));
    const attestation = browser.authenticator.register(made.registrationOptions, { clientData });
    expectStatus(200, await browser.verifyRegistration(made.verificationId, attestation));
    expectStatus(201, await browser.identify(made.verificationId));
    expectStatus(200, await browser.submit());
    const options = expectStatus(200, await browser.discoverableOptions());
    const payload = browser.authenticator.authenticate(options.authenticationOptions, { clientData });
    expectStatus(200, await browser.verifyAuthentication(options.verificationId, payload));
  });
});
