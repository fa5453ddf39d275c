import { hash, timingSafeEqual } from 'node:crypto';

/** What is kept of a secret: it is random, so that its SHA-256 tells nobody what it is. */
export const base64UrlHashOf = (secret: string): string => hash('sha256', secret, 'base64url');

/** Whether it is one of an application's secrets: all are looked at. */
export function isSecretOf(hashes: string[], secret: string): boolean {
  const given = Buffer.from(base64UrlHashOf(secret));
  return hashes.map((kept) => timingSafeEqual(Buffer.from(kept), given)).includes(true);
}
