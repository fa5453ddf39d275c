import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { PasskeysService } from '../passkeys/passkeys.service';
import type { Exchange } from '../ports/exchange';
import type { Caller } from '../ports/http-exchange';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import { VerificationRecordService } from '../records/verification-record.service';
import { Accounts } from '../users/accounts.service';
import type { InteractionId, RpId, UserId } from '../webauthn/webauthn-types';
import { IdentificationValidity } from './identification-validity';

/** A passkey is no new proof of who the user is: it leaves the time of the earlier one. */
const NO_NEW_PROOF = new Date(0);

/** The first passkey of a user whom an interaction has identified by other means, such as a code: before it is submitted. */
@Injectable()
export class InteractionPasskeys {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    private readonly accounts: Accounts,
    private readonly records: VerificationRecordService,
    private readonly passkeys: PasskeysService,
    private readonly audit: AuditService,
    private readonly validity: IdentificationValidity,
  ) {}

  /** Who has been identified, and has no passkey yet; null otherwise. */
  async userWithout(interactionId: InteractionId | null, rpId: RpId): Promise<UserId | null> {
    const userId = interactionId && (await this.interactions.identifiedUser(interactionId));
    if (!userId || (await this.accounts.isSuspended(userId, false))) return null;
    return (await this.passkeys.count(userId, rpId)) === 0 ? userId : null;
  }

  /**
   * Binds a verified registration of this interaction to the identified user. The session hangs on it.
   * @throws ExperienceException `session.identifier_not_found`, `session.verification_session_not_found`,
   *   `session.verification_failed`, `session.passkey_required` when the user has one already, `user.suspended`,
   *   `session.mfa.webauthn_credential_already_in_use`
   */
  async add(
    { relyingParty: { id: rpId } }: Exchange,
    interactionId: InteractionId | null,
    verificationId: string,
    caller: Caller,
  ): Promise<void> {
    const userId = interactionId && (await this.interactions.identifiedUser(interactionId));
    if (!userId) throw new ExperienceException('session.identifier_not_found');
    const event = await this.dataSource.transaction(async (transaction) => {
      const identification = await this.validity.stillHolding(
        userId,
        () => this.interactions.identification(interactionId, transaction),
        transaction,
      );
      if (!identification) throw new ExperienceException('session.identifier_not_found');
      const { newCredential, userHandle } = await this.records.takeRegistration(
        userId,
        interactionId,
        verificationId,
        transaction,
      );
      if ((await this.passkeys.count(userId, rpId, transaction)) > 0) {
        throw new ExperienceException('session.passkey_required');
      }
      const bound = await this.passkeys.bind(userId, newCredential, userHandle, null, caller, transaction);
      const opener = { userId, amr: [], authenticatedAt: NO_NEW_PROOF, passkeyId: bound.record.id };
      await this.interactions.identify(interactionId, opener, transaction);
      return bound.event;
    });
    this.audit.publish(event);
  }
}
