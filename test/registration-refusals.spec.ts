import type {
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { pendingRegistration } from './support/records';
import { TestServer } from './support/test-server';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };

describe('a registration that is wrong', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const pending = (authenticator?: SoftwareAuthenticator) => pendingRegistration(server, authenticator);

  type Make = (
    authenticator: SoftwareAuthenticator,
    options: PublicKeyCredentialCreationOptionsJSON,
  ) => RegistrationResponseJSON;

  it.each<[string, Make, RegExp]>([
    ['another challenge', (a, o) => a.register(o, { challenge: 'A'.repeat(43) }), /challenge/],
    ['a foreign origin', (a, o) => a.register(o, { origin: 'https://evil.example' }), /origin/],
    ['a foreign relying party', (a, o) => a.register(o, { rpId: 'evil.example' }), /RP ID/],
    ['the type of an assertion', (a, o) => a.register(o, { type: 'webauthn.get' }), /type/],
    ['an id that is not its rawId', (a, o) => ({ ...a.register(o), rawId: 'AAAA' }), /rawId/],
    ['no user presence', (a, o) => a.register(o, { up: false }), /not present/],
    ['no user verification', (a, o) => a.register(o, { uv: false }), /[Uu]ser verification/],
    [
      'backup state without eligibility',
      (a, o) => a.register(o, { be: false, bs: true }),
      /backup|backed up/i,
    ],
    ['a cross-origin iframe', (a, o) => a.register(o, { crossOrigin: true }), /cross-origin iframe/],
    ['a top origin', (a, o) => a.register(o, { topOrigin: 'https://evil.example' }), /top origin/],
    [
      'a credential id of over 1023 bytes',
      (a, o) => a.register(o, { credentialId: Buffer.alloc(1024, 1).toString('base64url') }),
      /1024 bytes/,
    ],
    [
      'a credential id of 7000 bytes',
      (a, o) => a.register(o, { credentialId: Buffer.alloc(7000, 1).toString('base64url') }),
      /7000 bytes/,
    ],
    [
      "an id that is not the authenticator data's",
      (a, o) => ({ ...a.register(o), id: 'AAAA', rawId: 'AAAA' }),
      /not the one/,
    ],
    [
      'an algorithm that was not asked for',
      (a, o) => a.register({ ...o, pubKeyCredParams: [{ type: 'public-key', alg: -35 }] }),
      /alg/,
    ],
    [
      'a credential that is not discoverable',
      (a, o) => {
        a.discoverable = false;
        return a.register(o);
      },
      /discoverable/,
    ],
    [
      'a broken self attestation',
      (a, o) => {
        a.attestation = 'packed-self';
        return withOtherClientData(a, o);
      },
      /attestation|signature/i,
    ],
    ['an attestation object that is no CBOR', (a, o) => withAttestation(a.register(o), 'AAAA'), /./],
  ])('is refused for %s, with one answer and the reason in the log', async (_name, make, reason) => {
    const { browser, verificationId, registrationOptions } = await pending();
    const answer = await browser.verifyRegistration(
      verificationId,
      make(browser.authenticator, registrationOptions),
    );
    expect(answer).toMatchObject(FAILED);
    expect(server.reasons(FAILED.body.code).at(-1)).toMatch(reason);
    const again = await browser.verifyRegistration(
      verificationId,
      new SoftwareAuthenticator().register(registrationOptions),
    );
    expect(again).toMatchObject({ status: 400, body: { code: 'session.mfa.pending_info_not_found' } });
    expect(await browser.identify(verificationId)).toMatchObject({
      status: 400,
      body: { code: 'session.verification_failed' },
    });
  });

  it('takes a credential id of 1023 bytes, and self attestation', async () => {
    const authenticator = new SoftwareAuthenticator({ credentialIdLength: 1023, attestation: 'packed-self' });
    const browser = new Browser(server, authenticator);
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.signIn(identifier);
  });

  it('is refused for a credential that is known already', async () => {
    const thief = await pending();
    const owner = new Browser(server);
    await owner.register(freshUsername());
    const { credentialId } = owner.authenticator.credentials[0]!;
    const payload = thief.browser.authenticator.register(thief.registrationOptions, { credentialId });
    expect(await thief.browser.verifyRegistration(thief.verificationId, payload)).toMatchObject({
      status: 422,
      body: { code: 'session.mfa.webauthn_credential_already_in_use' },
    });
  });

  it('is refused at identification when the credential was bound meanwhile, and leaves no user behind', async () => {
    const [first, second] = [await pending(), await pending()];
    const credentialId = Buffer.alloc(32, 7).toString('base64url');
    for (const { browser, verificationId, registrationOptions } of [first, second]) {
      const payload = browser.authenticator.register(registrationOptions, { credentialId });
      expectStatus(200, await browser.verifyRegistration(verificationId, payload));
    }
    expectStatus(201, await first.browser.identify(first.verificationId));
    expect(await second.browser.identify(second.verificationId)).toMatchObject({
      status: 422,
      body: { code: 'session.mfa.webauthn_credential_already_in_use' },
    });
    expect(
      await server.query(`SELECT FROM passkey.user_identifiers WHERE type = 'username' AND value = $1`, [
        second.identifier.value,
      ]),
    ).toHaveLength(0);
  });

  it.each([
    ['username', 'taken-name', 'user.username_already_in_use'],
    ['email', 'taken@example.com', 'user.email_already_in_use'],
    ['phone', '+442071838752', 'user.phone_already_in_use'],
  ] as const)(
    'is refused for a taken %s, at the options and, race-free, at identification',
    async (type, value, code) => {
      const [winner, loser] = [new Browser(server), new Browser(server)];
      const verified: string[] = [];
      for (const browser of [winner, loser]) {
        await browser.start('Register');
        const options = expectStatus(200, await browser.registrationOptions({ type, value }));
        const payload = browser.authenticator.register(options.registrationOptions);
        expectStatus(200, await browser.verifyRegistration(options.verificationId, payload));
        verified.push(options.verificationId);
      }
      const answers = await Promise.all([winner.identify(verified[0]!), loser.identify(verified[1]!)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
      expect(answers.find(({ status }) => status === 422)?.body).toMatchObject({ code });
      const late = new Browser(server);
      await late.start('Register');
      expect(await late.registrationOptions({ type, value })).toMatchObject({ status: 422, body: { code } });
    },
  );

  it('is refused for a new user outside a Register interaction, and for nobody in particular', async () => {
    const browser = new Browser(server);
    expect(await browser.registrationOptions(freshUsername())).toMatchObject({
      status: 400,
      body: { code: 'session.invalid_interaction_type' },
    });
    expect(await browser.registrationOptions()).toMatchObject({
      status: 401,
      body: { code: 'auth.unauthorized' },
    });
  });
});

/** A valid self attestation, then client data that it was not made for. */
function withOtherClientData(
  authenticator: SoftwareAuthenticator,
  options: PublicKeyCredentialCreationOptionsJSON,
): RegistrationResponseJSON {
  const payload = authenticator.register(options);
  const clientData = JSON.parse(
    Buffer.from(payload.response.clientDataJSON, 'base64url').toString(),
  ) as object;
  const changed = Buffer.from(JSON.stringify({ ...clientData, more: 1 })).toString('base64url');
  return { ...payload, response: { ...payload.response, clientDataJSON: changed } };
}

const withAttestation = (
  payload: RegistrationResponseJSON,
  attestationObject: string,
): RegistrationResponseJSON => ({
  ...payload,
  response: { ...payload.response, attestationObject },
});
