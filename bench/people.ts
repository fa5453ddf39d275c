import { randomBytes, randomUUID } from 'node:crypto';
import { createPrivateKey, createPublicKey, type JsonWebKey } from 'node:crypto';
import { type CredentialKey, generateCredentialKey } from '../test/support/credential-key';
import type { StoredCredential } from '../test/support/software-authenticator';

/** Somebody with one passkey. Everything is JSON, for the processes that sign. */
export interface Person {
  id: string;
  username: string;
  recordId: string;
  credentialId: string;
  userHandle: string;
  algorithm: number;
  privateKey: JsonWebKey;
  /** Base64url. */
  coseKey: string;
}

export const RP_ID = 'localhost';
export const ORIGIN = 'http://localhost:3000';

const [ES256, RS256] = [-7, -257];

/** RSA keys take long to make: people share these. The server can't know. */
const RSA_KEYS = 8;

/** People with a passkey each, ES256 and RS256 in turn. */
export function makePeople(count: number): Person[] {
  const rsaKeys = Array.from({ length: RSA_KEYS }, () => generateCredentialKey(RS256));
  return Array.from({ length: count }, (_, index) => {
    const key = (index % 2 && rsaKeys[(index >> 1) % RSA_KEYS]) || generateCredentialKey(ES256);
    return {
      id: randomUUID(),
      username: `person-${index}`,
      recordId: randomUUID(),
      credentialId: randomBytes(32).toString('base64url'),
      userHandle: randomBytes(64).toString('base64url'),
      algorithm: key.algorithm,
      privateKey: key.privateKey.export({ format: 'jwk' }),
      coseKey: key.coseKey.toString('base64url'),
    };
  });
}

/** The person's passkey, as the software authenticator holds it. */
export function passkeyOf({ privateKey: jwk, coseKey, ...person }: Person): StoredCredential {
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  const publicKey = createPublicKey(privateKey);
  const key: CredentialKey = {
    algorithm: person.algorithm,
    privateKey,
    publicKey,
    coseKey: Buffer.from(coseKey, 'base64url'),
  };
  const { credentialId, userHandle } = person;
  return { ...key, credentialId, userHandle, rpId: RP_ID, counter: 0 };
}
