import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Identifier } from '../identifiers/identifier';
import type { OfferedCredential, RpId, Transport } from '../webauthn/webauthn-types';

/** What options show of a passkey: the length of its ID in bytes, and its transports. */
export interface PasskeyShape {
  length: number;
  transports: Transport[];
}

/** Accounts of one passkey, as common authenticators make it: what decoys look like until there are accounts to be like. */
export const COMMON_ACCOUNTS: PasskeyShape[][] = [
  [{ length: 32, transports: ['internal', 'hybrid'] }],
  [{ length: 16, transports: ['internal', 'hybrid'] }],
  [{ length: 20, transports: ['internal', 'hybrid'] }],
  [{ length: 32, transports: ['internal'] }],
];

/** WebAuthn Level 3, section 4: a credential ID has 16 bytes at least. */
const SHORTEST = 16;
const NONCE = 8;

/** The ID that begins with `nonce`: whoever has the secret can tell that it was made here, and nobody else. */
const idOf = (secret: string, rpId: RpId, nonce: Buffer, length: number): Buffer =>
  Buffer.concat([
    nonce,
    Buffer.from(hkdfSync('sha256', secret, nonce, `decoy credential ${rpId}`, length - nonce.length)),
  ]);

/**
 * Made-up passkeys for an identifier that has none: the same at each call and on each server, since they are keyed by
 * `secret`, and of the shapes that those of some real account have (WebAuthn Level 3, section 14.6.2).
 */
export function decoyCredentials(
  secret: string,
  rpId: RpId,
  { type, value }: Identifier,
  accounts: readonly PasskeyShape[][],
): OfferedCredential[] {
  const digest = (what: unknown) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([rpId, type, value, what]))
      .digest();
  const account = accounts[digest('account').readUIntBE(0, 6) % accounts.length] ?? [];
  return account.map(({ length, transports }, index) => {
    const nonce = digest(index).subarray(0, NONCE);
    return { credentialId: idOf(secret, rpId, nonce, Math.max(length, SHORTEST)), transports };
  });
}

/** Whether the ID is of a decoy: a passkey under it is refused as one under the ID of a real passkey is. */
export function isDecoyCredential(secret: string, rpId: RpId, credentialId: Buffer): boolean {
  if (credentialId.length < SHORTEST) return false;
  const made = idOf(secret, rpId, credentialId.subarray(0, NONCE), credentialId.length);
  return timingSafeEqual(made, credentialId);
}
