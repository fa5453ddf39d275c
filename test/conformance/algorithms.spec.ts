import { Browser, expectStatus, freshUsername } from '../support/browser';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { TestServer } from '../support/test-server';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };

describe('algorithms that a policy asks for', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({
      RP_POLICY: JSON.stringify({ algorithms: [-8, -7, -35, -36, -257, -53] }),
    });
  });
  afterAll(() => server.stop());

  describe.each([
    ['EdDSA', -8],
    ['ES256', -7],
    ['ES384', -35],
    ['ES512', -36],
    ['RS256', -257],
    ['Ed448', -53],
  ])('%s', (_name, algorithm) => {
    it('registers and signs in', async () => {
      const browser = new Browser(server, new SoftwareAuthenticator({ algorithms: [algorithm] }));
      const identifier = freshUsername();
      await browser.register(identifier);
      await browser.signIn(identifier);
      await browser.signIn();
    });

    // The library verifies statements, and has no Ed448.
    const verdict = algorithm === -53 ? 'refuses' : 'takes';
    it(`${verdict} self attestation`, async () => {
      const authenticator = new SoftwareAuthenticator({
        algorithms: [algorithm],
        attestation: 'packed-self',
      });
      const registering = new Browser(server, authenticator).register(freshUsername());
      if (algorithm === -53) await expect(registering).rejects.toThrow(FAILED.body.code);
      else await registering;
    });

    it('refuses the signature of another key', async () => {
      const authenticator = new SoftwareAuthenticator({ algorithms: [algorithm] });
      const browser = new Browser(server, authenticator);
      await browser.register(freshUsername());
      const [credential] = authenticator.credentials;
      const impostor = new SoftwareAuthenticator({ algorithms: [algorithm] });
      await new Browser(server, impostor).register(freshUsername());
      const { verificationId, authenticationOptions } = expectStatus(
        200,
        await browser.discoverableOptions(),
      );
      const payload = authenticator.authenticate(authenticationOptions, {
        credential: { ...credential!, privateKey: impostor.credentials[0]!.privateKey },
      });
      expect(await browser.verifyAuthentication(verificationId, payload)).toMatchObject(FAILED);
    });
  });
});
