import { createHash, KeyObject, webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeCBOR, type CBORType } from '@levischuck/tiny-cbor';
import {
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  Extension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { TestServer } from '../support/test-server';

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const KEY_DESCRIPTION = '1.3.6.1.4.1.11129.2.1.17';

const newKeys = () => webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']);

describe('an Android key attestation under a root of the attacker’s own', () => {
  let server: TestServer;
  let victim: Server;
  let requests: number;
  beforeAll(async () => {
    server = await TestServer.start();
    victim = createServer((_request, response) => {
      requests += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(victim, 'listening');
  });
  afterAll(async () => {
    victim.close();
    await server.stop();
  });
  beforeEach(() => {
    requests = 0;
  });

  it('does not make the server call the address in its certificates (SSRF), and is refused', async () => {
    const { port } = victim.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}/internal`;
    const browser = new Browser(server, new SoftwareAuthenticator({ algorithms: [-7] }));
    await browser.start('Register');
    const { verificationId, registrationOptions } = expectStatus(
      200,
      await browser.registrationOptions(freshUsername()),
    );
    const payload = browser.authenticator.register(registrationOptions);
    const { privateKey, publicKey } = browser.authenticator.credentials[0]!;
    const imported = await webcrypto.subtle.importKey(
      'jwk',
      publicKey.export({ format: 'jwk' }),
      ECDSA,
      true,
      ['verify'],
    );
    const hash = createHash('sha256')
      .update(Buffer.from(payload.response.clientDataJSON, 'base64url'))
      .digest();
    const rootKeys = await newKeys();
    const common = { signingAlgorithm: ECDSA, signingKey: rootKeys.privateKey };
    const root = await X509CertificateGenerator.createSelfSigned({
      name: 'CN=Google Hardware Attestation Root',
      keys: rootKeys,
      signingAlgorithm: ECDSA,
      extensions: [new BasicConstraintsExtension(true, 1, true)],
    });
    const leaf = await X509CertificateGenerator.create({
      ...common,
      subject: 'CN=Android Keystore Key',
      issuer: root.subject,
      publicKey: imported,
      extensions: [
        new CRLDistributionPointsExtension([address]),
        new Extension(KEY_DESCRIPTION, false, keyDescription(hash)),
      ],
    });
    const authData = Buffer.from(payload.response.authenticatorData!, 'base64url');
    const signer = await webcrypto.subtle.importKey(
      'jwk',
      privateKey.export({ format: 'jwk' }),
      ECDSA,
      true,
      ['sign'],
    );
    const { sign } = await import('node:crypto');
    const sig = sign('sha256', Buffer.concat([authData, hash]), KeyObject.from(signer));
    const x5c = [leaf, root].map(({ rawData }) => new Uint8Array(rawData));
    const statement = new Map<string, CBORType>([
      ['alg', -7],
      ['sig', new Uint8Array(sig)],
      ['x5c', x5c],
    ]);
    payload.response.attestationObject = Buffer.from(
      encodeCBOR(
        new Map<string, CBORType>([
          ['fmt', 'android-key'],
          ['attStmt', statement],
          ['authData', new Uint8Array(authData)],
        ]),
      ),
    ).toString('base64url');
    const answer = await browser.verifyRegistration(verificationId, payload);
    expect(answer).toMatchObject({ status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } });
    expect(requests).toBe(0);
    expect(server.reasons('session.mfa.webauthn_verification_failed').at(-1)).toMatch(/no accepted root/);
  });
});

/** KeyDescription of Android's key attestation, with this challenge and empty authorization lists. */
function keyDescription(challenge: Buffer): ArrayBuffer {
  const body = Buffer.concat([
    Buffer.of(0x02, 1, 3, 0x0a, 1, 1, 0x02, 1, 4, 0x0a, 1, 1, 0x04, challenge.length),
    challenge,
    Buffer.of(0x04, 0, 0x30, 0, 0x30, 0),
  ]);
  return new Uint8Array(Buffer.concat([Buffer.of(0x30, body.length), body])).buffer;
}
