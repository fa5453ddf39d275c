import type { EntityManager } from 'typeorm';
import type { Exchange } from './exchange';
import type { Identification } from './identification';
import type { InteractionId, UserId } from '../webauthn/webauthn-types';

/** What an interaction is for. */
export const INTERACTION_EVENTS = ['SignIn', 'Register'] as const;
export type InteractionEvent = (typeof INTERACTION_EVENTS)[number];

/** Who was identified in an interaction, and where the browser goes once the session has begun. */
export interface FinishedInteraction extends Identification {
  /** A path of the relying party's pages, or a URL. */
  redirectTo: string;
}

/**
 * Says which interaction a browser is in, what it is for and who is identified in it. The default is a cookie and
 * the interactions table; an OpenID Connect provider answers with its own. Verification records are the module's:
 * it keeps them by the interaction's id, moves them when the id changes, and deletes them when the interaction ends.
 *
 * Each call is atomic: of two at once on one interaction each sees the other wholly done, or not begun. What is done
 * in `transaction`, the one in which the module uses the verified record, is undone with it. An implementation whose
 * state is elsewhere can not, and need not: the module calls it last in its transaction, so that only a commit that
 * fails is left; then the browser is identified by a record that may be used again, and `finish` must not answer a
 * user who does not exist or is suspended.
 */
export interface InteractionProvider {
  /** The interaction that this browser is in; null when its cookie is missing. Asks no database. */
  current(exchange: Exchange): InteractionId | null | Promise<InteractionId | null>;
  /** The same, but begins one (sets the cookie) when there is none. Asks no database. */
  currentOrNew(exchange: Exchange): InteractionId | Promise<InteractionId>;
  /**
   * Ends the browser's interaction, if any, and begins one for `event`.
   * @returns its id, another one than before
   */
  restart(exchange: Exchange, event: InteractionEvent): Promise<InteractionId>;
  /** What the interaction is for: `SignIn` unless it was begun otherwise. */
  eventOf(id: InteractionId): Promise<InteractionEvent>;
  /** Who has been identified in it, if anybody; null also when that user is suspended. */
  identifiedUser(id: InteractionId): Promise<UserId | null>;
  /** How they have been, read in `transaction`; null when nobody has, or may sign in. */
  identification(id: InteractionId, transaction: EntityManager): Promise<Identification | null>;
  /**
   * Notes who has been identified, in `transaction`. Of one who has been before, `amr` is added, `authenticatedAt` is
   * that of the later proof, and `passkeyId` stays where the later one has none.
   * @throws ExperienceException `session.identity_conflict` when somebody else has been identified before
   */
  identify(id: InteractionId, user: Identification, transaction: EntityManager): Promise<void>;
  /**
   * Gives the browser a new secret for the interaction, in `transaction`: whoever knew the old one, or planted it in
   * the browser, must not be the one who submits (session fixation).
   * @returns the id that it has from now on
   */
  renew(
    id: InteractionId,
    exchange: Exchange,
    transaction: EntityManager,
  ): InteractionId | Promise<InteractionId>;
  /**
   * Spends the interaction in `transaction`: exactly one caller gets it. Asks nothing of the database outside of it: the
   * embedded one has one session.
   * @throws ExperienceException `session.interaction_not_found`, `session.identifier_not_found`, `user.suspended`
   */
  finish(exchange: Exchange, transaction: EntityManager): Promise<FinishedInteraction>;
  /** Ends the browser's interaction, if any. */
  abandon(exchange: Exchange): Promise<void>;
}

export const INTERACTION_PROVIDER = Symbol('INTERACTION_PROVIDER');
