/** Requests to be added to what all servers have counted of a key. */
export interface Hits {
  /** Base64url of a hash: the store learns no address and no identifier. */
  key: string;
  count: number;
  /** Milliseconds after the first hit at which the count begins afresh, by the store's clock. */
  window: number;
}

/** What all servers together have counted of a key, these hits included. */
export interface WindowCount {
  count: number;
  /** Milliseconds until the window ends. */
  msLeft: number;
}

/** How failures in a row lock a key: for 1, 2, 4 … seconds from the `threshold`-th on. */
export interface LockPolicy {
  threshold: number;
  /** Seconds. */
  longest: number;
  /** Seconds after the last failure at which they are forgotten. */
  memory: number;
}

export interface Lock {
  key: string;
  msLeft: number;
}

/**
 * What servers share of their limits. It may fail or be slow at any time: then each server counts for itself.
 * Implementations are atomic in each call, and their own clock is the only one.
 */
export interface RateLimitStore {
  /** Adds hits of different keys; answers in their order. */
  add(hits: Hits[]): Promise<WindowCount[]>;
  /** Adds one failure, and locks the key when there are many. */
  fail(key: string, policy: LockPolicy): Promise<{ failures: number; msLocked: number }>;
  /** Forgets the failures of these keys, and unlocks them. */
  clear(keys: string[]): Promise<void>;
  /** The keys that are locked now. */
  locks(): Promise<Lock[]>;
}

export const RATE_LIMIT_STORE = Symbol('RATE_LIMIT_STORE');
