import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttestationAuthority } from './support/attestation-authority';
import { Browser, expectStatus, freshUsername } from './support/browser';
import {
  type AttestationKey,
  type Behaviour,
  type Overrides,
  SoftwareAuthenticator,
} from './support/software-authenticator';
import { TestServer } from './support/test-server';

const FAILED = 'session.mfa.webauthn_verification_failed';
const MODEL = '0f0f0f0f-1111-2222-3333-444444444444';
const aaguidOf = (uuid: string) => uuid.replaceAll('-', '');

describe('the policy of a relying party', () => {
  const servers: TestServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });

  const serve = async (policy: object, env: Record<string, string> = {}) => {
    const server = await TestServer.start({ RP_POLICY: JSON.stringify(policy), ...env });
    servers.push(server);
    return server;
  };

  /** Registers up to the verification; the answer, and the reason where it is refused. */
  const register = async (running: TestServer, behaviour: Partial<Behaviour>, lies: Overrides = {}) => {
    const browser = new Browser(running, new SoftwareAuthenticator(behaviour));
    await browser.start('Register');
    const { verificationId, registrationOptions } = expectStatus(
      200,
      await browser.registrationOptions(freshUsername()),
    );
    const payload = browser.authenticator.register(registrationOptions, lies);
    const { status, body } = await browser.verifyRegistration(verificationId, payload);
    const code = (body as Record<string, unknown>)['code'];
    return {
      status,
      code,
      reason: status === 200 ? undefined : running.reasons(FAILED).at(-1),
      registrationOptions,
    };
  };

  const refusal = (reason: RegExp): unknown =>
    expect.objectContaining({ status: 400, code: FAILED, reason: expect.stringMatching(reason) });
  const accepted = expect.objectContaining({ status: 200 });

  it('takes device-bound passkeys only', async () => {
    const running = await serve({ deviceTypes: ['singleDevice'] });
    expect(await register(running, { backupEligible: true })).toEqual(
      refusal(/multiDevice are not accepted/),
    );
    expect(await register(running, { backupEligible: false })).toEqual(accepted);
  });

  it('takes synced passkeys only', async () => {
    const running = await serve({ deviceTypes: ['multiDevice'] });
    expect(await register(running, { backupEligible: false })).toEqual(
      refusal(/singleDevice are not accepted/),
    );
    expect(await register(running, { backupEligible: true })).toEqual(accepted);
  });

  it('denies a model of authenticator', async () => {
    const running = await serve({ deniedAaguids: [MODEL.toUpperCase()] });
    expect(await register(running, { aaguid: aaguidOf(MODEL) })).toEqual(refusal(/is denied/));
    expect(await register(running, {})).toEqual(accepted);
  });

  it('allows named models only', async () => {
    const running = await serve({ allowedAaguids: [MODEL] });
    expect(await register(running, {})).toEqual(refusal(/is not one of those allowed/));
    expect(await register(running, { aaguid: aaguidOf(MODEL) })).toEqual(accepted);
  });

  it.each(['direct', 'enterprise'])(
    'asks for %s attestation, and takes none for an answer no more',
    async (attestation) => {
      const running = await serve({ attestation });
      const without = await register(running, { attestation: 'none' });
      expect(without).toEqual(refusal(/format "none" is not accepted/));
      expect(without.registrationOptions.attestation).toBe(attestation);
      expect(await register(running, { attestation: 'packed-self' })).toEqual(accepted);
    },
  );

  it('asks for indirect attestation, and takes none', async () => {
    const running = await serve({ attestation: 'indirect' });
    const without = await register(running, { attestation: 'none' });
    expect(without).toEqual(accepted);
    expect(without.registrationOptions.attestation).toBe('indirect');
  });

  it('takes named formats of attestation only', async () => {
    const running = await serve({ attestationFormats: ['none'] });
    expect(await register(running, { attestation: 'packed-self' })).toEqual(
      refusal(/format "packed" is not accepted/),
    );
    expect(await register(running, { attestation: 'none' })).toEqual(accepted);
  });

  it('sets algorithms, hints and the timeout, which is the lifetime of the challenge', async () => {
    const running = await serve({ algorithms: [-257], hints: ['security-key', 'hybrid'], timeout: 7 });
    const { registrationOptions } = await register(running, {});
    expect(registrationOptions).toMatchObject({
      pubKeyCredParams: [{ alg: -257 }],
      hints: ['security-key', 'hybrid'],
      timeout: 7000,
    });
    const { authenticationOptions } = expectStatus(200, await new Browser(running).discoverableOptions());
    expect(authenticationOptions).toMatchObject({ hints: ['security-key', 'hybrid'], timeout: 7000 });
    const [pending] = await running.query<{ seconds: number }>(
      `SELECT extract(epoch FROM expires_at - created_at)::int AS seconds FROM passkey.verification_records
        WHERE ceremony = 'authentication'`,
    );
    expect(pending).toEqual({ seconds: 7 });
  });

  describe('on a signature counter that has gone back', () => {
    const signInWithCounter = async (browser: Browser, counter: number) => {
      await browser.start('SignIn');
      const { verificationId, authenticationOptions } = expectStatus(
        200,
        await browser.discoverableOptions(),
      );
      const payload = browser.authenticator.authenticate(authenticationOptions, { counter });
      const answer = await browser.verifyAuthentication(verificationId, payload);
      if (answer.status === 200) {
        expectStatus(204, await browser.identify(verificationId));
        expectStatus(200, await browser.submit());
      }
      return answer.status;
    };
    const marks = async (browser: Browser) => {
      const [passkey] = expectStatus(
        200,
        await browser.get<{ cloneSuspectedAt: string | null }[]>('/api/my-account/passkeys'),
      );
      return passkey!.cloneSuspectedAt;
    };

    it.each([
      ['a passkey bound to its device, by default', false, {}],
      ['a synced passkey too, where that is wished', true, { signCountRegression: 'refuse' }],
    ])('refuses %s', async (_, synced, policy) => {
      const running = await serve(policy);
      const browser = new Browser(
        running,
        new SoftwareAuthenticator({ backupEligible: synced, backedUp: synced }),
      );
      await browser.register(freshUsername());
      expect(await signInWithCounter(browser, 5)).toBe(200);
      expect(await signInWithCounter(browser, 5)).toBe(400);
      expect(running.reasons(FAILED).at(-1)).toMatch(/counter is 5, after 5/);
    });

    it.each([
      ['a synced passkey, by default', true, {}],
      ['one bound to its device, where that is wished', false, { signCountRegression: 'mark' }],
    ])('signs in and marks %s', async (_, synced, policy) => {
      const running = await serve(policy);
      const browser = new Browser(
        running,
        new SoftwareAuthenticator({ backupEligible: synced, backedUp: synced }),
      );
      await browser.register(freshUsername());
      expect(await signInWithCounter(browser, 5)).toBe(200);
      expect(await marks(browser)).toBeNull();
      expect(await signInWithCounter(browser, 3)).toBe(200);
      expect(await marks(browser)).toEqual(expect.any(String));
      const [row] = await running.query<{ sign_count: string }>(
        'SELECT sign_count FROM passkey.credential_records',
      );
      expect(row).toEqual({ sign_count: '5' });
      const events = await browser.manage<{ events: { type: string }[] }>('GET', '/api/audit-events');
      expect(events.body.events.map(({ type }) => type)).toContain('passkey.clone-suspected');
    });
  });

  describe('on iframes of other origins', () => {
    const TOP = 'https://shop.example';

    it('lets listed top origins embed, and no others', async () => {
      const running = await serve({ crossOrigin: true, topOrigins: [TOP] });
      expect(await register(running, {}, { crossOrigin: true, topOrigin: TOP })).toEqual(accepted);
      expect(await register(running, {}, { crossOrigin: true })).toEqual(accepted);
      expect(await register(running, {}, { crossOrigin: true, topOrigin: 'https://evil.example' })).toEqual(
        refusal(/top origin/),
      );
      expect(await register(running, {}, { topOrigin: TOP })).toEqual(refusal(/top origin/));
      const page = await fetch(`${running.url}/`);
      expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors ${TOP}`);
      const browser = new Browser(running);
      await browser.register(freshUsername());
      for (const [topOrigin, status] of [
        [TOP, 200],
        ['https://evil.example', 400],
      ] as const) {
        const { verificationId, authenticationOptions } = expectStatus(
          200,
          await browser.discoverableOptions(),
        );
        const payload = browser.authenticator.authenticate(authenticationOptions, {
          crossOrigin: true,
          topOrigin,
        });
        expect((await browser.verifyAuthentication(verificationId, payload)).status).toBe(status);
      }
    });

    it('lets nobody embed, by default', async () => {
      const running = await serve({});
      expect(await register(running, {}, { crossOrigin: true })).toEqual(refusal(/cross-origin iframe/));
      const page = await fetch(`${running.url}/`);
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    });
  });

  describe('on attestation, by the FIDO metadata', () => {
    const POLICY = { attestation: 'direct', attestationTrust: 'metadata' };
    let folder: string;
    let service: AttestationAuthority;
    let maker: AttestationAuthority;
    let attestation: AttestationKey;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'passkey-metadata-'));
      service = await AttestationAuthority.create('Metadata service');
      maker = await AttestationAuthority.create('Maker');
      attestation = await maker.issue();
      await writeFile(join(folder, 'root.pem'), service.rootPem);
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const entry = (status: string, types = ['basic_full']) => ({
      aaguid: MODEL,
      metadataStatement: {
        aaguid: MODEL,
        description: 'Test model',
        attestationTypes: types,
        attestationRootCertificates: [maker.rootBase64],
      },
      statusReports: [{ status }],
      timeOfLastStatusChange: '2026-01-01',
    });

    const serveWith = async (blob: string, further: object = {}) => {
      const path = join(folder, 'blob.jwt');
      await writeFile(path, blob);
      return serve(
        { ...POLICY, ...further },
        { FIDO_METADATA: path, FIDO_METADATA_ROOT: join(folder, 'root.pem') },
      );
    };

    it('takes a model that the metadata knows, attested under its root', async () => {
      const running = await serveWith(await service.metadataBlob([entry('FIDO_CERTIFIED')]));
      expect(await register(running, { aaguid: aaguidOf(MODEL), attestation })).toEqual(accepted);
    });

    it('refuses other roots, unknown models and self attestation', async () => {
      const running = await serveWith(await service.metadataBlob([entry('FIDO_CERTIFIED')]));
      const foreign = await (await AttestationAuthority.create('Another maker')).issue();
      expect(await register(running, { aaguid: aaguidOf(MODEL), attestation: foreign })).toMatchObject({
        status: 400,
      });
      expect(await register(running, { attestation })).toEqual(refusal(/does not know the AAGUID/));
      expect(await register(running, { aaguid: aaguidOf(MODEL), attestation: 'packed-self' })).toEqual(
        refusal(/has no certificate/),
      );
    });

    it.each(['REVOKED', 'ATTESTATION_KEY_COMPROMISE', 'USER_VERIFICATION_BYPASS'])(
      'refuses a model that is %s',
      async (status) => {
        const running = await serveWith(await service.metadataBlob([entry(status)]));
        expect(await register(running, { aaguid: aaguidOf(MODEL), attestation })).toEqual(
          refusal(new RegExp(status)),
        );
      },
    );

    it('refuses the statuses that the policy names, once they are in force', async () => {
      const policy = { refusedModelStatuses: ['UPDATE_AVAILABLE'] };
      const model = { aaguid: aaguidOf(MODEL), attestation };
      const reports = (...statusReports: object[]) =>
        service.metadataBlob([{ ...entry('FIDO_CERTIFIED'), statusReports }]);
      const available = { status: 'UPDATE_AVAILABLE', effectiveDate: '2020-01-01' };
      const running = await serveWith(await reports(available), policy);
      expect(await register(running, model)).toEqual(refusal(/UPDATE_AVAILABLE/));
      const lenient = await serveWith(
        await reports(available, { status: 'REVOKED', effectiveDate: '2099-01-01' }),
      );
      expect(await register(lenient, model)).toEqual(accepted);
    });

    it('takes self attestation of a model for which the metadata says so', async () => {
      const running = await serveWith(
        await service.metadataBlob([entry('FIDO_CERTIFIED', ['basic_surrogate'])]),
      );
      expect(await register(running, { aaguid: aaguidOf(MODEL), attestation: 'packed-self' })).toEqual(
        accepted,
      );
    });

    it('does not start on metadata that somebody else has signed, or that was changed', async () => {
      const foreign = await AttestationAuthority.create('Not the metadata service');
      await expect(serveWith(await foreign.metadataBlob([entry('FIDO_CERTIFIED')]))).rejects.toThrow();
      const [header, , signature] = (await service.metadataBlob([entry('REVOKED')])).split('.');
      const [, payload] = (await service.metadataBlob([entry('FIDO_CERTIFIED')])).split('.');
      await expect(serveWith([header, payload, signature].join('.'))).rejects.toThrow(/signature/);
    });

    it('is asked over HTTP once, and kept', async () => {
      const { createServer } = await import('node:http');
      let asked = 0;
      const blob = await service.metadataBlob([entry('FIDO_CERTIFIED')]);
      const source = createServer((_request, response) => {
        asked++;
        response.end(blob);
      }).listen(0);
      const { port } = source.address() as { port: number };
      const running = await serve(POLICY, {
        FIDO_METADATA: `http://127.0.0.1:${port}/`,
        FIDO_METADATA_ROOT: join(folder, 'root.pem'),
      });
      for (let index = 0; index < 3; index++) {
        expect(await register(running, { aaguid: aaguidOf(MODEL), attestation })).toEqual(accepted);
      }
      source.close();
      expect(asked).toBe(1);
    });
  });

  it.each([
    [{ attestation: 'sometimes' }, /^RP_POLICY: .*attestation/],
    [{ attestations: 'none' }, /^RP_POLICY: .*"attestations" is not known/],
    [{ deviceTypes: ['phone'] }, /^RP_POLICY: .*deviceTypes/],
    [{ attestationTrust: 'metadata', attestation: 'direct' }, /^FIDO_METADATA: /],
    [{ topOrigins: ['https://shop.example'] }, /topOrigins/],
    [{ deniedAaguids: ['x'] }, /AAGUID/],
    [{ refusedModelStatuses: ['BROKEN'] }, /refusedModelStatuses/],
    [{ attestationValidity: 'never' }, /attestationValidity/],
    [{ tpmManufacturers: ['STM'] }, /tpmManufacturers: "STM" is not of 8 hex digits/],
    [{ algorithms: [-65534] }, /^RP_POLICY: policy\.algorithms: -65534 is not known; known are ES256/],
  ])('is refused at start when it can not be right: %j', async (policy, message) => {
    await expect(serve(policy)).rejects.toThrow(message);
  });
});
