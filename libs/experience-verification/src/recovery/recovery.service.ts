import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AnswerTimes } from '../attempts/answer-times';
import { Attempts } from '../attempts/attempts.service';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { Caller } from '../ports/http-exchange';
import { identifierHashOf } from '../limits/limit-key';
import { Sessions } from '../session/sessions.service';
import type { Exchange } from '../ports/exchange';
import { AccountClaims } from './account-claims.service';
import type { RelyingParty } from '../webauthn/relying-party';
import { Messages } from '../messages/messages.service';
import { PasskeysService } from '../passkeys/passkeys.service';
import type { CurrentSession } from '../ports/session.port';
import { NOBODY } from '../ports/user-directory.port';
import { Accounts } from '../users/accounts.service';
import type { Identifier, TypedIdentifier } from '../identifiers/identifier';
import { newVerificationId } from '../records/new-verification-id';
import { RecoveryRepository } from '../records/recovery.repository';
import type { InteractionId, RpId, UserId, VerificationId } from '../webauthn/webauthn-types';
import {
  generateRecoveryCode,
  hashRecoveryCode,
  readRecoveryCode,
  RECOVERY_CODES,
  UNREADABLE,
} from './recovery-code';
import type { RecoveryCodesDto, RecoveryCodesStatusDto } from './recovery.dto';
import { RecoveryCodesRepository } from './recovery-codes.repository';
import { countedFor } from './sent-codes.repository';
import { SentCodes } from './sent-codes.service';

/** Ways into an account whose passkeys are lost. */
@Injectable()
export class RecoveryService {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly accounts: Accounts,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly passkeys: PasskeysService,
    private readonly codes: RecoveryCodesRepository,
    private readonly sentCodes: SentCodes,
    private readonly messages: Messages,
    private readonly recoveries: RecoveryRepository,
    private readonly sessions: Sessions,
    private readonly claims: AccountClaims,
    private readonly attempts: Attempts,
    private readonly answerTimes: AnswerTimes,
    private readonly audit: AuditService,
  ) {}

  async status(userId: UserId): Promise<RecoveryCodesStatusDto> {
    const { remaining, createdAt } = await this.codes.count(userId);
    return { remaining, createdAt: createdAt?.toISOString() ?? null };
  }

  /**
   * New codes, told this once; earlier ones are void.
   * @throws ExperienceException `session.passkey_required`
   */
  async createCodes(rpId: RpId, session: CurrentSession, caller: Caller): Promise<RecoveryCodesDto> {
    const { userId } = session;
    await this.passkeys.requirePasskey(session, rpId);
    const codes = Array.from({ length: RECOVERY_CODES }, generateRecoveryCode);
    const event = this.audit.prepare({ type: 'recovery-codes.created', rpId, userId, details: {} }, caller);
    await this.codes.replace(session, codes.map(hashRecoveryCode), event);
    this.audit.publish(event);
    return { codes };
  }

  /**
   * Spends a recovery code: exactly one call can.
   * @returns a verified record, for identification
   * @throws ExperienceException `session.mfa.invalid_recovery_code`, also when there is no such user
   */
  verifyCode(
    relyingParty: RelyingParty,
    interactionId: InteractionId,
    identifier: TypedIdentifier,
    code: string,
    caller: Caller,
  ): Promise<VerificationId> {
    const { id: rpId } = relyingParty;
    const attempt = this.attempts.begin({
      rpId,
      caller,
      failure: 'recovery.failed',
      counted: 'recovery-code',
    });
    const verify = async () => {
      attempt.isForIdentifier(identifierHashOf(identifier, relyingParty));
      const read = readRecoveryCode(code);
      // What can be no code is not counted as a wrong one.
      if (read === null) throw new ExperienceException('session.mfa.invalid_recovery_code', UNREADABLE);
      const userId = await this.accounts.idOf(identifier, relyingParty);
      const record = { interactionId, id: newVerificationId(), rpId };
      attempt.uses({ id: record.id, userId });
      const event = attempt.event('recovery.succeeded');
      const { verifiedTtl } = this.options;
      const hash = hashRecoveryCode(read);
      await this.dataSource.transaction(async (transaction) => {
        const owner = userId ?? NOBODY;
        // First, as by whoever deletes codes.
        await this.accounts.lockAny(owner, transaction);
        if (!(await this.codes.spend(owner, hash, transaction))) {
          throw new ExperienceException('session.mfa.invalid_recovery_code', {
            reason: userId ? 'the user has no such code' : 'there is no such user',
          });
        }
        // Only who has a right code is told so, and keeps it.
        await this.accounts.lock(owner, transaction);
        await this.recoveries.insertVerified(record, owner, {}, verifiedTtl, event, transaction);
      });
      this.audit.publish(event);
      return record.id;
    };
    return this.answerTimes.ofRefusal(() => attempt.make(verify));
  }

  /**
   * Sends a code over the host's messenger; earlier ones are void. The answer is the same for a user who does not exist.
   * @throws ExperienceException `recovery.channel_not_available` when the host has no messenger; `request.too_many`
   *   after three in 15 minutes, or ten in a day
   */
  async sendCode(
    relyingParty: RelyingParty,
    interactionId: InteractionId,
    identifier: TypedIdentifier,
    caller: Caller,
  ): Promise<VerificationId> {
    const { id: rpId } = relyingParty;
    this.sentCodes.requireMessenger();
    return this.answerTimes.ofSending(async () => {
      const userId = await this.accounts.idOf(identifier, relyingParty);
      const sentTo = await this.accounts.addressForCode(identifier, userId ?? NOBODY, (to) =>
        this.messages.reaches(to),
      );
      const request = { countedFor: countedFor(userId, identifier, relyingParty), sentTo };
      const attempt = this.attempts.begin({ rpId, caller, failure: 'recovery.failed', userId });
      return this.sentCodes.send(attempt, { interactionId, rpId }, { ceremony: 'recovery', userId, request });
    });
  }

  /**
   * Tries a code that was sent. Who is signed in as its user has proved to be reached there.
   * @throws ExperienceException `verification_code.code_mismatch`, `session.mfa.pending_info_not_found`,
   *   `session.verification_session_not_found`; `request.too_many` after five wrong ones of the account in 15 minutes
   */
  verifySent(
    exchange: Exchange,
    interactionId: InteractionId | null,
    verificationId: string,
    code: string,
    caller: Caller,
  ): Promise<VerificationId> {
    const { id: rpId } = exchange.relyingParty;
    const attempt = this.attempts.begin({ rpId, caller, failure: 'recovery.failed', verificationId });
    const verify = async () => {
      const pending = await this.sentCodes.pending(attempt, { interactionId, rpId }, verificationId);
      const { ceremony, userId, request } = pending.sent;
      // Of a signed-in user: it proves a new address, and that alone.
      if (ceremony === 'address' && userId) throw await pending.gone();
      await this.requireSameAddress(userId, request.sentTo);
      const session = await this.sessions.current(exchange);
      const claim = await this.sentCodes.try(attempt, pending, code, async (transaction) => {
        const isOwner = userId !== null && userId === session?.userId;
        const user = isOwner && request.sentTo && { userId, address: request.sentTo, isOwner };
        return user ? this.claims.prove(user, rpId, caller, transaction) : null;
      });
      if (claim) this.claims.publish(claim);
      return pending.record.id;
    };
    return this.answerTimes.ofRefusal(() => attempt.make(verify));
  }

  /** A code dies with the address: whoever reads it there is no longer the account's owner. */
  private async requireSameAddress(userId: UserId | null, address: Identifier | undefined): Promise<void> {
    if (!userId || !address || (await this.accounts.hasAddress(userId, address))) return;
    throw new ExperienceException('session.mfa.pending_info_not_found', {
      reason: 'the account has lost the address to which the code was sent',
    });
  }
}
