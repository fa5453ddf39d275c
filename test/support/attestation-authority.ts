import { sign, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  type X509Certificate,
  X509CertificateGenerator,
  cryptoProvider,
} from '@peculiar/x509';
import type { AttestationKey } from './software-authenticator';

cryptoProvider.set(webcrypto as Crypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const HOUR_MS = 3_600_000;

/** A certificate authority: of a maker of authenticators, or of a metadata service. */
export class AttestationAuthority {
  private constructor(
    private readonly keys: CryptoKeyPair,
    private readonly root: X509Certificate,
  ) {}

  static async create(name = 'Test root'): Promise<AttestationAuthority> {
    const keys = await newKeys();
    const root = await X509CertificateGenerator.createSelfSigned({
      name: `CN=${name}`,
      keys,
      signingAlgorithm: ALGORITHM,
      ...validity(),
      extensions: [new BasicConstraintsExtension(true, 1, true)],
    });
    return new AttestationAuthority(keys, root);
  }

  get rootPem(): string {
    return this.root.toString('pem');
  }

  /** As metadata statements name it: base64 of the DER. */
  get rootBase64(): string {
    return Buffer.from(this.root.rawData).toString('base64');
  }

  /** A key certified as packed attestation wants it (WebAuthn Level 3, section 8.2.1). */
  async issue(): Promise<AttestationKey> {
    const keys = await newKeys();
    const certificate = await X509CertificateGenerator.create({
      subject: 'C=CH, O=Test, OU=Authenticator Attestation, CN=Test model',
      issuer: this.root.subject,
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
      signingAlgorithm: ALGORITHM,
      ...validity(),
      extensions: [new BasicConstraintsExtension(false, undefined, true)],
    });
    const { KeyObject: Key } = await import('node:crypto');
    return {
      certificates: [Buffer.from(certificate.rawData)],
      privateKey: Key.from(keys.privateKey),
    };
  }

  /** A FIDO Metadata BLOB (MDS3) with these entries, signed under this root. */
  async metadataBlob(entries: object[], nextUpdate = '2099-01-01', no = 1): Promise<string> {
    const { certificates, privateKey } = await this.issue();
    const x5c = certificates.map((certificate) => certificate.toString('base64'));
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = { legalHeader: 'Test', no, nextUpdate, entries };
    const signed = `${part({ alg: 'ES256', typ: 'JWT', x5c })}.${part(payload)}`;
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  }
}

const newKeys = () =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

const validity = () => ({
  notBefore: new Date(Date.now() - HOUR_MS),
  notAfter: new Date(Date.now() + 24 * HOUR_MS),
});
