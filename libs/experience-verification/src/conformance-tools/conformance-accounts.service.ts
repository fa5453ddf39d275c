import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { type Identifier, normaliseIdentifier } from '../identifiers/identifier';
import { IdentificationService } from '../interaction/identification.service';
import { InteractionService } from '../interaction/interaction.service';
import { PasskeysService } from '../passkeys/passkeys.service';
import type { Exchange } from '../ports/exchange';
import type { Caller } from '../ports/http-exchange';
import {
  INTERACTION_PROVIDER,
  type InteractionEvent,
  type InteractionProvider,
} from '../ports/interaction.port';
import { VerificationRecordService } from '../records/verification-record.service';
import { Accounts } from '../users/accounts.service';
import type { InteractionId, UserId, VerificationId } from '../webauthn/webauthn-types';

/**
 * Accounts as the tools use them: whoever names one may give it a passkey. No server that people use may do so, which is
 * why this is here, and nowhere else.
 */
@Injectable()
export class ConformanceAccounts {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    private readonly interaction: InteractionService,
    private readonly identification: IdentificationService,
    private readonly records: VerificationRecordService,
    private readonly passkeys: PasskeysService,
    private readonly accounts: Accounts,
    private readonly audit: AuditService,
  ) {}

  /** @throws ExperienceException `guard.invalid_input` */
  toIdentifier(username: string): Identifier {
    const identifier = normaliseIdentifier(username.includes('@') ? 'email' : 'username', username);
    if (identifier) return identifier;
    throw new ExperienceException('guard.invalid_input', { data: { username: ['can not be one'] } });
  }

  idOf(identifier: Identifier, { relyingParty }: Exchange): Promise<UserId | null> {
    return this.accounts.idOf(identifier, relyingParty);
  }

  /** Begins an interaction, in which one record is pending. */
  async begin(exchange: Exchange, event: InteractionEvent): Promise<InteractionId> {
    await this.interaction.abandon(exchange);
    return this.interactions.restart(exchange, event);
  }

  /** Gives the new passkey to the account: an account that is there, or else one that is made. */
  async keep(
    exchange: Exchange,
    interactionId: InteractionId,
    verificationId: VerificationId,
    caller: Caller,
  ): Promise<void> {
    if ((await this.interactions.eventOf(interactionId)) === 'Register') {
      await this.identification.identify(exchange, interactionId, verificationId, caller);
      return;
    }
    const event = await this.dataSource.transaction(async (transaction) => {
      const taken = await this.records.take(interactionId, verificationId, transaction);
      if (taken.ceremony !== 'registration' || !taken.userId) {
        throw new ExperienceException('session.verification_session_not_found');
      }
      const { userId, newCredential, userHandle } = taken;
      return (await this.passkeys.bind(userId, newCredential, userHandle, null, caller, transaction)).event;
    });
    this.audit.publish(event);
  }
}
