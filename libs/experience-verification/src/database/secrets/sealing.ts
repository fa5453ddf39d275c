import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/**
 * Keeps JSON so that who reads the database alone can't use it: AES-256-GCM under a key derived from a secret. Of several
 * secrets the first seals, and each opens.
 */
export class Sealing {
  private readonly keys: Buffer[];

  /** @param purpose what is sealed: each has a key of its own */
  constructor(secrets: readonly string[], purpose: string) {
    this.keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)));
  }

  /** @param name of the row, which the ciphertext fits alone */
  seal(value: unknown, name: Buffer): Buffer {
    const [key] = this.keys;
    if (!key) throw new Error('there is no secret to seal with');
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(name);
    const sealed = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** Null when it was sealed under another secret, or changed. */
  open(sealed: Buffer, name: Buffer): unknown {
    return this.find(sealed, name)?.value ?? null;
  }

  /** The same under the first secret; null when it is already, or can't be opened. */
  sealAnew(sealed: Buffer, name: Buffer): Buffer | null {
    const found = this.find(sealed, name);
    return !found || found.place === 0 ? null : this.seal(found.value, name);
  }

  private find(sealed: Buffer, name: Buffer): { value: unknown; place: number } | null {
    for (const [place, key] of this.keys.entries()) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE))
          .setAAD(name)
          .setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
        const opened = Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
        return { value: JSON.parse(opened.toString()) as unknown, place };
      } catch {
        // The next may be the one.
      }
    }
    return null;
  }
}
