import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CBORType, decodeCBOR, encodeCBOR } from '@levischuck/tiny-cbor';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { toRelyingParty } from '../../libs/experience-verification/src/relying-party/relying-party.options';
import { COSE_ALGORITHMS } from '../../libs/experience-verification/src/webauthn/cose-algorithms';
import { type AttestationInput, judgeAttestation } from '../fuzz/targets';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import {
  CREDENTIAL_ALGORITHMS,
  generateCredentialKey,
  SUPPORTED_ALGORITHMS,
} from '../support/credential-key';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { TestServer } from '../support/test-server';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };

const ML_DSA: [string, number][] = [
  ['ML-DSA-44', -48],
  ['ML-DSA-65', -49],
  ['ML-DSA-87', -50],
];

/** Whether the OpenSSL of this runtime has it. */
function hasMlDsa(name: string): boolean {
  try {
    generateKeyPairSync(name.toLowerCase() as 'ed25519');
    return true;
  } catch {
    return false;
  }
}

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
  ...ML_DSA.filter(([name]) => hasMlDsa(name)),
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
      RP_POLICY: JSON.stringify({ algorithms: [...SUPPORTED_ALGORITHMS, -65535] }),
    });
  });
  afterAll(() => server.stop());

  it('are those of the registry', () => {
    expect(CREDENTIAL_ALGORITHMS.map(({ name, id }) => [name, id])).toEqual(REGISTRY);
  });

  it('are the only ones that a policy may list: others are refused by one line that names those known', () => {
    const start = () =>
      toRelyingParty({ id: 'a', name: 'A', origins: ['https://a'], policy: { algorithms: [-7, -999] } });
    expect(start).toThrow(/^policy.algorithms: -999 is not known; known are ES256 \(-7\), .*RS1 \(-65535\)$/);
  });

  it.each(ML_DSA)(
    'may be %s only where the runtime has it, and are refused by that name elsewhere',
    (name, id) => {
      const start = () =>
        toRelyingParty({ id: 'a', name: 'A', origins: ['https://a'], policy: { algorithms: [-7, id] } });
      if (hasMlDsa(name)) expect(start).not.toThrow();
      else
        expect(start).toThrow(
          new RegExp(`^policy.algorithms: ${name} \\(${id}\\) needs OpenSSL 3.5, .*; known are ES256`),
        );
    },
  );

  it('are not RS1 alone, which nobody registers', () => {
    const start = () =>
      toRelyingParty({ id: 'a', name: 'A', origins: ['https://a'], policy: { algorithms: [-65535] } });
    expect(start).toThrow('policy.algorithms: at least one that passkeys may have is needed');
  });

  it('come as they are into pubKeyCredParams, but for RS1', async () => {
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

describe('keys whose identifier has another meaning elsewhere', () => {
  const [ed448] = COSE_ALGORITHMS.filter(({ id, curve }) => id === -8 && curve?.jwk === 'Ed448');
  const onEd448 = () =>
    new SoftwareAuthenticator({ algorithms: [-8], makeKey: () => generateCredentialKey(ed448!) });
  let server: TestServer | undefined;
  afterEach(() => server?.stop());

  const serve = async (algorithms: number[]) =>
    (server = await TestServer.start({ RP_POLICY: JSON.stringify({ algorithms }) }));
  const register = async (at: TestServer, authenticator: SoftwareAuthenticator, asked: number[]) => {
    const browser = new Browser(at, authenticator);
    await browser.start('Register');
    const options = expectStatus(200, await browser.registrationOptions(freshUsername()));
    const pubKeyCredParams = asked.map((alg) => ({ type: 'public-key' as const, alg }));
    const payload = authenticator.register({ ...options.registrationOptions, pubKeyCredParams });
    return browser.verifyRegistration(options.verificationId, payload);
  };

  it('are of Ed448 under EdDSA (-8) where the policy names Ed448 too, and sign in', async () => {
    const running = await serve([-8, -53]);
    const browser = new Browser(running, onEd448());
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.signIn(identifier);
  });

  it('are not of Ed448 under EdDSA (-8) elsewhere (section 5.8.5)', async () => {
    const running = await serve([-8, -7]);
    expect(await register(running, onEd448(), [-8])).toMatchObject(FAILED);
    expect(running.log.findLast(({ code }) => code === FAILED.body.code)).toMatchObject({
      step: '7.1 step 20: key',
    });
  });

  it('are none of RS1, even where a policy names it', async () => {
    const running = await serve([-257, -65535]);
    const rs1 = COSE_ALGORITHMS.find(({ id }) => id === -65535)!;
    const authenticator = new SoftwareAuthenticator({
      algorithms: [-65535],
      makeKey: () => generateCredentialKey(rs1),
      attestation: 'packed-self',
    });
    expect(await register(running, authenticator, [-65535])).toMatchObject(FAILED);
    expect(running.log.findLast(({ code }) => code === FAILED.body.code)).toMatchObject({
      step: '7.1 step 20',
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
    expect(await judgeAttestation(registration, [-7, -8, -257])).toMatchObject({
      refused: FAILED.body.code,
    });
  });
});
