import { createHmac } from 'node:crypto';
import type { Identifier } from '../identifiers/identifier';
import type { OfferedCredential, RpId, Transport } from '../webauthn/webauthn-types';

/** Credentials as common authenticators make them: the length of the ID in bytes, and the transports. */
const SHAPES: { length: number; transports: Transport[] }[] = [
  { length: 32, transports: ['internal', 'hybrid'] },
  { length: 16, transports: ['internal', 'hybrid'] },
  { length: 20, transports: ['internal', 'hybrid'] },
  { length: 32, transports: ['internal'] },
];

/**
 * A made-up passkey for an identifier that has none: the same at each call and on each server, since it is
 * keyed by `secret`, and of a shape that real ones have (WebAuthn Level 3, section 14.6.2).
 */
export function decoyCredentials(
  secret: string,
  rpId: RpId,
  { type, value }: Identifier,
): OfferedCredential[] {
  const digest = createHmac('sha512', secret)
    .update(JSON.stringify([rpId, type, value]))
    .digest();
  const shape = SHAPES[digest.readUInt8(63) % SHAPES.length];
  return shape ? [{ credentialId: digest.subarray(0, shape.length), transports: shape.transports }] : [];
}
