import { randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, Optional } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Attempts } from '../attempts/attempts.service';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { Caller } from '../ports/http-exchange';
import { identifierHashOf } from '../limits/limit-key';
import { tooManyRequests } from '../limits/too-many-requests';
import { ACCOUNT_MESSENGER, type AccountMessenger } from '../ports/account-messenger.port';
import { Sessions } from '../session/sessions.service';
import type { Exchange } from '../ports/exchange';
import { AccountClaims } from './account-claims.service';
import type { RelyingParty } from '../webauthn/relying-party';
import { PasskeysService } from '../passkeys/passkeys.service';
import type { CurrentSession } from '../ports/session.port';
import { NOBODY } from '../ports/user-directory.port';
import { Accounts } from '../users/accounts.service';
import type { Identifier, TypedIdentifier } from '../identifiers/identifier';
import { RecoveryRepository } from '../records/recovery.repository';
import { VerificationRecordService } from '../records/verification-record.service';
import {
  type InteractionId,
  isUuid,
  type RpId,
  type UserId,
  type VerificationId,
} from '../webauthn/webauthn-types';
import {
  generateRecoveryCode,
  generateSentCode,
  hashRecoveryCode,
  hashSentCode,
  readRecoveryCode,
  readSentCode,
  RECOVERY_CODES,
} from './recovery-code';
import type { RecoveryCodesDto, RecoveryCodesStatusDto } from './recovery.dto';
import { RecoveryCodesRepository } from './recovery-codes.repository';
import { countedFor, SentCodesRepository } from './sent-codes.repository';

/** Seconds that a code that was sent is valid. */
export const SENT_CODE_TTL = 600;

/** Ways into an account whose passkeys are lost. */
@Injectable()
export class RecoveryService implements OnApplicationBootstrap {
  private readonly logger = new Logger(RecoveryService.name);
  /** Of the hashes of codes that are sent. Without a secret they work on this server alone, until it stops. */
  private readonly hashKey: string | Buffer;

  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly accounts: Accounts,
    @Optional() @Inject(ACCOUNT_MESSENGER) private readonly messenger: AccountMessenger | null,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly passkeys: PasskeysService,
    private readonly codes: RecoveryCodesRepository,
    private readonly sentCodes: SentCodesRepository,
    private readonly recoveries: RecoveryRepository,
    private readonly records: VerificationRecordService,
    private readonly sessions: Sessions,
    private readonly claims: AccountClaims,
    private readonly attempts: Attempts,
    private readonly audit: AuditService,
  ) {
    this.hashKey = options.secret ?? randomBytes(32);
  }

  onApplicationBootstrap(): void {
    if (!this.messenger || this.options.secret !== undefined) return;
    this.logger.warn('Without a secret (SECRET), codes that are sent work on the server that sent them only');
  }

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
    await this.codes.replace(userId, codes.map(hashRecoveryCode), event);
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
    return attempt.make(async () => {
      attempt.isForIdentifier(identifierHashOf(identifier, relyingParty));
      const read = readRecoveryCode(code);
      // What can be no code is not counted as a wrong one.
      if (read === null) throw new ExperienceException('session.mfa.invalid_recovery_code', UNREADABLE);
      const userId = await this.accounts.idOf(identifier, relyingParty);
      const record = { interactionId, id: newId(), rpId };
      attempt.uses({ id: record.id, userId });
      const event = attempt.event('recovery.succeeded');
      const { verifiedTtl } = this.options;
      const hash = hashRecoveryCode(read);
      await this.dataSource.transaction(async (transaction) => {
        const owner = userId ?? NOBODY;
        if (!(await this.codes.spend(owner, hash, transaction))) {
          throw new ExperienceException('session.mfa.invalid_recovery_code', {
            reason: userId ? 'the user has no such code' : 'there is no such user',
          });
        }
        // Only who has a right code is told so, and keeps it.
        await this.accounts.lock(owner, transaction);
        await this.recoveries.insertVerified(record, owner, verifiedTtl, event, transaction);
      });
      this.audit.publish(event);
      return record.id;
    });
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
    if (!this.messenger) throw new ExperienceException('recovery.channel_not_available');
    const userId = await this.accounts.idOf(identifier, relyingParty);
    const record = { interactionId, id: newId(), rpId };
    const attempt = this.attempts.begin({ rpId, caller, failure: 'recovery.failed', userId });
    const code = generateSentCode();
    const hash = hashSentCode(this.hashKey, record.id, code);
    attempt.uses({ id: record.id, userId });
    const event = attempt.event('recovery.requested');
    const to = await this.accounts.addressForCode(identifier, userId ?? NOBODY);
    const request = { countedFor: countedFor(userId, identifier, relyingParty), sentTo: to };
    await attempt.make(() =>
      this.dataSource.transaction(async (transaction) => {
        const wait = await this.sentCodes.admit(request.countedFor, record.id, transaction);
        if (wait > 0) throw tooManyRequests(wait, 'too many codes were sent to the account');
        await this.recoveries.beginSent(record, userId, hash, request, SENT_CODE_TTL, event, transaction);
      }),
    );
    this.audit.publish(event);
    // In the background: how long it takes would tell whether there is such a user.
    if (userId && to) {
      this.messenger
        .send({ kind: 'verification-code', to, code, validFor: SENT_CODE_TTL })
        .catch((error: unknown) => {
          this.logger.error({
            problem: 'a code was not sent',
            verificationId: record.id,
            cause: String(error),
          });
        });
    }
    return record.id;
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
    return attempt.make(async () => {
      if (!interactionId || !isUuid(verificationId)) {
        throw new ExperienceException('session.verification_session_not_found');
      }
      const record = { interactionId, id: verificationId as VerificationId, rpId };
      const notPending = () => this.records.whyNotPending({ ...record, ceremony: 'recovery' });
      const sent = await this.recoveries.pending(record);
      if (!sent) throw await notPending();
      attempt.isAboutUser(sent.userId);
      await this.requireSameAddress(sent.userId, sent.request.sentTo);
      const read = readSentCode(code);
      // What can be no code is not counted as a wrong one.
      if (read === null) throw new ExperienceException('verification_code.code_mismatch', UNREADABLE);
      const hash = hashSentCode(this.hashKey, verificationId, read);
      const succeeded = attempt.event('recovery.succeeded');
      const { countedFor, sentTo } = sent.request;
      const session = await this.sessions.current(exchange);
      const outcome = await this.dataSource.transaction(async (transaction) => {
        const counted = await this.sentCodes.lock(countedFor, transaction);
        if (counted?.latest !== record.id) throw newerSent();
        if (counted.wait > 0) throw tooManyRequests(counted.wait, 'too many wrong codes for the account');
        const { verifiedTtl } = this.options;
        const tried = await this.recoveries.trySent(record, hash, verifiedTtl, succeeded, transaction);
        if (!tried) return null;
        if (!tried.verified) await this.sentCodes.countWrong(countedFor, transaction);
        const isOwner = tried.verified && tried.userId !== null && tried.userId === session?.userId;
        const user = isOwner && sentTo && { userId: session.userId, address: sentTo, isOwner };
        const claim = user ? await this.claims.prove(user, rpId, caller, transaction) : null;
        return { verified: tried.verified, claim };
      });
      if (!outcome) throw await notPending();
      if (!outcome.verified) throw new ExperienceException('verification_code.code_mismatch');
      this.audit.publish(succeeded);
      if (outcome.claim) this.claims.publish(outcome.claim);
      return record.id;
    });
  }

  /** A code dies with the address: whoever reads it there is no longer the account's owner. */
  private async requireSameAddress(userId: UserId | null, address: Identifier | undefined): Promise<void> {
    if (!userId || !address || (await this.accounts.hasAddress(userId, address))) return;
    throw new ExperienceException('session.mfa.pending_info_not_found', {
      reason: 'the account has lost the address to which the code was sent',
    });
  }
}

const UNREADABLE = { reason: 'it is not of the form of a code' };

const newerSent = () =>
  new ExperienceException('session.mfa.pending_info_not_found', { reason: 'a newer code was sent' });

const newId = () => randomUUID() as string as VerificationId;
