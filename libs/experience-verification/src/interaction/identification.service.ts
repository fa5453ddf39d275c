import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Attempts } from '../attempts/attempts.service';
import type { AuditEvent } from '../audit/audit-event';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { signUpOf, SignUps } from '../invitations/sign-ups.service';
import { IDENTIFIERS } from '../identifiers/identifier';
import type { Exchange } from '../ports/exchange';
import type { Caller } from '../ports/http-exchange';
import { PasskeysService } from '../passkeys/passkeys.service';
import { RecoveryRepository } from '../records/recovery.repository';
import type { TakenProof, TakenRecord } from '../records/verification-record.repository';
import { AccountClaims, type AddressProof } from '../recovery/account-claims.service';
import { VerificationRecordService } from '../records/verification-record.service';
import { Accounts } from '../users/accounts.service';
import type { RelyingParty } from '../webauthn/relying-party';
import type { InteractionId, UserId } from '../webauthn/webauthn-types';
import type { Identification } from '../ports/identification';
import { SIGN_IN_AT_ONCE, type SignInAtOnce } from './sign-in-at-once';
import {
  INTERACTION_PROVIDER,
  type InteractionEvent,
  type InteractionProvider,
} from '../ports/interaction.port';

/** Who is identified, and what has happened to that end. */
type Identified = Identification & { events: AuditEvent[]; proof?: AddressProof };

/** Turns a verified record into an identified user: found for SignIn, created with the passkey for Register. */
@Injectable()
export class IdentificationService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    @Inject(SIGN_IN_AT_ONCE) private readonly atOnce: SignInAtOnce | null,
    private readonly accounts: Accounts,
    private readonly records: VerificationRecordService,
    private readonly recoveries: RecoveryRepository,
    private readonly claims: AccountClaims,
    private readonly signUps: SignUps,
    private readonly passkeys: PasskeysService,
    private readonly attempts: Attempts,
    private readonly audit: AuditService,
  ) {}

  /**
   * Uses the record, in one statement or one transaction: when it fails, nothing has happened.
   * @returns the event that the interaction is for
   * @throws ExperienceException `session.verification_session_not_found`, `session.verification_failed`,
   *   `session.invalid_interaction_type`, `session.identity_conflict`, `user.suspended`,
   *   `recovery.second_code_required`, `user.*_already_in_use`, `session.mfa.webauthn_credential_already_in_use`,
   *   `sign_up.closed`, `sign_up.invitation_required`, `invitation.not_found`
   */
  identify(
    exchange: Exchange,
    interactionId: InteractionId | null,
    verificationId: string,
    caller: Caller,
  ): Promise<InteractionEvent> {
    const { id: rpId } = exchange.relyingParty;
    const attempt = this.attempts.begin({ rpId, caller, failure: 'identification.failed', verificationId });
    return attempt.make(async () => {
      if (!interactionId) throw new ExperienceException('session.verification_session_not_found');
      if (await this.registerAtOnce(exchange, interactionId, verificationId, caller)) return 'Register';
      const { userId, event } = (await this.atOnce?.identify(exchange, interactionId, verificationId)) ?? {
        userId: null,
        event: await this.interactions.eventOf(interactionId),
      };
      if (userId) return event;
      const happened = await this.dataSource.transaction(async (transaction) => {
        const record = await this.records.take(interactionId, verificationId, transaction);
        attempt.isAboutUser(record.userId);
        const { events, proof, ...user } =
          event === 'SignIn'
            ? await this.signIn(exchange.relyingParty, interactionId, record, transaction)
            : await this.register(exchange.relyingParty, interactionId, record, caller, transaction);
        await this.interactions.identify(interactionId, user, transaction);
        const renewedId = await this.interactions.renew(interactionId, exchange, transaction);
        await this.records.move(interactionId, renewedId, transaction);
        // Passkeys end after that: a verification holds its record while it waits for its passkey.
        const claim = proof && (await this.claims.prove(proof, rpId, caller, transaction));
        return { events, claim };
      });
      for (const one of happened.events) this.audit.publish(one);
      if (happened.claim) this.claims.publish(happened.claim);
      return event;
    });
  }

  /** False, and nothing has happened, where it is not as simple as that. */
  private async registerAtOnce(
    exchange: Exchange,
    interactionId: InteractionId,
    verificationId: string,
    caller: Caller,
  ): Promise<boolean> {
    const { relyingParty } = exchange;
    if (!this.atOnce?.registers(exchange) || signUpOf(relyingParty) !== 'open') return false;
    const [userId, passkeyId] = [randomUUID() as string as UserId, randomUUID()];
    const of = { rpId: relyingParty.id, userId };
    const registered = this.audit.prepare({ type: 'user.registered', ...of, details: {} }, caller);
    const added = this.audit.prepare({ type: 'passkey.added', ...of, details: { passkeyId } }, caller);
    const person = { userId, passkeyId, registered, added };
    const done = await this.atOnce.register(exchange, interactionId, verificationId, person);
    if (!done) return false;
    const { credentialId, identifier } = done;
    this.audit.publish(registered);
    const addresses = IDENTIFIERS[identifier.type].reachable ? [identifier] : [];
    this.audit.publish({ ...added, details: { ...added.details, credentialId } }, addresses);
    return true;
  }

  /** Creates the user and the passkey; an address that was proved in the interaction is so from the start. */
  private async register(
    relyingParty: RelyingParty,
    interactionId: InteractionId,
    record: TakenRecord,
    caller: Caller,
    transaction: EntityManager,
  ): Promise<Identified> {
    const identifier = record.ceremony === 'registration' ? record.request.identifier : undefined;
    if (record.ceremony !== 'registration' || !identifier) {
      throw new ExperienceException('session.invalid_interaction_type');
    }
    const { newCredential, userHandle, amr, verifiedAt, request } = record;
    const userId = await this.accounts.create({ identifier, userHandle, relyingParty }, transaction);
    const { id: rpId } = relyingParty;
    const isAddress = IDENTIFIERS[identifier.type].reachable;
    if (isAddress && (await this.recoveries.takeProofs({ interactionId, rpId }, identifier, transaction))) {
      await this.accounts.prove(userId, identifier, transaction);
    }
    const newcomer = { userId, relyingParty, caller };
    const { invitation, events } = await this.signUps.complete(newcomer, request.invitation, transaction);
    const details = invitation === undefined ? {} : { invitation };
    const registered = { type: 'user.registered', rpId, userId, details } as const;
    const created = await this.audit.write(registered, caller, transaction);
    const bound = await this.passkeys.bind(userId, newCredential, userHandle, null, caller, transaction);
    return {
      userId,
      amr,
      authenticatedAt: verifiedAt,
      passkeyId: bound.record.id,
      events: [created, ...events, bound.event],
    };
  }

  private async signIn(
    { policy }: RelyingParty,
    interactionId: InteractionId,
    record: TakenRecord,
    transaction: EntityManager,
  ): Promise<Identified> {
    if (record.ceremony !== 'authentication' && record.ceremony !== 'recovery') {
      throw new ExperienceException('session.invalid_interaction_type');
    }
    const { userId, amr, verifiedAt, passkeyId, suspended, passkeyRemoved } = record;
    const present = userId !== null && suspended !== null;
    if (present) await this.requireSameAddress(userId, record.request, transaction);
    if (!present || passkeyRemoved) {
      throw new ExperienceException('session.verification_session_not_found', {
        reason: 'the user or the passkey was deleted after the verification',
      });
    }
    const proofs = [record.request];
    if (record.ceremony === 'recovery' && policy.recovery === 'two-codes' && !record.request.byLink) {
      const wasSent = record.request.countedFor !== undefined;
      const other = await this.recoveries.takeOther(interactionId, userId, wasSent, transaction);
      if (!other) throw new ExperienceException('recovery.second_code_required');
      await this.requireSameAddress(userId, other, transaction);
      proofs.push(other);
    }
    const address = proofs.find(({ sentTo }) => sentTo)?.sentTo;
    const proof = address && { userId, address, provedAt: verifiedAt, isOwner: proofs.length > 1 };
    return { userId, amr, authenticatedAt: verifiedAt, passkeyId, events: [], proof };
  }

  /** What a code proved dies with the address that it was sent to. */
  private async requireSameAddress(
    userId: UserId,
    { sentTo }: TakenProof['request'],
    transaction: EntityManager,
  ): Promise<void> {
    if (!sentTo || (await this.accounts.hasAddress(userId, sentTo, transaction))) return;
    throw new ExperienceException('session.verification_session_not_found', {
      reason: 'the account has lost the address to which the code was sent',
    });
  }
}
