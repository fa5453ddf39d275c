import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '../apps/identity-server/src/configuration';
import { AttestationAuthority } from './support/attestation-authority';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { BrowserAt } from './support/browser-at';
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

/** A relying party in a running server. */
interface Running {
  server: TestServer;
  browser(behaviour?: Partial<Behaviour>): Browser;
}

let policies = 0;

/**
 * One server for the tests of a `describe`, started before them: each policy that is told while they are declared is
 * that of a relying party of its own.
 */
function servedPolicies(env: () => Promise<Record<string, string>> = () => Promise.resolve({})) {
  const tenants: { hosts: string[]; id: string; name: string; origins: string[]; policy: object }[] = [];
  let folder: string;
  let server: TestServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-policies-'));
    const path = join(folder, 'tenants.json');
    await writeFile(path, JSON.stringify(tenants));
    server = await TestServer.start({ RP_TENANTS: path, ...(await env()) });
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return (policy: object): Running => {
    const host = `policy-${++policies}.localhost`;
    const origin = `http://${host}:3000`;
    tenants.push({ hosts: [host], id: host, name: 'Test', origins: [origin], policy });
    return {
      get server() {
        return server;
      },
      browser: (behaviour) =>
        new BrowserAt(server, host, origin, new SoftwareAuthenticator({ origin, ...behaviour })),
    };
  };
}

describe('the policy of a relying party', () => {
  const under = servedPolicies();

  /** Registers up to the verification; the answer, and the reason where it is refused. */
  const register = async (running: Running, behaviour: Partial<Behaviour>, lies: Overrides = {}) => {
    const browser = running.browser(behaviour);
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
      reason: status === 200 ? undefined : running.server.reasons(FAILED).at(-1),
      registrationOptions,
    };
  };

  const refusal = (reason: RegExp): unknown =>
    expect.objectContaining({ status: 400, code: FAILED, reason: expect.stringMatching(reason) });
  const accepted = expect.objectContaining({ status: 200 });

  const deviceBound = under({ deviceTypes: ['singleDevice'] });
  it('takes device-bound passkeys only', async () => {
    expect(await register(deviceBound, { backupEligible: true })).toEqual(
      refusal(/multiDevice are not accepted/),
    );
    expect(await register(deviceBound, { backupEligible: false })).toEqual(accepted);
  });

  const synced = under({ deviceTypes: ['multiDevice'] });
  it('takes synced passkeys only', async () => {
    expect(await register(synced, { backupEligible: false })).toEqual(
      refusal(/singleDevice are not accepted/),
    );
    expect(await register(synced, { backupEligible: true })).toEqual(accepted);
  });

  const denying = under({ deniedAaguids: [MODEL.toUpperCase()] });
  it('denies a model of authenticator', async () => {
    expect(await register(denying, { aaguid: aaguidOf(MODEL) })).toEqual(refusal(/is denied/));
    expect(await register(denying, {})).toEqual(accepted);
  });

  const allowing = under({ allowedAaguids: [MODEL] });
  it('allows named models only', async () => {
    expect(await register(allowing, {})).toEqual(refusal(/is not one of those allowed/));
    expect(await register(allowing, { aaguid: aaguidOf(MODEL) })).toEqual(accepted);
  });

  it.each(['direct', 'enterprise'].map((attestation) => [attestation, under({ attestation })] as const))(
    'asks for %s attestation, and takes none for an answer no more',
    async (attestation, running) => {
      const without = await register(running, { attestation: 'none' });
      expect(without).toEqual(refusal(/format "none" is not accepted/));
      expect(without.registrationOptions.attestation).toBe(attestation);
      expect(await register(running, { attestation: 'packed-self' })).toEqual(accepted);
    },
  );

  const indirect = under({ attestation: 'indirect' });
  it('asks for indirect attestation, and takes none', async () => {
    const without = await register(indirect, { attestation: 'none' });
    expect(without).toEqual(accepted);
    expect(without.registrationOptions.attestation).toBe('indirect');
  });

  const unattested = under({ attestationFormats: ['none'] });
  it('takes named formats of attestation only', async () => {
    expect(await register(unattested, { attestation: 'packed-self' })).toEqual(
      refusal(/format "packed" is not accepted/),
    );
    expect(await register(unattested, { attestation: 'none' })).toEqual(accepted);
  });

  const particular = under({ algorithms: [-257], hints: ['security-key', 'hybrid'], timeout: 7 });
  it('sets algorithms, hints and the timeout, which is the lifetime of the challenge', async () => {
    const { registrationOptions } = await register(particular, {});
    expect(registrationOptions).toMatchObject({
      pubKeyCredParams: [{ alg: -257 }],
      hints: ['security-key', 'hybrid'],
      timeout: 7000,
    });
    const { verificationId, authenticationOptions } = expectStatus(
      200,
      await particular.browser().discoverableOptions(),
    );
    expect(authenticationOptions).toMatchObject({ hints: ['security-key', 'hybrid'], timeout: 7000 });
    const [pending] = await particular.server.query<{ seconds: number }>(
      `SELECT extract(epoch FROM expires_at - created_at)::int AS seconds FROM passkey.verification_records
        WHERE id = $1`,
      [verificationId],
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
      ['a passkey bound to its device, by default', false, under({})],
      ['a synced passkey too, where that is wished', true, under({ signCountRegression: 'refuse' })],
    ])('refuses %s', async (_, synced, running) => {
      const browser = running.browser({ backupEligible: synced, backedUp: synced });
      await browser.register(freshUsername());
      expect(await signInWithCounter(browser, 5)).toBe(200);
      expect(await signInWithCounter(browser, 5)).toBe(400);
      expect(running.server.reasons(FAILED).at(-1)).toMatch(/counter is 5, after 5/);
    });

    it.each([
      ['a synced passkey, by default', true, under({})],
      ['one bound to its device, where that is wished', false, under({ signCountRegression: 'mark' })],
    ])('signs in and marks %s', async (_, synced, running) => {
      const browser = running.browser({ backupEligible: synced, backedUp: synced });
      await browser.register(freshUsername());
      expect(await signInWithCounter(browser, 5)).toBe(200);
      expect(await marks(browser)).toBeNull();
      expect(await signInWithCounter(browser, 3)).toBe(200);
      expect(await marks(browser)).toEqual(expect.any(String));
      const [passkey] = browser.authenticator.credentials;
      const rows = await running.server.query(
        'SELECT sign_count FROM passkey.credential_records WHERE credential_id = $1',
        [Buffer.from(passkey!.credentialId, 'base64url')],
      );
      expect(rows).toEqual([{ sign_count: '5' }]);
      const events = await browser.manage<{ events: { type: string }[] }>('GET', '/api/audit-events');
      expect(events.body.events.map(({ type }) => type)).toContain('passkey.clone-suspected');
    });
  });

  describe('on iframes of other origins', () => {
    const TOP = 'https://shop.example';

    const embedded = under({ crossOrigin: true, topOrigins: [TOP] });
    it('lets listed top origins embed, and no others', async () => {
      expect(await register(embedded, {}, { crossOrigin: true, topOrigin: TOP })).toEqual(accepted);
      expect(await register(embedded, {}, { crossOrigin: true })).toEqual(accepted);
      expect(await register(embedded, {}, { crossOrigin: true, topOrigin: 'https://evil.example' })).toEqual(
        refusal(/top origin/),
      );
      expect(await register(embedded, {}, { topOrigin: TOP })).toEqual(refusal(/top origin/));
      const browser = embedded.browser();
      const { headers } = await browser.get('/');
      expect(headers.get('content-security-policy')).toContain(`frame-ancestors ${TOP}`);
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

    const byDefault = under({});
    it('lets nobody embed, by default', async () => {
      expect(await register(byDefault, {}, { crossOrigin: true })).toEqual(refusal(/cross-origin iframe/));
      const { headers } = await byDefault.browser().get('/');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    });
  });

  describe('on attestation, by the FIDO metadata', () => {
    const POLICY = { attestation: 'direct', attestationTrust: 'metadata' };
    let folder: string;
    let service: AttestationAuthority;
    let maker: AttestationAuthority;
    let attestation: AttestationKey;

    const metadata = async (blob: string) => {
      const path = join(folder, 'blob.jwt');
      await writeFile(path, blob);
      return { FIDO_METADATA: path, FIDO_METADATA_ROOT: join(folder, 'root.pem') };
    };
    const entry = (aaguid: string, statusReports: object[], types = ['basic_full']) => ({
      aaguid,
      metadataStatement: {
        aaguid,
        description: 'Test model',
        attestationTypes: types,
        attestationRootCertificates: [maker.rootPem],
      },
      statusReports,
      timeOfLastStatusChange: '2026-01-01',
    });
    const CERTIFIED = [{ status: 'FIDO_CERTIFIED' }];
    const AVAILABLE = { status: 'UPDATE_AVAILABLE', effectiveDate: '2020-01-01' };
    const REVOKED_LATER = { status: 'REVOKED', effectiveDate: '2099-01-01' };
    const REFUSED = ['REVOKED', 'ATTESTATION_KEY_COMPROMISE', 'USER_VERIFICATION_BYPASS'].map(
      (status, index) => [status, MODEL.replace(/^./, String(index + 1))] as const,
    );
    const [SELF_ATTESTED, OUTDATED, SOON_REVOKED] = [7, 8, 9].map((digit) =>
      MODEL.replace(/^./, String(digit)),
    ) as [string, string, string];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'passkey-metadata-'));
      service = await AttestationAuthority.create('Metadata service');
      maker = await AttestationAuthority.create('Maker');
      attestation = await maker.issue();
      await writeFile(join(folder, 'root.pem'), service.rootPem);
    });
    const underMetadata = servedPolicies(async () =>
      metadata(
        await service.metadataBlob([
          entry(MODEL, CERTIFIED),
          ...REFUSED.map(([status, aaguid]) => entry(aaguid, [{ status }])),
          entry(SELF_ATTESTED, CERTIFIED, ['basic_surrogate']),
          entry(OUTDATED, [AVAILABLE]),
          entry(SOON_REVOKED, [AVAILABLE, REVOKED_LATER]),
        ]),
      ),
    );
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const running = underMetadata(POLICY);
    const attested = (aaguid: string) => ({ aaguid: aaguidOf(aaguid), attestation });

    it('takes a model that the metadata knows, attested under its root', async () => {
      expect(await register(running, attested(MODEL))).toEqual(accepted);
    });

    it('refuses other roots, unknown models and self attestation', async () => {
      const foreign = await (await AttestationAuthority.create('Another maker')).issue();
      expect(await register(running, { aaguid: aaguidOf(MODEL), attestation: foreign })).toMatchObject({
        status: 400,
      });
      expect(await register(running, { attestation })).toEqual(refusal(/does not know the AAGUID/));
      expect(await register(running, { aaguid: aaguidOf(MODEL), attestation: 'packed-self' })).toEqual(
        refusal(/has no certificate/),
      );
    });

    it.each(REFUSED)('refuses a model that is %s', async (status, aaguid) => {
      expect(await register(running, attested(aaguid))).toEqual(refusal(new RegExp(status)));
    });

    const strict = underMetadata({ ...POLICY, refusedModelStatuses: ['UPDATE_AVAILABLE'] });
    it('refuses the statuses that the policy names, once they are in force', async () => {
      expect(await register(strict, attested(OUTDATED))).toEqual(refusal(/UPDATE_AVAILABLE/));
      expect(await register(running, attested(SOON_REVOKED))).toEqual(accepted);
    });

    it('takes self attestation of a model for which the metadata says so', async () => {
      expect(
        await register(running, { aaguid: aaguidOf(SELF_ATTESTED), attestation: 'packed-self' }),
      ).toEqual(accepted);
    });

    const start = (env: Record<string, string>) =>
      TestServer.start({ RP_POLICY: JSON.stringify(POLICY), ...env });

    it('does not start on metadata that somebody else has signed, or that was changed', async () => {
      const foreign = await AttestationAuthority.create('Not the metadata service');
      const certified = [entry(MODEL, CERTIFIED)];
      await expect(start(await metadata(await foreign.metadataBlob(certified)))).rejects.toThrow();
      const revoked = await service.metadataBlob([entry(MODEL, [{ status: 'REVOKED' }])]);
      const [header, , signature] = revoked.split('.');
      const [, payload] = (await service.metadataBlob(certified)).split('.');
      const changed = await metadata([header, payload, signature].join('.'));
      await expect(start(changed)).rejects.toThrow(/signature/);
    });

    it('is asked over HTTP once, and kept', async () => {
      const { createServer } = await import('node:http');
      let asked = 0;
      const blob = await service.metadataBlob([entry(MODEL, CERTIFIED)]);
      const source = createServer((_request, response) => {
        asked++;
        response.end(blob);
      }).listen(0);
      const { port } = source.address() as { port: number };
      const server = await start({
        FIDO_METADATA: `http://127.0.0.1:${port}/`,
        FIDO_METADATA_ROOT: join(folder, 'root.pem'),
      });
      const own: Running = {
        server,
        browser: (behaviour) => new Browser(server, new SoftwareAuthenticator(behaviour)),
      };
      for (let index = 0; index < 3; index++) {
        expect(await register(own, attested(MODEL))).toEqual(accepted);
      }
      source.close();
      await server.stop();
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
  ])('is refused at start when it can not be right: %j', (policy, message) => {
    expect(() => readConfiguration({ RP_POLICY: JSON.stringify(policy) })).toThrow(message);
  });
});
