import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CBORType, decodeCBOR, encodeCBOR } from '@levischuck/tiny-cbor';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { toRelyingParty } from '../../libs/experience-verification/src/relying-party/relying-party.options';
import { COSE_ALGORITHMS } from '../../libs/experience-verification/src/webauthn/cose-algorithms';
import { type AttestationInput, judgeAttestation } from '../fuzz/targets';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { TestServer } from '../support/test-server';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };

const REGISTERED = COSE_ALGORITHMS.filter(({ importedOnly }) => !importedOnly);

/** Identifiers as IANA's registry of COSE algorithms has them. */
const REGISTRY: [string, number][] = [
  ['ES256', -7],
  ['ES384', -35],
  ['ES512', -36],
  ['EdDSA', -8],
  ['Ed448', -53],
  ['RS256', -257],
  ['RS384', -258],
  ['RS512', -259],
  ['PS256', -37],
  ['PS384', -38],
  ['PS512', -39],
  ['ESP256', -9],
  ['ESP384', -51],
  ['ESP512', -52],
  ['Ed25519', -19],
  ['ES256K', -47],
];

/** The first's attestation object, with the authenticator data of the second. */
function withKeyOf(signed: RegistrationResponseJSON, other: RegistrationResponseJSON): string {
  const [object, another] = [signed, other].map(
    ({ response }) =>
      decodeCBOR(new Uint8Array(Buffer.from(response.attestationObject, 'base64url'))) as Map<
        string,
        CBORType
      >,
  );
  object!.set('authData', another!.get('authData'));
  return Buffer.from(encodeCBOR(object)).toString('base64url');
}

describe('algorithms that a policy asks for', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({
      RP_POLICY: JSON.stringify({ algorithms: REGISTERED.map(({ id }) => id) }),
    });
  });
  afterAll(() => server.stop());

  it('are those of the registry', () => {
    expect(REGISTERED.map(({ name, id }) => [name, id])).toEqual(REGISTRY);
  });

  it('are the only ones that a policy may list: others are refused by one line that names those known', () => {
    const start = () =>
      toRelyingParty({ id: 'a', name: 'A', origins: ['https://a'], policy: { algorithms: [-7, -999] } });
    expect(start).toThrow(/^policy.algorithms: -999 is not known; known are ES256 \(-7\), .*ES256K \(-47\)$/);
  });

  it('come as they are into pubKeyCredParams', async () => {
    const browser = new Browser(server);
    await browser.start('Register');
    const { registrationOptions } = expectStatus(200, await browser.registrationOptions(freshUsername()));
    expect(registrationOptions.pubKeyCredParams).toEqual(
      REGISTRY.map(([, alg]) => ({ type: 'public-key', alg })),
    );
  });

  describe.each(REGISTRY)('%s', (_name, algorithm) => {
    it('registers and signs in', async () => {
      const browser = new Browser(server, new SoftwareAuthenticator({ algorithms: [algorithm] }));
      const identifier = freshUsername();
      await browser.register(identifier);
      await browser.signIn(identifier);
      await browser.signIn();
    });

    it('takes self attestation, and refuses one that another key signed', async () => {
      const authenticator = new SoftwareAuthenticator({
        algorithms: [algorithm],
        attestation: 'packed-self',
      });
      await new Browser(server, authenticator).register(freshUsername());
      const impostor = new SoftwareAuthenticator({ algorithms: [algorithm] });
      const browser = new Browser(server, impostor);
      await browser.start('Register');
      const options = expectStatus(200, await browser.registrationOptions(freshUsername()));
      const payload = authenticator.register(options.registrationOptions);
      const other = impostor.register(options.registrationOptions);
      payload.response.attestationObject = withKeyOf(payload, other);
      const id = other.id;
      expect(
        await browser.verifyRegistration(options.verificationId, { ...payload, id, rawId: id }),
      ).toMatchObject(FAILED);
      expect(server.log.findLast(({ code }) => code === FAILED.body.code)).toMatchObject({
        step: '7.1 step 22',
      });
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

describe('registrations of an independent client', () => {
  const CASES = ['rs384', 'ps256'].map((name) => {
    const text = readFileSync(join(__dirname, `registration-${name}.json`), 'utf8');
    return JSON.parse(text) as AttestationInput & { algorithm: number };
  });

  it.each(CASES)('are accepted under a policy of their algorithm ($algorithm) only', async (registration) => {
    const { algorithm } = registration;
    expect(await judgeAttestation(registration, [algorithm])).toEqual({ accepted: expect.any(String) });
    expect(await judgeAttestation(registration, [-7, -8, -257])).toEqual({
      refused: FAILED.body.code,
    });
  });
});
