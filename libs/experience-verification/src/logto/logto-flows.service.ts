import { Inject, Injectable } from '@nestjs/common';
import { InteractionPasskeys } from '../interaction/interaction-passkeys.service';
import { currentInteraction } from '../api/current-interaction';
import type { Exchange } from '../ports/exchange';
import { callerOf } from '../ports/http-exchange';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import { VerificationRecordService } from '../records/verification-record.service';
import type { CreatedRegistrationDto } from '../registration/registration.dto';
import { WebAuthnService } from '../webauthn.service';
import type { Identifier } from '../identifiers/identifier';
import type { InteractionId } from '../webauthn/webauthn-types';
import { SkippedOffer } from './skipped-offer';

/**
 * What calls mean that Logto's pages make with less in them than the module's own. A new user exists there without a
 * passkey; here the registration that was begun for the username stands for them until the passkey is there.
 */
@Injectable()
export class LogtoFlows {
  constructor(
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    private readonly records: VerificationRecordService,
    private readonly passkeys: InteractionPasskeys,
    private readonly webAuthn: WebAuthnService,
  ) {}

  /** The new user of a sign-up who has no passkey yet; null when the browser is in none. */
  async newUser({ relyingParty }: Exchange, interactionId: InteractionId | null): Promise<Identifier | null> {
    if (!interactionId || (await this.interactions.identifiedUser(interactionId))) return null;
    const identifier = await this.records.newUserOf(interactionId, relyingParty.id);
    return identifier && (await this.interactions.eventOf(interactionId)) === 'Register' ? identifier : null;
  }

  /** Options for the passkey of a sign-up, or of a sign-in by other means; null outside of them. */
  async registrationOptions(exchange: Exchange): Promise<CreatedRegistrationDto | null> {
    const { relyingParty } = exchange;
    const interactionId = await currentInteraction(exchange, this.interactions);
    if (!interactionId) return null;
    const place = { relyingParty, interactionId };
    const userId = await this.passkeys.userWithout(interactionId, relyingParty.id);
    if (userId) return this.webAuthn.generateRegistrationOptionsForUser({ ...place, userId });
    const identifier = await this.newUser(exchange, interactionId);
    const caller = callerOf(exchange.request);
    return identifier && this.webAuthn.generateRegistrationOptions({ ...place, identifier, caller });
  }

  /** Whether a passkey is to be offered before the sign-in or sign-up ends. */
  async offersPasskey(exchange: Exchange): Promise<boolean> {
    const interactionId = await currentInteraction(exchange, this.interactions);
    const userId = await this.passkeys.userWithout(interactionId, exchange.relyingParty.id);
    if (userId) return !SkippedOffer.of(exchange, userId);
    return (await this.newUser(exchange, interactionId)) !== null;
  }
}
