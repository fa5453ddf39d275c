import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Attempts } from '../attempts/attempts.service';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { Caller } from '../ports/http-exchange';
import { identifierHashOf } from '../limits/limit-key';
import { ACCOUNT_MESSENGER, type AccountMessenger } from '../ports/account-messenger.port';
import type { RelyingParty } from '../webauthn/relying-party';
import { PasskeysService } from '../passkeys/passkeys.service';
import type { CurrentSession } from '../ports/session.port';
import { NOBODY } from '../ports/user-directory.port';
import { Accounts } from '../users/accounts.service';
import { type Identifier, isSameIdentifier, type TypedIdentifier } from '../identifiers/identifier';
import { type RecoveryRecord, RecoveryRepository } from '../records/recovery.repository';
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
  RECOVERY_CODES,
} from './recovery-code';
import type { RecoveryCodesDto, RecoveryCodesStatusDto } from './recovery.dto';
import { RecoveryCodesRepository } from './recovery-codes.repository';

/** Wrong codes that may be tried of one that was sent. */
const ATTEMPTS = 5;

/** Seconds that a code that was sent is valid. */
const SENT_CODE_TTL = 600;

/** Ways into an account whose passkeys are lost. */
@Injectable()
export class RecoveryService {
  private readonly logger = new Logger(RecoveryService.name);

  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly accounts: Accounts,
    @Optional() @Inject(ACCOUNT_MESSENGER) private readonly messenger: AccountMessenger | null,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly passkeys: PasskeysService,
    private readonly codes: RecoveryCodesRepository,
    private readonly recoveries: RecoveryRepository,
    private readonly records: VerificationRecordService,
    private readonly attempts: Attempts,
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
    { id: rpId }: RelyingParty,
    interactionId: InteractionId,
    identifier: TypedIdentifier,
    code: string,
    caller: Caller,
  ): Promise<VerificationId> {
    const attempt = this.attempts.begin({
      rpId,
      caller,
      failure: 'recovery.failed',
      counted: 'recovery-code',
    });
    return attempt.make(async () => {
      attempt.isForIdentifier(identifierHashOf(identifier));
      const userId = await this.accounts.idOf(identifier);
      const record = { interactionId, id: newId(), rpId };
      attempt.uses({ id: record.id, userId });
      const event = attempt.event('recovery.succeeded');
      const { verifiedTtl } = this.options;
      const hash = hashRecoveryCode(code);
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
   * Sends a code over the host's messenger. The answer is the same for a user who does not exist.
   * @throws ExperienceException `recovery.channel_not_available` when the host has no messenger
   */
  async sendCode(
    { id: rpId }: RelyingParty,
    interactionId: InteractionId,
    identifier: TypedIdentifier,
    caller: Caller,
  ): Promise<VerificationId> {
    if (!this.messenger) throw new ExperienceException('recovery.channel_not_available');
    const userId = await this.accounts.idOf(identifier);
    const record = { interactionId, id: newId(), rpId };
    const code = generateSentCode();
    const hash = hashSentCode(record.id, code);
    const event = this.audit.prepare(
      { type: 'recovery.requested', rpId, userId, details: { verificationId: record.id } },
      caller,
    );
    const to = await this.addressOf(identifier, userId ?? NOBODY);
    const request = { attemptsLeft: ATTEMPTS, sentTo: to };
    await this.recoveries.beginSent(record, userId, hash, request, SENT_CODE_TTL, event);
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
   * Tries a code that was sent.
   * @throws ExperienceException `verification_code.code_mismatch`, `session.mfa.pending_info_not_found`,
   *   `session.verification_session_not_found`
   */
  verifySent(
    { id: rpId }: RelyingParty,
    interactionId: InteractionId | null,
    verificationId: string,
    code: string,
    caller: Caller,
  ): Promise<VerificationId> {
    const attempt = this.attempts.begin({ rpId, caller, failure: 'recovery.failed', verificationId });
    return attempt.make(async () => {
      if (!interactionId || !isUuid(verificationId)) {
        throw new ExperienceException('session.verification_session_not_found');
      }
      const record = { interactionId, id: verificationId as VerificationId, rpId };
      await this.requireSameAddress(record);
      const hash = hashSentCode(verificationId, code);
      const succeeded = attempt.event('recovery.succeeded');
      const outcome = await this.recoveries.trySent(record, hash, this.options.verifiedTtl, succeeded);
      if (!outcome) throw await this.records.whyNotPending({ ...record, ceremony: 'recovery' });
      attempt.isAboutUser(outcome.userId);
      if (!outcome.verified) throw new ExperienceException('verification_code.code_mismatch');
      this.audit.publish({ ...succeeded, userId: outcome.userId });
      return record.id;
    });
  }

  /** A code dies with the address: whoever reads it there is no longer the account's owner. */
  private async requireSameAddress(record: RecoveryRecord): Promise<void> {
    const sent = await this.recoveries.sentTo(record);
    if (!sent || (await this.accounts.hasAddress(sent.userId, sent.address))) return;
    throw new ExperienceException('session.mfa.pending_info_not_found', {
      reason: 'the account has lost the address to which the code was sent',
    });
  }

  /** The address that was typed, where the account has it, or else the best one that it has. */
  private async addressOf(typed: Identifier, userId: UserId): Promise<Identifier | undefined> {
    const addresses = await this.accounts.addressesOf(userId);
    return addresses.find((address) => isSameIdentifier(address, typed)) ?? addresses[0];
  }
}

const newId = () => randomUUID() as string as VerificationId;
