import type { Exchange } from './exchange';

/**
 * Where a browser goes once its user is signed in, where somebody waits for it: an application that asked for the user.
 * Asked once the sign-in is committed.
 */
export interface SignInDestination {
  /** A path of the relying party's pages, or a URL; null when nobody waits: then what the interaction says counts. */
  of(exchange: Exchange): Promise<string | null>;
}

export const SIGN_IN_DESTINATION = Symbol('SIGN_IN_DESTINATION');
