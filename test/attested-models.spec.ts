import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Certificate } from '../libs/experience-verification/src/trust/certificates/certificate';
import { AttestationAuthority } from './support/attestation-authority';
import { u2f } from './support/attestation-statements';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { type AttestationKey, type Behaviour, SoftwareAuthenticator } from './support/software-authenticator';
import { TestServer } from './support/test-server';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };

/** Models, by the reports that the metadata has of each. */
const MODELS: Record<string, object[]> = {
  certified: [{ status: 'FIDO_CERTIFIED' }],
  'to be updated': [{ status: 'FIDO_CERTIFIED_L1' }, { status: 'UPDATE_AVAILABLE' }],
  revoked: [{ status: 'FIDO_CERTIFIED_L1' }, { status: 'REVOKED', effectiveDate: '2026-01-01' }],
  'revoked later': [{ status: 'REVOKED', effectiveDate: '2099-01-01' }],
  'of a known attestation key': [{ status: 'ATTESTATION_KEY_COMPROMISE' }],
  'of keys that can be had from afar': [{ status: 'USER_KEY_REMOTE_COMPROMISE' }],
  'of keys that can be had by touch': [{ status: 'USER_KEY_PHYSICAL_COMPROMISE' }],
  'that passes over verification': [{ status: 'USER_VERIFICATION_BYPASS' }],
};
const NAMES = Object.keys(MODELS);

const aaguidOf = (name: string) => `0f0f0f0f-1111-2222-3333-44444444440${NAMES.indexOf(name)}`;

const certified = ({ certificates: [der], privateKey }: AttestationKey) => ({ der: der!, privateKey });

describe('the model of an attested passkey', () => {
  let folder: string;
  let before: TestServer;
  let server: TestServer;
  let updating: TestServer;
  let maker: AttestationAuthority;
  let attestation: AttestationKey;
  let revokedU2f: AttestationKey;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-models-'));
    const service = await AttestationAuthority.create('Metadata service');
    maker = await AttestationAuthority.create('Maker');
    [attestation, revokedU2f] = [await maker.issue(), await maker.issue()];
    const entry = (named: object, statusReports: object[]) => ({
      ...named,
      metadataStatement: {
        attestationTypes: ['basic_full'],
        attestationRootCertificates: [maker.rootBase64],
      },
      statusReports,
      timeOfLastStatusChange: '2026-01-01',
    });
    const { keyIdentifier } = new Certificate(revokedU2f.certificates[0]!);
    const entries = [
      ...NAMES.map((name) => entry({ aaguid: aaguidOf(name) }, MODELS[name]!)),
      entry({ attestationCertificateKeyIdentifiers: [keyIdentifier] }, MODELS['revoked']!),
    ];
    await writeFile(join(folder, 'blob.jwt'), await service.metadataBlob(entries));
    await writeFile(join(folder, 'root.pem'), service.rootPem);
    // The policy asks for nothing when the passkeys are made, and trusts the metadata when they are used.
    before = await serve({ attestation: 'direct', attestationFormats: ['none', 'packed', 'fido-u2f'] }, {});
    const metadata = {
      FIDO_METADATA: join(folder, 'blob.jwt'),
      FIDO_METADATA_ROOT: join(folder, 'root.pem'),
    };
    const trusting = { attestation: 'direct', attestationTrust: 'metadata' };
    server = await serve(trusting, metadata);
    updating = await serve({ ...trusting, refusedModelStatuses: ['UPDATE_AVAILABLE'] }, metadata);
  });
  afterAll(async () => {
    await Promise.all([before, server, updating].map((one) => one.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  // Nest has one logger: the one of the server that started last writes for all.
  const serve = (policy: object, env: Record<string, string>) =>
    TestServer.start({ RP_POLICY: JSON.stringify(policy), ...env });

  /** Registers with one server, and signs in at another. */
  const signIn = async (behaviour: Partial<Behaviour>, at = server) => {
    const authenticator = new SoftwareAuthenticator({ algorithms: [-7], ...behaviour });
    const identifier = freshUsername();
    await new Browser(before, authenticator).register(identifier);
    const browser = new Browser(at, authenticator);
    const options = expectStatus(200, await browser.authenticationOptions(identifier));
    const payload = authenticator.authenticate(options.authenticationOptions);
    return browser.verifyAuthentication(options.verificationId, payload);
  };
  const model = (name: string): Partial<Behaviour> => ({
    aaguid: aaguidOf(name).replaceAll('-', ''),
    attestation,
  });

  it.each(['certified', 'to be updated', 'revoked later'])('signs in when it is %s', async (name) => {
    expect(await signIn(model(name))).toMatchObject({ status: 200 });
  });

  it.each(NAMES.filter((name) => !['certified', 'to be updated', 'revoked later'].includes(name)))(
    'signs nobody in any longer once the metadata says that it is one %s',
    async (name) => {
      expect(await signIn(model(name))).toMatchObject(FAILED);
      const line = updating.log.findLast(({ code }) => code === FAILED.body.code);
      expect(line).toMatchObject({
        step: '7.2 step 25: model',
        reason: `the FIDO metadata says ${statusOf(name)} of the model ${aaguidOf(name)}`,
      });
    },
  );
  const statusOf = (name: string) => (MODELS[name]!.at(-1) as { status: string }).status;

  it('of U2F is found by the key of its certificate', async () => {
    expect(await signIn({ attestation: u2f(certified(revokedU2f)) })).toMatchObject(FAILED);
    expect(await signIn({ attestation: u2f(certified(attestation)) })).toMatchObject({ status: 200 });
  });

  it('is judged by the statuses that the policy names', async () => {
    expect(await signIn(model('to be updated'), updating)).toMatchObject(FAILED);
    expect(await signIn(model('revoked'), updating)).toMatchObject({ status: 200 });
  });

  it('is not asked for where the policy does not trust the metadata', async () => {
    expect(await signIn(model('revoked'), before)).toMatchObject({ status: 200 });
  });

  it('counts as attested by self attestation too, and not without a statement', async () => {
    expect(await signIn({ ...model('revoked'), attestation: 'packed-self' })).toMatchObject(FAILED);
    expect(await signIn({ ...model('revoked'), attestation: 'none' })).toMatchObject({ status: 200 });
  });

  it('is asked in a step-up too, and refuses no model that the metadata does not have', async () => {
    const authenticator = new SoftwareAuthenticator({ algorithms: [-7], attestation });
    const identifier = freshUsername();
    await new Browser(before, authenticator).register(identifier);
    const browser = new Browser(server, authenticator);
    await browser.signIn(identifier);
    await server.query(`UPDATE passkey.credential_records SET attested_model = $1 WHERE credential_id = $2`, [
      aaguidOf('revoked'),
      Buffer.from(authenticator.credentials[0]!.credentialId, 'base64url'),
    ]);
    const options = expectStatus(200, await browser.stepUpOptions());
    const payload = authenticator.authenticate(options.authenticationOptions);
    expect(await browser.verifyStepUp(options.verificationId, payload)).toMatchObject(FAILED);
  });
});
