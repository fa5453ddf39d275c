import type { AuditEvent } from '../audit/audit-event';
import type { Exchange } from '../ports/exchange';
import type { Identification } from '../ports/identification';
import type { InteractionEvent } from '../ports/interaction.port';
import type { InteractionId, UserId } from '../webauthn/webauthn-types';

/**
 * What is left of a sign-in by passkey, in a statement each, where users, interactions and sessions are all the module's
 * own. Where it is not as simple as that, it changes nothing, and does not say why: the services' transactions decide.
 */
export interface SignInAtOnce {
  /** Takes a verified authentication and identifies its user. @returns who was, if anybody, and what the interaction is for */
  identify(
    exchange: Exchange,
    interactionId: InteractionId,
    verificationId: string,
  ): Promise<{ userId: UserId | null; event: InteractionEvent }>;
  /** Signs the identified user in. @param event recorded with it, of the user and how they came */
  submit(
    exchange: Exchange,
    interactionId: InteractionId,
    event: AuditEvent,
  ): Promise<(Pick<Identification, 'userId' | 'amr'> & { redirectTo: string }) | null>;
}

export const SIGN_IN_AT_ONCE = Symbol('SIGN_IN_AT_ONCE');
