import type { EntityManager } from 'typeorm';
import type { Exchange } from './exchange';
import type { Identification } from './identification';
import type { UserId } from '../webauthn/webauthn-types';

/**
 * Authentication method references (RFC 8176): hardware- or software-secured key, proof of possession, user
 * presence; `otp` for a recovery code or one sent to the user.
 */
export const AUTHENTICATION_METHODS = ['hwk', 'swk', 'pop', 'user', 'otp'] as const;
export type AuthenticationMethod = (typeof AUTHENTICATION_METHODS)[number];

/** A signed-in browser, as its user is told of it. */
export interface SessionSummary {
  /** Says nothing of the secret by which the browser is known. */
  id: string;
  /** The passkey that opened it; null when none did. */
  passkeyId: string | null;
  /** How the user was authenticated. */
  amr: AuthenticationMethod[];
  createdAt: Date;
  /** When the user last proved who they are. */
  authenticatedAt: Date;
  lastSeenAt: Date;
  /** The network it was opened from, such as `203.0.113.0/24`; null when that is not known. */
  address: string | null;
  /** The browser in words, such as `Firefox on Linux`; null when that is not known. */
  browser: string | null;
}

/** What the API needs to know of a signed-in browser. */
export interface CurrentSession extends Pick<SessionSummary, 'id' | 'amr' | 'authenticatedAt' | 'passkeyId'> {
  userId: UserId;
  /** Seconds since `authenticatedAt`, by the clock that noted it. */
  age: number;
}

/** Which of a user's sessions end. */
export interface SessionSelection {
  /** Those alone that this passkey opened. */
  passkeyId?: string;
  /** But for this browser's. */
  except?: Exchange;
}

/**
 * Keeps browsers signed in. The default is a cookie and the sessions table; an OpenID Connect provider
 * brings its own. Each call is atomic. What is done in `transaction` is undone with it; an implementation whose state is
 * elsewhere does it at once.
 */
export interface SessionProvider {
  /** Signs the user in on this browser: a session always begins under a new secret, and ends the one before it. */
  start(exchange: Exchange, user: Identification, transaction: EntityManager): Promise<void>;
  /** The session of this browser; null when signed out, expired, or when the user is suspended. */
  current(exchange: Exchange): Promise<CurrentSession | null>;
  /**
   * Notes that the signed-in user has proved who they are again, by `amr` and `passkeyId`: `amr` is added, and the
   * session counts from now. It gets a new secret; the old one is worth nothing.
   */
  renew(
    exchange: Exchange,
    proof: Pick<Identification, 'amr' | 'passkeyId'>,
    transaction: EntityManager,
  ): Promise<void>;
  /**
   * Whether the session has not been ended meanwhile, and is not until `transaction` is over, in which its user is locked.
   * Without it, what a signed-in user has asked for is done although the session was ended while it waited.
   */
  counts?(session: CurrentSession, transaction: EntityManager): Promise<boolean>;
  /** Signs this browser out. */
  end(exchange: Exchange, transaction: EntityManager): Promise<void>;
  /** The user's sessions that are neither over nor idle for too long, the latest seen first. */
  list(userId: UserId): Promise<SessionSummary[]>;
  /** Ends one session of the user; false when there is none of this id. */
  endOne(userId: UserId, id: string, transaction: EntityManager): Promise<boolean>;
  /**
   * Ends sessions of the user, for good: who is suspended has none that comes back later.
   * @param transaction that suspends or deletes the user, or deletes the passkey
   */
  endAll(userId: UserId, transaction: EntityManager, selection?: SessionSelection): Promise<void>;
}

export const SESSION_PROVIDER = Symbol('SESSION_PROVIDER');

/** RFC 8176: proof of possession of a key bound to hardware, or of one that syncs, by a present user. */
export const methodsOfPasskey = (backupEligible: boolean): AuthenticationMethod[] => [
  backupEligible ? 'swk' : 'hwk',
  'pop',
  'user',
];
