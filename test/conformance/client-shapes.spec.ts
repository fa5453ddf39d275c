import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { TestServer } from '../support/test-server';
import { CLIENT_SHAPES, type ClientShape } from './client-shapes';

const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');
const ANDROID = `android:apk-key-hash:${Buffer.alloc(32, 0xab).toString('base64url')}`;

describe('the shapes that clients send', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ ANDROID_APPS: `com.example.passkeys=${FINGERPRINT}` });
  });
  afterAll(() => server.stop());

  const rows = CLIENT_SHAPES.map((shape) => [shape.client, shape] as const);

  const liesOf = ({ origin, clientData }: ClientShape) => ({
    ...(origin && { origin: ANDROID }),
    ...(clientData && { clientData }),
  });

  const register = async (shape: ClientShape, browser: Browser, identifier = freshUsername()) => {
    await browser.start('Register');
    const options = expectStatus(200, await browser.registrationOptions(identifier));
    const payload = browser.authenticator.register(options.registrationOptions, liesOf(shape));
    const answer = await browser.verifyRegistration(
      options.verificationId,
      shape.registration(payload) as never,
    );
    expect(answer).toMatchObject({ status: 200 });
    expectStatus(201, await browser.identify(options.verificationId));
    return identifier;
  };

  it.each(rows)('%s registers, and signs in with an identifier and without', async (_client, shape) => {
    const browser = new Browser(server, new SoftwareAuthenticator({ credentialIdLength: 36 }));
    const identifier = await register(shape, browser);
    const asked = [() => browser.authenticationOptions(identifier), () => browser.discoverableOptions()];
    for (const ask of asked) {
      await browser.start('SignIn');
      const { verificationId, authenticationOptions } = expectStatus(200, await ask());
      const payload = browser.authenticator.authenticate(authenticationOptions, liesOf(shape));
      const sent = shape.authentication(payload);
      expect(await browser.verifyAuthentication(verificationId, sent as never)).toMatchObject({
        status: 200,
      });
      expectStatus(204, await browser.identify(verificationId));
    }
  });

  it.each(['', null, undefined])('need no user handle where the user is known: %j', async (userHandle) => {
    const browser = new Browser(server);
    const [shape] = CLIENT_SHAPES;
    const identifier = await register(shape!, browser);
    const options = expectStatus(200, await browser.authenticationOptions(identifier));
    const { response, ...payload } = browser.authenticator.authenticate(options.authenticationOptions);
    const sent = { ...payload, response: { ...response, userHandle } };
    const answer = await browser.verifyAuthentication(options.verificationId, sent as never);
    expect(answer).toMatchObject({ status: 200 });
  });

  it('are all in docs/conformance.md, with their sources', () => {
    const page = readFileSync(join(__dirname, '../../docs/conformance.md'), 'utf8');
    const section = page.split('\n## Clients\n')[1]!.split('\n## ')[0]!;
    const told = [...section.matchAll(/^\| (?!client |-)(.+?) +\| (.+?) +\|$/gm)].map(
      ([, client, source]) => [client, source],
    );
    expect(told).toEqual(CLIENT_SHAPES.map(({ client, source }) => [client, source]));
  });
});
