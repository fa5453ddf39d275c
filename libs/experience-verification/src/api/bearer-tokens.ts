import { createHash, timingSafeEqual } from 'node:crypto';

/** A token that a caller may show, by its hash: the token itself is kept nowhere. */
export interface BearerToken {
  name: string;
  /** SHA-256 of the token: it is random, so that nothing slower is needed. */
  hash: Buffer;
}

/** Characters of a token, at least: 32 of base 16 are 128 bits. */
export const SHORTEST_TOKEN = 32;

export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The token of an Authorization header (RFC 6750, section 2.1); undefined when it has none. */
export const tokenIn = (authorization: string | undefined): string | undefined =>
  /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];

/** The one of `tokens` that was shown; in the same time for each of them, and for none. */
export function findToken<T extends BearerToken>(tokens: T[], shown: string): T | undefined {
  const hash = hashOfToken(shown);
  const [found] = tokens.filter((token) => timingSafeEqual(token.hash, hash));
  return found;
}
