import { randomUUID } from 'node:crypto';
import type { VerificationId } from '../webauthn/webauthn-types';

let last = 0n;

/**
 * A UUID of version 7 (RFC 9562, section 6.2, method 1), greater than every one that this process has made: records that one statement
 * makes for many calls have one time, and the embedded database's clock counts milliseconds.
 */
export function newVerificationId(): VerificationId {
  const now = BigInt(Date.now()) << 12n;
  last = now > last ? now : last + 1n;
  const time = last.toString(16).padStart(15, '0');
  const random = randomUUID().slice(18);
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${time.slice(12)}${random}` as VerificationId;
}
