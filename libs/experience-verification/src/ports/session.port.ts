import type { EntityManager } from 'typeorm';
import type { Exchange } from './exchange';
import type { UserId } from '../webauthn/webauthn-types';

/**
 * Authentication method references (RFC 8176): hardware- or software-secured key, proof of possession, user
 * presence; `otp` for a recovery code or one sent to the user.
 */
export const AUTHENTICATION_METHODS = ['hwk', 'swk', 'pop', 'user', 'otp'] as const;
export type AuthenticationMethod = (typeof AUTHENTICATION_METHODS)[number];

/** What the API needs to know of a signed-in browser. */
export interface CurrentSession {
  userId: UserId;
  /** How the user was authenticated. */
  amr: AuthenticationMethod[];
  /** When the user last proved who they are. */
  authenticatedAt: Date;
  /** Seconds since then, by the clock that noted it. */
  age: number;
}

/**
 * Keeps browsers signed in. The default is a cookie and the sessions table; an OpenID Connect provider
 * brings its own. Each call is atomic, and takes no part in a transaction of the module, but for `endAll`: it comes after
 * what it follows from is committed.
 */
export interface SessionProvider {
  /** Signs the user in on this browser: a session always begins under a new secret, and ends the one before it. */
  start(exchange: Exchange, user: { userId: UserId; amr: AuthenticationMethod[] }): Promise<void>;
  /** The session of this browser; null when signed out, expired, or when the user is suspended. */
  current(exchange: Exchange): Promise<CurrentSession | null>;
  /** Notes that the signed-in user has just proved who they are again: `age` becomes 0, `amr` is added. */
  renew(exchange: Exchange, amr: AuthenticationMethod[]): Promise<void>;
  /** Signs this browser out. */
  end(exchange: Exchange): Promise<void>;
  /**
   * Signs the user out everywhere, for good: who is suspended has no session that comes back later.
   * @param transaction that suspends or deletes the user; sessions that are elsewhere end at once
   */
  endAll(userId: UserId, transaction: EntityManager): Promise<void>;
}

export const SESSION_PROVIDER = Symbol('SESSION_PROVIDER');

/** RFC 8176: proof of possession of a key bound to hardware, or of one that syncs, by a present user. */
export const methodsOfPasskey = (backupEligible: boolean): AuthenticationMethod[] => [
  backupEligible ? 'swk' : 'hwk',
  'pop',
  'user',
];
