import type { EntityManager } from 'typeorm';
import type { Exchange } from '../api/exchange';
import type { AuthenticationMethod } from './session.port';
import type { InteractionId, UserId } from '../webauthn/webauthn-types';
import type { InteractionEvent } from '../defaults/interaction.entity';

/** Who was authenticated, and how. */
export interface Identification {
  userId: UserId;
  amr: AuthenticationMethod[];
}

/**
 * Ties verification records to a browser, and says what the interaction is for and who is identified in it.
 * The default is a cookie and the interactions table; an OpenID Connect provider answers with its own.
 */
export interface InteractionProvider {
  /** The interaction that this browser is in; null when its cookie is missing. Asks no database. */
  current(exchange: Exchange): InteractionId | null | Promise<InteractionId | null>;
  /** The same, but begins one (sets the cookie) when there is none. Asks no database. */
  currentOrNew(exchange: Exchange): InteractionId | Promise<InteractionId>;
  /**
   * Ends the browser's interaction, if any, and begins one for `event`. Of its records only the pending ones of the
   * discoverable flow, which name no user, become the new one's.
   */
  restart(exchange: Exchange, event: InteractionEvent): Promise<void>;
  /** What the interaction is for: `SignIn` unless it was begun otherwise. */
  eventOf(id: InteractionId): Promise<InteractionEvent>;
  /** Who has been identified in it, if anybody. */
  identifiedUser(id: InteractionId): Promise<UserId | null>;
  /**
   * Notes who has been identified, in `transaction`; `amr` is added to what the interaction has.
   * @throws ExperienceException `session.identity_conflict` when somebody else has been identified before
   */
  identify(id: InteractionId, user: Identification, transaction: EntityManager): Promise<void>;
  /**
   * Gives the browser a new secret for the interaction, in `transaction`: whoever knew the old one, or planted it in
   * the browser, must not be the one who submits (session fixation).
   */
  renew(id: InteractionId, exchange: Exchange, transaction: EntityManager): Promise<void>;
  /**
   * Spends the interaction and returns who was identified in it: exactly one caller gets it.
   * @throws ExperienceException `session.interaction_not_found`, `session.identifier_not_found`, `user.suspended`
   */
  finish(exchange: Exchange): Promise<Identification>;
  /** Ends the interaction, with its records. */
  abandon(exchange: Exchange): Promise<void>;
}

export const INTERACTION_PROVIDER = Symbol('INTERACTION_PROVIDER');
