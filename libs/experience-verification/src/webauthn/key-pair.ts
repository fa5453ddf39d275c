import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface KeyPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

const ENCODED = {
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
} as const;

/**
 * A new key pair of a type that node:crypto names, such as `ec` with `{ namedCurve: 'P-256' }`. It is encoded, and read again:
 * Node.js 20 can wait for itself for ever when it exports a key object that it has just generated.
 */
export function makeKeyPair(type: string, options: object = {}): KeyPair {
  const encoded = { ...(options as { namedCurve: string }), ...ENCODED };
  // What the types take for key objects are bytes by these options.
  const { privateKey, publicKey } = generateKeyPairSync(type as 'ec', encoded) as unknown as Record<
    keyof KeyPair,
    Buffer
  >;
  return {
    privateKey: createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }),
    publicKey: createPublicKey({ key: publicKey, format: 'der', type: 'spki' }),
  };
}
