import { createHash, KeyObject, sign, webcrypto } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AuthorizationList, IntegerSet, KeyDescription, SecurityLevel } from '@peculiar/asn1-android';
import { type CBORType, decodeCBOR, encodeCBOR } from '@levischuck/tiny-cbor';
import { ExtendedKeyUsageExtension, Extension, SubjectAlternativeNameExtension } from '@peculiar/x509';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { type Certified, certify } from './certificates';
import type { Attestable, StatementMaker, StoredCredential } from './software-authenticator';

/** Certificate extension that names a model. */
const AAGUID = '1.3.6.1.4.1.45724.1.1.4';
const KEY_DESCRIPTION = '1.3.6.1.4.1.11129.2.1.17';
const MAKER = 'C=CH, O=Test, OU=Authenticator Attestation, CN=Test model';

const bytes = (value: Uint8Array) => new Uint8Array(value);
const sized = (value: Buffer) => Buffer.concat([uint16(value.length), value]);
const sha256 = (data: Buffer) => createHash('sha256').update(data).digest();
const privateKeyOf = ({ keys }: Certified) => KeyObject.from(keys.privateKey);
const signedBy = ({ authData, clientDataHash }: Attestable) => Buffer.concat([authData, clientDataHash]);
const statementOf = (members: Record<string, CBORType>, x5c: Certified[]) =>
  new Map<string, CBORType>([...Object.entries(members), ['x5c', x5c.map(({ der }) => bytes(der))]]);

function uint16(value: number): Buffer {
  const two = Buffer.alloc(2);
  two.writeUInt16BE(value);
  return two;
}

/** A statement that takes its time, since its certificate is of this answer. */
export type LateStatementMaker = (made: Attestable) => Promise<ReturnType<StatementMaker>>;

/** The answer with another statement. */
export async function attested(
  payload: RegistrationResponseJSON,
  credential: StoredCredential,
  make: StatementMaker | LateStatementMaker,
): Promise<RegistrationResponseJSON> {
  const { attestationObject, clientDataJSON } = payload.response;
  const object = decodeCBOR(bytes(Buffer.from(attestationObject, 'base64url'))) as Map<string, CBORType>;
  const authData = object.get('authData') as Uint8Array;
  const clientDataHash = sha256(Buffer.from(clientDataJSON, 'base64url'));
  const { format, statement } = await make({ authData: Buffer.from(authData), clientDataHash, credential });
  const members = { fmt: format, attStmt: statement, authData: bytes(authData) };
  const made = Buffer.from(encodeCBOR(new Map<string, CBORType>(Object.entries(members))));
  return { ...payload, response: { ...payload.response, attestationObject: made.toString('base64url') } };
}

/** A certificate of a maker of authenticators (section 8.2.1); `aaguid` as its extension has it. */
export const makersCertificate = (issuer: Certified, aaguid?: Buffer): Promise<Certified> =>
  certify({
    name: MAKER,
    issuer,
    extensions: aaguid
      ? [new Extension(AAGUID, false, AsnConvert.serialize(new OctetString(bytes(aaguid).buffer)))]
      : [],
  });

/** Section 8.2, by a certificate's key. */
export const packed =
  (x5c: Certified[]): StatementMaker =>
  (made) => ({
    format: 'packed',
    statement: statementOf(
      { alg: -7, sig: bytes(sign('sha256', signedBy(made), privateKeyOf(x5c[0]!))) },
      x5c,
    ),
  });

/** Section 8.6. */
export const u2f =
  (x5c: { der: Buffer; privateKey: KeyObject }): StatementMaker =>
  ({ authData, clientDataHash, credential }) => {
    const { x = '', y = '' } = credential.publicKey.export({ format: 'jwk' });
    const point = [Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
    const id = Buffer.from(credential.credentialId, 'base64url');
    const signed = Buffer.concat([Buffer.of(0), authData.subarray(0, 32), clientDataHash, id, ...point]);
    const statement = new Map<string, CBORType>([
      ['sig', bytes(sign('sha256', signed, x5c.privateKey))],
      ['x5c', [bytes(x5c.der)]],
    ]);
    return { format: 'fido-u2f', statement };
  };

/** What Android's keystore says of a key (section 8.4.1). */
export interface AndroidKey {
  by: 'software' | 'trustedEnvironment' | 'strongBox';
  software?: Partial<AuthorizationList>;
  hardware?: Partial<AuthorizationList>;
}

/** Made by the keystore, to sign with. */
export const KEY_TO_SIGN = { purpose: new IntegerSet([2]), origin: 0 };

/** Section 8.4: the certificate is of the credential's own key. */
export const androidKey =
  (issuer: Certified, { by, software = {}, hardware = {} }: AndroidKey): LateStatementMaker =>
  async (made) => {
    const { credential } = made;
    const level = SecurityLevel[by];
    const description = new KeyDescription({
      attestationVersion: 4,
      attestationSecurityLevel: level,
      keymasterVersion: 4,
      keymasterSecurityLevel: level,
      attestationChallenge: new OctetString(bytes(made.clientDataHash).buffer),
      uniqueId: new OctetString(new ArrayBuffer(0)),
      softwareEnforced: new AuthorizationList(software),
      teeEnforced: new AuthorizationList(hardware),
    });
    const leaf = await certify({
      name: 'CN=Android Keystore Key',
      issuer,
      keys: await cryptoKeysOf(credential),
      extensions: [new Extension(KEY_DESCRIPTION, false, AsnConvert.serialize(description))],
    });
    const sig = bytes(sign('sha256', signedBy(made), credential.privateKey));
    return { format: 'android-key', statement: statementOf({ alg: -7, sig }, [leaf]) };
  };

async function cryptoKeysOf({ publicKey, privateKey }: StoredCredential): Promise<CryptoKeyPair> {
  const [publicJwk, privateJwk] = [publicKey, privateKey].map((key) => key.export({ format: 'jwk' }));
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const keys = await Promise.all([
    webcrypto.subtle.importKey('jwk', publicJwk as JsonWebKey, algorithm, true, ['verify']),
    webcrypto.subtle.importKey('jwk', privateJwk as JsonWebKey, algorithm, true, ['sign']),
  ]);
  return { publicKey: keys[0], privateKey: keys[1] };
}

/** A certificate of a TPM's attestation key (section 8.3.1), which is of RSA. */
export async function tpmCertificate(issuer: Certified, hash: 'SHA-1' | 'SHA-256'): Promise<Certified> {
  const rsa = {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash,
  };
  const device = '2.23.133.2.1=id:53544D20+2.23.133.2.2=Test+2.23.133.2.3=id:00010002';
  return certify({
    name: '',
    issuer,
    keys: await webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify']),
    extensions: [
      new ExtendedKeyUsageExtension(['2.23.133.8.3']),
      new SubjectAlternativeNameExtension([{ type: 'dn', value: device }], true),
    ],
  });
}

/** Section 8.3, of a credential on P-256; `names` hashes the public area. */
export const tpm =
  (x5c: Certified[], alg: -257 | -65535, names: 'sha1' | 'sha256' = 'sha256'): StatementMaker =>
  (made) => {
    const hash = alg === -257 ? 'sha256' : 'sha1';
    const nameAlgorithm = uint16(names === 'sha1' ? 0x04 : 0x0b);
    const { x = '', y = '' } = made.credential.publicKey.export({ format: 'jwk' });
    const nothing = uint16(0x10);
    const pubArea = Buffer.concat([
      uint16(0x23),
      nameAlgorithm,
      Buffer.alloc(4),
      sized(Buffer.alloc(0)),
      nothing,
      nothing,
      uint16(3),
      nothing,
      sized(Buffer.from(x, 'base64url')),
      sized(Buffer.from(y, 'base64url')),
    ]);
    const name = Buffer.concat([nameAlgorithm, createHash(names).update(pubArea).digest()]);
    const certInfo = Buffer.concat([
      Buffer.from('ff5443478017', 'hex'),
      sized(Buffer.alloc(0)),
      sized(createHash(hash).update(signedBy(made)).digest()),
      Buffer.alloc(25),
      sized(name),
      sized(name),
    ]);
    const sig = bytes(sign(hash, certInfo, privateKeyOf(x5c[0]!)));
    const members = { ver: '2.0', alg, sig, certInfo: bytes(certInfo), pubArea: bytes(pubArea) };
    return { format: 'tpm', statement: statementOf(members, x5c) };
  };

/** Section 8.5, with other members of the response. */
export const safetyNet =
  (x5c: Certified[], further: Record<string, unknown> = {}): StatementMaker =>
  (made) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = {
      nonce: sha256(signedBy(made)).toString('base64'),
      timestampMs: Date.now() - 1000,
      ctsProfileMatch: true,
      basicIntegrity: true,
      ...further,
    };
    const header = { alg: 'ES256', x5c: x5c.map(({ der }) => der.toString('base64')) };
    const signed = `${part(header)}.${part(payload)}`;
    const key = { key: privateKeyOf(x5c[0]!), dsaEncoding: 'ieee-p1363' } as const;
    const signature = sign('sha256', Buffer.from(signed), key).toString('base64url');
    const response = bytes(Buffer.from(`${signed}.${signature}`));
    return {
      format: 'android-safetynet',
      statement: new Map<string, CBORType>([
        ['ver', '1'],
        ['response', response],
      ]),
    };
  };
