import type { AuditEvent } from '../audit/audit-event';
import type { Identifier } from '../identifiers/identifier';
import type { Exchange } from '../ports/exchange';
import type { Identification } from '../ports/identification';
import type { InteractionEvent } from '../ports/interaction.port';
import type { CredentialId, InteractionId, UserId } from '../webauthn/webauthn-types';

/** Somebody who is to be registered, and what is recorded of it. */
export interface NewPerson {
  userId: UserId;
  passkeyId: string;
  /** `user.registered` */
  registered: AuditEvent;
  /** `passkey.added`, but for the credential's id. */
  added: AuditEvent;
}

/** Who was registered, by which credential. */
export interface Registered {
  credentialId: CredentialId;
  identifier: Identifier;
}

/**
 * What is left of a sign-in by passkey, or a registration, in a statement each, where users, interactions and sessions are all the module's
 * own. Where it is not as simple as that, it changes nothing, and does not say why: the services' transactions decide.
 */
export interface SignInAtOnce {
  /** Takes a verified authentication and identifies its user. @returns who was, if anybody, and what the interaction is for */
  identify(
    exchange: Exchange,
    interactionId: InteractionId,
    verificationId: string,
  ): Promise<{ userId: UserId | null; event: InteractionEvent }>;
  /** Whether the browser seems to be in an interaction for a registration. */
  registers(exchange: Exchange): boolean;
  /** Takes a verified registration, and creates and identifies its user. @returns null where that was not done */
  register(
    exchange: Exchange,
    interactionId: InteractionId,
    verificationId: string,
    person: NewPerson,
  ): Promise<Registered | null>;
  /** Signs the identified user in. @param event recorded with it, of the user and how they came */
  submit(
    exchange: Exchange,
    interactionId: InteractionId,
    event: AuditEvent,
  ): Promise<(Pick<Identification, 'userId' | 'amr'> & { redirectTo: string }) | null>;
}

export const SIGN_IN_AT_ONCE = Symbol('SIGN_IN_AT_ONCE');
