import { decodeCBOR, encodeCBOR, type CBORType } from '@levischuck/tiny-cbor';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { generateCredentialKey } from '../support/credential-key';
import {
  type AssertionOverrides,
  type Overrides,
  SoftwareAuthenticator,
} from '../support/software-authenticator';
import { TestServer } from '../support/test-server';

const FAILED = 'session.mfa.webauthn_verification_failed';
const refusal = (reason: RegExp): unknown =>
  expect.objectContaining({ status: 400, code: FAILED, reason: expect.stringMatching(reason) });
const refusalAt = (step: string): unknown => expect.objectContaining({ status: 400, code: FAILED, step });
const accepted = expect.objectContaining({ status: 200 });

const BOM = Buffer.of(0xef, 0xbb, 0xbf);
const withBom = (json: Buffer) => Buffer.concat([BOM, json]);
const EXTENSIONS = Buffer.from(encodeCBOR(new Map<string, CBORType>([['unasked', true]])));

/** Steps of WebAuthn Level 3 that the specs on refusals, policies and flows do not show. */
describe('the server', () => {
  let server: TestServer;
  let preferring: TestServer;
  beforeAll(async () => {
    preferring = await TestServer.start({ RP_POLICY: '{"userVerification":"preferred"}' });
    server = await TestServer.start();
  });
  afterAll(async () => {
    await server.stop();
    await preferring.stop();
  });

  const outcome = ({ status, body }: { status: number; body: unknown }) => ({
    status,
    code: (body as { code?: string }).code,
    reason: server.reasons(FAILED).at(-1),
    step: server.log.findLast((line) => line['code'] === FAILED)?.['step'],
  });

  type Change = (object: Map<string, CBORType>) => void;

  const register = async (
    lies: Overrides = {},
    { change, extensions }: { change?: Change; extensions?: object } = {},
    authenticator = new SoftwareAuthenticator(),
    at = server,
  ) => {
    const browser = new Browser(at, authenticator);
    await browser.start('Register');
    const { verificationId, registrationOptions } = expectStatus(
      200,
      await browser.registrationOptions(freshUsername()),
    );
    const payload = authenticator.register(registrationOptions, lies);
    if (change) {
      const object = decodeCBOR(
        new Uint8Array(Buffer.from(payload.response.attestationObject, 'base64url')),
      ) as Map<string, CBORType>;
      change(object);
      payload.response.attestationObject = Buffer.from(encodeCBOR(object)).toString('base64url');
    }
    Object.assign(payload.clientExtensionResults, extensions);
    return { browser, verificationId, ...outcome(await browser.verifyRegistration(verificationId, payload)) };
  };

  const authenticate = async (
    lies: AssertionOverrides,
    authenticator = new SoftwareAuthenticator(),
    at = server,
  ) => {
    const browser = new Browser(at, authenticator);
    await browser.register(freshUsername());
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    const payload = authenticator.authenticate(authenticationOptions, lies);
    return { browser, ...outcome(await browser.verifyAuthentication(verificationId, payload)) };
  };

  describe('in a registration (section 7.1)', () => {
    it('step 3: refuses an answer without an attestation object', async () => {
      const browser = new Browser(server);
      await browser.start('Register');
      const { registrationOptions } = expectStatus(200, await browser.registrationOptions(freshUsername()));
      const payload = browser.authenticator.register(registrationOptions);
      const { clientDataJSON } = payload.response;
      const answer = await browser.post('/api/experience/verification/web-authn/registration/verify', {
        payload: { ...payload, response: { clientDataJSON } },
      });
      expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
      expect(Object.keys(answer.body['data'] as object)).toEqual(['payload.response.attestationObject']);
    });

    it('step 5: drops a byte order mark before the client data', async () => {
      expect(await register({ clientDataJSON: withBom })).toEqual(accepted);
    });

    it('step 6: refuses client data that is no JSON object', async () => {
      expect(await register({ clientDataJSON: (json) => json.subarray(1) })).toEqual(refusal(/JSON/));
      expect(await register({ clientData: () => ['webauthn.create'] })).toEqual(refusal(/type/));
      expect(await register({ clientDataJSON: () => Buffer.from('null') })).toEqual(refusal(/not an object/));
    });

    it('step 17: takes every combination of backup flags but a backup without eligibility', async () => {
      expect(await register({ be: true, bs: true })).toEqual(accepted);
      expect(await register({ be: true, bs: false })).toEqual(accepted);
      expect(await register({ be: false, bs: false })).toEqual(accepted);
      expect(await register({ be: false, bs: true })).toEqual(refusal(/backed up/));
    });

    it('step 20: refuses a key whose curve is not that of its algorithm', async () => {
      const p384 = generateCredentialKey(-35);
      const key = decodeCBOR(new Uint8Array(p384.coseKey)) as Map<number, CBORType>;
      key.set(3, -7);
      const change: Change = (object) => {
        const data = Buffer.from(object.get('authData') as Uint8Array);
        const id = data.readUInt16BE(53);
        const coseKey = Buffer.from(encodeCBOR(key));
        object.set('authData', new Uint8Array(Buffer.concat([data.subarray(0, 55 + id), coseKey])));
      };
      expect(await register({}, { change })).toEqual(refusal(/no supported algorithm/));
    });

    it('step 20: refuses a key of EdDSA that is on Ed448', async () => {
      const key = decodeCBOR(new Uint8Array(generateCredentialKey(-53).coseKey)) as Map<number, CBORType>;
      key.set(3, -8);
      const change: Change = (object) => {
        const data = Buffer.from(object.get('authData') as Uint8Array);
        const id = data.readUInt16BE(53);
        const coseKey = Buffer.from(encodeCBOR(key));
        object.set('authData', new Uint8Array(Buffer.concat([data.subarray(0, 55 + id), coseKey])));
      };
      expect(await register({}, { change })).toEqual(refusal(/no supported algorithm/));
    });

    it('step 20: refuses a point that is not on the curve', async () => {
      const change: Change = (object) => {
        const data = Buffer.from(object.get('authData') as Uint8Array);
        data[data.length - 1]! ^= 1;
        object.set('authData', new Uint8Array(data));
      };
      const es256 = new SoftwareAuthenticator({ algorithms: [-7] });
      expect(await register({}, { change }, es256)).toEqual(refusal(/./));
    });

    it('step 21: refuses a statement format that it does not know, in whatever case', async () => {
      for (const format of ['unheard-of', 'None', 'PACKED', '__proto__', '']) {
        const change: Change = (object) => object.set('fmt', format);
        const answer = await register({}, { change });
        expect(answer).toEqual(refusal(/Unsupported Attestation Format/));
        expect(answer).toEqual(refusalAt('7.1 step 21'));
      }
    });

    it('step 22: refuses a statement where there should be none', async () => {
      const change: Change = (object) => object.set('attStmt', new Map([['alg', -7]]));
      expect(await register({}, { change })).toEqual(refusal(/unexpected attestation statement/));
    });

    it('step 22: refuses a self attestation that was not signed by the credential key', async () => {
      const authenticator = new SoftwareAuthenticator({ attestation: 'packed-self' });
      const change: Change = (object) => {
        const statement = object.get('attStmt') as Map<string, CBORType>;
        const signature = Buffer.from(statement.get('sig') as Uint8Array);
        signature[signature.length - 1]! ^= 1;
        statement.set('sig', new Uint8Array(signature));
      };
      expect(await register({}, { change }, authenticator)).toEqual(refusal(/signature is not valid/));
    });

    it('step 27: keeps what the authenticator data says, and nothing that the client says beside it', async () => {
      const authenticator = new SoftwareAuthenticator({
        algorithms: [-7],
        aaguid: '00112233445566778899aabbccddeeff',
        transports: ['usb', 'nfc'],
        backupEligible: true,
        backedUp: false,
      });
      const { browser, verificationId, ...answer } = await register({ counter: 7 }, {}, authenticator);
      expect(answer).toEqual(accepted);
      expectStatus(201, await browser.identify(verificationId));
      const [credential] = authenticator.credentials;
      const [record] = await server.query(
        `SELECT rp_id, public_key, sign_count, transports, aaguid, backup_eligible, backup_state, uv_initialized,
                discoverable, attestation_format, user_handle
           FROM passkey.credential_records WHERE credential_id = $1`,
        [Buffer.from(credential!.credentialId, 'base64url')],
      );
      expect(record).toEqual({
        rp_id: 'localhost',
        public_key: credential!.coseKey,
        sign_count: '7',
        transports: ['usb', 'nfc'],
        aaguid: '00112233-4455-6677-8899-aabbccddeeff',
        backup_eligible: true,
        backup_state: false,
        uv_initialized: true,
        discoverable: true,
        attestation_format: 'none',
        user_handle: Buffer.from(credential!.userHandle, 'base64url'),
      });
    });

    it('step 27: notes that the user was not verified', async () => {
      const authenticator = new SoftwareAuthenticator();
      const { browser, verificationId } = await register({ uv: false }, {}, authenticator, preferring);
      expectStatus(201, await browser.identify(verificationId));
      const records = await preferring.query(
        `SELECT uv_initialized FROM passkey.credential_records WHERE credential_id = $1`,
        [Buffer.from(authenticator.credentials[0]!.credentialId, 'base64url')],
      );
      expect(records).toEqual([{ uv_initialized: false }]);
    });

    it('step 28: ignores extension outputs that nobody asked for, of client and authenticator', async () => {
      const unasked = { extensions: { uvm: [[1, 2, 3]], hmacCreateSecret: true, __proto__: { rk: true } } };
      expect(await register({ extensionData: EXTENSIONS }, unasked)).toEqual(accepted);
    });

    it('step 28: refuses authenticator extensions that are no CBOR', async () => {
      expect(await register({ extensionData: Buffer.of(0xff) })).toEqual(refusal(/./));
    });
  });

  describe('in an authentication (section 7.2)', () => {
    it('step 3: refuses an answer without authenticator data and signature', async () => {
      const browser = new Browser(server);
      await browser.register(freshUsername());
      const { authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
      const payload = browser.authenticator.authenticate(authenticationOptions);
      const { clientDataJSON } = payload.response;
      const answer = await browser.post(
        '/api/experience/verification/sign-in-web-authn/authentication/verify',
        { payload: { ...payload, response: { clientDataJSON } } },
      );
      expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
      expect(Object.keys(answer.body['data'] as object)).toEqual([
        'payload.response.authenticatorData',
        'payload.response.signature',
      ]);
    });

    it('step 8: drops a byte order mark before the client data', async () => {
      expect(await authenticate({ clientDataJSON: withBom })).toEqual(accepted);
    });

    it('step 9: refuses client data that is no JSON object', async () => {
      expect(await authenticate({ clientDataJSON: (json) => json.subarray(1) })).toEqual(refusal(/./));
      expect(await authenticate({ clientData: () => ['webauthn.get'] })).toEqual(refusal(/./));
      expect(await authenticate({ clientDataJSON: () => Buffer.from('null') })).toEqual(refusal(/./));
    });

    it('steps 16 and 17: needs user presence always, user verification where it was required', async () => {
      const at = (lies: AssertionOverrides, where: TestServer) =>
        authenticate(lies, new SoftwareAuthenticator(), where);
      expect(await at({ uv: false }, preferring)).toEqual(accepted);
      expect(await at({ up: false, uv: false }, preferring)).toMatchObject({ status: 400, code: FAILED });
      expect(await at({ up: false, uv: true }, preferring)).toMatchObject({ status: 400, code: FAILED });
      expect(await at({ uv: false }, server)).toEqual(refusal(/verif/));
    });

    it('step 17: goes by what was asked when the options were made, not by the policy of now', async () => {
      const browser = new Browser(preferring);
      await browser.register(freshUsername());
      const { verificationId, authenticationOptions } = expectStatus(
        200,
        await browser.discoverableOptions(),
      );
      await preferring.query(
        `UPDATE passkey.verification_records SET request = '{"userVerification":"required"}' WHERE id = $1`,
        [verificationId],
      );
      const payload = browser.authenticator.authenticate(authenticationOptions, { uv: false });
      expect((await browser.verifyAuthentication(verificationId, payload)).status).toBe(400);
    });

    it('step 18: refuses a device-bound passkey that says it is backed up', async () => {
      const bound = new SoftwareAuthenticator({ backupEligible: false });
      expect(await authenticate({ be: false, bs: true }, bound)).toEqual(refusal(/backed up/));
      expect(await authenticate({ be: false, bs: false }, bound)).toEqual(accepted);
    });

    it('step 19: refuses a passkey that turns from device-bound into synced', async () => {
      const bound = new SoftwareAuthenticator({ backupEligible: false });
      expect(await authenticate({ be: true, bs: false }, bound)).toEqual(refusal(/backup eligibility/));
      expect(await authenticate({ be: true, bs: true }, bound)).toEqual(refusal(/backup eligibility/));
    });

    it('steps 20 and 21: refuses client data and authenticator data other than were signed', async () => {
      const browser = new Browser(server);
      await browser.register(freshUsername());
      for (const member of ['clientDataJSON', 'authenticatorData'] as const) {
        const { verificationId, authenticationOptions } = expectStatus(
          200,
          await browser.discoverableOptions(),
        );
        const payload = browser.authenticator.authenticate(authenticationOptions);
        const other = browser.authenticator.authenticate(authenticationOptions, {
          clientData: (data) => ({ ...data, more: 1 }),
          counter: 9,
        });
        payload.response[member] = other.response[member];
        expect(outcome(await browser.verifyAuthentication(verificationId, payload))).toEqual(
          refusal(/signature/),
        );
      }
    });

    it('step 23: ignores extension outputs that nobody asked for', async () => {
      expect(await authenticate({ extensionData: EXTENSIONS })).toEqual(accepted);
    });

    it('step 24: keeps counter and backup state of the last assertion, and leaves uvInitialized', async () => {
      const authenticator = new SoftwareAuthenticator({ backedUp: false });
      const { browser } = await authenticate({ counter: 4, bs: true }, authenticator);
      const id = Buffer.from(authenticator.credentials[0]!.credentialId, 'base64url');
      const record = async () =>
        (
          await server.query(
            `SELECT sign_count, backup_state, uv_initialized FROM passkey.credential_records WHERE credential_id = $1`,
            [id],
          )
        )[0];
      expect(await record()).toEqual({ sign_count: '4', backup_state: true, uv_initialized: true });
      await server.query(
        `UPDATE passkey.credential_records SET uv_initialized = false WHERE credential_id = $1`,
        [id],
      );
      const { verificationId, authenticationOptions } = expectStatus(
        200,
        await browser.discoverableOptions(),
      );
      const payload = authenticator.authenticate(authenticationOptions, { counter: 12, bs: false });
      expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
      expect(await record()).toEqual({ sign_count: '12', backup_state: false, uv_initialized: false });
    });

    it('step 24: changes nothing when the assertion is refused', async () => {
      const authenticator = new SoftwareAuthenticator({ backedUp: false });
      await authenticate({ counter: 4, bs: true, uv: false }, authenticator);
      const [record] = await server.query(
        `SELECT sign_count, backup_state, last_used_at FROM passkey.credential_records WHERE credential_id = $1`,
        [Buffer.from(authenticator.credentials[0]!.credentialId, 'base64url')],
      );
      expect(record).toEqual({ sign_count: '0', backup_state: false, last_used_at: null });
    });
  });
});

describe('with the appid extension', () => {
  const appid = 'https://localhost/appid.json';
  let server: TestServer;
  let without: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ RP_POLICY: JSON.stringify({ appid }) });
    without = await TestServer.start();
  });
  afterAll(async () => {
    await server.stop();
    await without.stop();
  });

  it('step 15: takes the hash of the AppID only when it was asked for and the client says so', async () => {
    const attempt = async (at: TestServer, used: boolean, rpId: string) => {
      const browser = new Browser(at);
      await browser.register(freshUsername());
      const { verificationId, authenticationOptions } = expectStatus(
        200,
        await browser.discoverableOptions(),
      );
      const payload = browser.authenticator.authenticate(authenticationOptions, { rpId });
      payload.clientExtensionResults = { appid: used };
      return (await browser.verifyAuthentication(verificationId, payload)).status;
    };
    expect(await attempt(server, true, appid)).toBe(200);
    expect(await attempt(server, true, 'localhost')).toBe(400);
    expect(await attempt(server, false, appid)).toBe(400);
    expect(await attempt(server, false, 'localhost')).toBe(200);
    expect(await attempt(without, true, appid)).toBe(400);
  });
});
