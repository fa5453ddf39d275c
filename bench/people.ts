import { createPrivateKey, createPublicKey, randomBytes, randomUUID } from 'node:crypto';
import { spkiToCose } from '../libs/experience-verification/src/webauthn/cose-key';
import { type KeyPair, makeKeyPair } from '../libs/experience-verification/src/webauthn/key-pair';
import type { StoredCredential } from '../test/support/software-authenticator';

/** Somebody with one passkey. Everything is JSON, for the processes that sign. */
export interface Person {
  id: string;
  username: string;
  recordId: string;
  credentialId: string;
  userHandle: string;
  algorithm: number;
  /** PKCS #8, base64. */
  privateKey: string;
  /** Base64url. */
  coseKey: string;
}

export const RP_ID = 'localhost';
export const ORIGIN = 'http://localhost:3000';

const [ES256, RS256] = [-7, -257];

/** RSA keys take long to make: people share these. The server can't know. */
const RSA_KEYS = 8;

const generateKey = (algorithm: number): KeyPair =>
  algorithm === RS256
    ? makeKeyPair('rsa', { modulusLength: 2048 })
    : makeKeyPair('ec', { namedCurve: 'P-256' });

/** People with a passkey each, ES256 and RS256 in turn. */
export function makePeople(count: number): Person[] {
  const rsaKeys = Array.from({ length: RSA_KEYS }, () => generateKey(RS256));
  return Array.from({ length: count }, (_, index) => {
    const rsaKey = index % 2 ? rsaKeys[(index >> 1) % RSA_KEYS] : undefined;
    const { publicKey, privateKey } = rsaKey ?? generateKey(ES256);
    return {
      id: randomUUID(),
      username: `person-${index}`,
      recordId: randomUUID(),
      credentialId: randomBytes(32).toString('base64url'),
      userHandle: randomBytes(64).toString('base64url'),
      algorithm: rsaKey ? RS256 : ES256,
      privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      coseKey: spkiToCose(publicKey.export({ format: 'der', type: 'spki' })).toString('base64url'),
    };
  });
}

/** The person's passkey, as the software authenticator holds it. */
export function passkeyOf({ privateKey: pkcs8, coseKey, ...person }: Person): StoredCredential {
  const { algorithm, credentialId, userHandle } = person;
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' });
  return {
    algorithm,
    credentialId,
    userHandle,
    privateKey,
    publicKey: createPublicKey(privateKey),
    coseKey: Buffer.from(coseKey, 'base64url'),
    rpId: RP_ID,
    counter: 0,
  };
}
