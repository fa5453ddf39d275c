import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttestationAuthority } from '../support/attestation-authority';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { TestServer } from '../support/test-server';
import { judgeAssertion } from '../fuzz/targets';
import { peerAssertion, peerCall, type PeerInput, peerInput } from './peer-input';
import { SoftwareAuthenticator } from '../support/software-authenticator';

const FAILED = 'session.mfa.webauthn_verification_failed';

describe("peers' inputs", () => {
  let folder: string;
  let service: AttestationAuthority;
  const servers: TestServer[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-peers-'));
    service = await AttestationAuthority.create('Metadata service');
    await writeFile(join(folder, 'root.pem'), service.rootPem);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });

  const serve = async ({ rpId, origin, metadata }: PeerInput, policy: object) => {
    const env: Record<string, string> = {};
    if (metadata) {
      const blob = join(folder, 'blob.jwt');
      await writeFile(blob, await service.metadataBlob([entryOf(metadata)]));
      Object.assign(env, { FIDO_METADATA: blob, FIDO_METADATA_ROOT: join(folder, 'root.pem') });
    }
    const further = { RP_ID: rpId, RP_ORIGINS: origin, RP_POLICY: JSON.stringify(policy) };
    const server = await TestServer.start({ ...env, ...further });
    servers.push(server);
    return server;
  };

  /** Registers it over HTTP, with its challenge put into the record. */
  const register = async (input: PeerInput, policy: object = {}) => {
    const running = await serve(input, { ...input.policy, ...policy });
    const browser = new Browser(running, undefined, input.origin);
    await browser.start('Register');
    const options = await browser.registrationOptions(freshUsername());
    const { verificationId } = expectStatus(200, options);
    await running.query(`UPDATE passkey.verification_records SET challenge = $2 WHERE id = $1`, [
      verificationId,
      Buffer.from(input.challenge, 'base64url'),
    ]);
    const { status } = await browser.verifyRegistration(verificationId, input.payload);
    return status === 200 ? 'accepted' : running.reasons(FAILED).at(-1);
  };

  it('are accepted when the attestation certificate itself is the anchor', async () => {
    const input = peerInput('attestation-certificate-is-the-anchor');
    expect(await register(input)).toBe('accepted');
    const other = await AttestationAuthority.create('Another maker');
    const metadata = { ...input.metadata, attestationRootCertificates: [other.rootBase64] };
    expect(await register({ ...input, metadata })).toMatch(/no accepted root/);
  });

  it('are accepted of a U2F model that the metadata names by the key of its certificate', async () => {
    const input = peerInput('u2f-under-metadata');
    expect(await register(input)).toBe('accepted');
    const metadata = { ...input.metadata, attestationCertificateKeyIdentifiers: ['00'.repeat(20)] };
    expect(await register({ ...input, metadata })).toMatch(/does not know/);
  });

  it('are accepted when two packed statements make a compound one', async () => {
    const input = peerInput('compound-of-two-packed');
    expect(await register(input, { userVerification: 'preferred' })).toBe('accepted');
    expect(await register(input, { attestation: 'direct', attestationFormats: ['packed'] })).toMatch(
      /"compound" is not accepted/,
    );
  });

  it('are accepted with whatever token binding the client tells', async () => {
    const policy = { userVerification: 'preferred' };
    expect(await register(peerInput('registration-tokenbinding-text'), policy)).toBe('accepted');
  });

  it.each(['assertion-crossorigin-null', 'assertion-userhandle-padded'])('are accepted: %s', async (name) => {
    const input = peerAssertion(name);
    expect(await judgeAssertion(input)).toEqual({ accepted: expect.any(String) });
    const challenge = Buffer.alloc(32, 8).toString('base64url');
    expect(await judgeAssertion({ ...input, challenge })).toMatchObject({ refused: FAILED });
  });

  it.each([16, 17, 18, 32])(
    'are no unknown credential for the padding of an id of %i bytes',
    async (length) => {
      const { call } = peerCall('unknown-credential-of-a-padded-id');
      const [method = '', path = ''] = call.split(' ');
      const server = await TestServer.start();
      servers.push(server);
      const browser = new Browser(server, new SoftwareAuthenticator({ credentialIdLength: length }));
      await browser.register(freshUsername());
      const options = expectStatus(200, await browser.discoverableOptions());
      const payload = browser.authenticator.authenticate(options.authenticationOptions);
      const id = `${payload.id}=`;
      const body = { verificationId: options.verificationId, payload: { ...payload, id, rawId: id } };
      const answer = await browser.call(method, path, body);
      expect(JSON.stringify(answer.body)).not.toContain('unknownCredential');
      expect(['guard.invalid_input', undefined]).toContain(answer.body['code']);
    },
  );

  it.each([258, 37])('are accepted by a policy of the algorithm -%i alone', async (algorithm) => {
    expect(await register(peerInput(`policy-algorithm-${algorithm}`))).toBe('accepted');
  });
});

/** An entry of the metadata, of the members that an input names. */
const entryOf = (metadata: Record<string, unknown>) => {
  const { aaguid, attestationCertificateKeyIdentifiers } = metadata;
  return {
    aaguid,
    attestationCertificateKeyIdentifiers,
    metadataStatement: { description: 'Peer', ...metadata },
    statusReports: [{ status: 'FIDO_CERTIFIED' }],
    timeOfLastStatusChange: '2026-01-01',
  };
};
