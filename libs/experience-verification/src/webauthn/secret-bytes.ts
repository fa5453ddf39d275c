import { createHash, randomFillSync } from 'node:crypto';

/** Drawn at once: a call of the generator costs more than what it generates. */
const pool = Buffer.allocUnsafeSlow(4096);
let used = pool.length;

/** Random bytes for a secret, as crypto.randomBytes gives them; those that are given are not kept. */
export function secretBytes(size: number): Buffer {
  if (used + size > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + size));
  pool.fill(0, used, used + size);
  used += size;
  return bytes;
}

/** SHA-256 of the secret of a link, which alone is kept: it is random, of 256 bits, so that nothing slower is needed. */
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
