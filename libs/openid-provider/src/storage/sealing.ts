import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/** Keeps JSON so that who reads the database alone can't use it: AES-256-GCM under a key derived from the secret. */
export class Sealing {
  private readonly key: Buffer;

  /** @param purpose what is sealed: each has a key of its own */
  constructor(secret: string, purpose: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', `openid-provider ${purpose}`, 32));
  }

  /** @param name of the row, which the ciphertext fits alone */
  seal(value: unknown, name: Buffer): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(name);
    const sealed = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** Null when it was sealed under another secret, or changed. */
  open(sealed: Buffer, name: Buffer): unknown {
    const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(0, NONCE))
      .setAAD(name)
      .setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
    try {
      const opened = Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
      return JSON.parse(opened.toString());
    } catch {
      return null;
    }
  }
}
