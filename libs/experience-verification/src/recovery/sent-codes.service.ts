import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Attempt } from '../attempts/attempt';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { Identifier } from '../identifiers/identifier';
import { tooManyRequests } from '../limits/too-many-requests';
import { Messages } from '../messages/messages.service';
import {
  type CodeCeremony,
  type RecoveryRecord,
  RecoveryRepository,
  type SentCode,
} from '../records/recovery.repository';
import { newVerificationId } from '../records/new-verification-id';
import { VerificationRecordService } from '../records/verification-record.service';
import { type InteractionId, isUuid, type RpId, type VerificationId } from '../webauthn/webauthn-types';
import { generateSentCode, hashSentCode, readSentCode, UNREADABLE } from './recovery-code';
import { SentCodesRepository } from './sent-codes.repository';

/** Seconds that a code that was sent is valid. */
export const SENT_CODE_TTL = 600;

/** Of the audit events, by what the code is for. */
const EVENTS = {
  recovery: { sent: 'recovery.requested', right: 'recovery.succeeded' },
  address: { sent: 'address.requested', right: 'address.succeeded' },
} as const satisfies Record<CodeCeremony, object>;

/** Where the record of a code is looked for. */
interface Place {
  interactionId: InteractionId | null;
  rpId: RpId;
}

/** A code that can still be tried. */
export interface PendingCode {
  record: RecoveryRecord;
  sent: SentCode;
  /** The error of a record that is not, or no longer, pending. */
  gone: () => Promise<ExperienceException>;
}

/** Codes that are sent over the host's messenger, and what comes back of them. */
@Injectable()
export class SentCodes implements OnApplicationBootstrap {
  private readonly logger = new Logger(SentCodes.name);
  /** Of the hashes of codes, the present one first. Without a secret they work on this server alone, until it stops. */
  private readonly hashKeys: [string | Buffer, ...string[]];

  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly messages: Messages,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly counts: SentCodesRepository,
    private readonly codes: RecoveryRepository,
    private readonly records: VerificationRecordService,
    private readonly audit: AuditService,
  ) {
    const [present = randomBytes(32), ...earlier] = options.secrets;
    this.hashKeys = [present, ...earlier];
  }

  onApplicationBootstrap(): void {
    if (!this.messages.areSent || this.options.secrets.length > 0) return;
    this.logger.warn('Without a secret (SECRET), codes that are sent work on the server that sent them only');
  }

  /**
   * @param to where it has to reach
   * @throws ExperienceException `recovery.channel_not_available` when the host has no messenger for that
   */
  requireMessenger(to?: Identifier): void {
    if (to === undefined ? this.messages.areSent : this.messages.reaches(to)) return;
    throw new ExperienceException('recovery.channel_not_available');
  }

  /**
   * Sends a code to `sentTo`, if it says one; earlier ones that were counted for the same are void.
   * @throws ExperienceException `recovery.channel_not_available`; `request.too_many` after three in 15 minutes, or ten in
   *   a day
   */
  async send(
    attempt: Attempt,
    { interactionId, rpId }: { interactionId: InteractionId; rpId: RpId },
    sent: SentCode,
  ): Promise<VerificationId> {
    this.requireMessenger();
    const record = { interactionId, id: newVerificationId(), rpId };
    const code = generateSentCode();
    const hash = hashSentCode(this.hashKeys[0], record.id, code);
    attempt.uses({ id: record.id, userId: sent.userId });
    const event = attempt.event(EVENTS[sent.ceremony].sent);
    const { sentTo, countedFor } = sent.request;
    const message = {
      message: {
        kind: 'verification-code' as const,
        to: sentTo ?? null,
        rpId,
        code,
        validFor: SENT_CODE_TTL,
        locales: attempt.locales,
      },
      userId: sent.userId,
      codeOf: countedFor,
    };
    const written = await attempt.make(() =>
      this.dataSource.transaction(async (transaction) => {
        const wait = await this.counts.admit(sent.request.countedFor, record.id, transaction);
        if (wait > 0) throw tooManyRequests(wait, 'too many codes were sent to the account');
        await this.codes.beginSent(record, sent, hash, SENT_CODE_TTL, event, transaction);
        return this.messages.write(message, transaction);
      }),
    );
    this.audit.publish(event);
    this.messages.publish(written);
    return record.id;
  }

  /** @throws ExperienceException `session.mfa.pending_info_not_found`, `session.verification_session_not_found` */
  async pending(
    attempt: Attempt,
    { interactionId, rpId }: Place,
    verificationId: string,
  ): Promise<PendingCode> {
    if (!interactionId || !isUuid(verificationId)) {
      throw new ExperienceException('session.verification_session_not_found');
    }
    const record = { interactionId, id: verificationId as VerificationId, rpId };
    const sent = await this.codes.pending(record);
    const gone = () => this.records.whyNotPending({ ...record, ceremony: sent?.ceremony ?? 'recovery' });
    if (!sent) throw await gone();
    attempt.isAboutUser(sent.userId);
    return { record, sent, gone };
  }

  /**
   * Tries a code. Right, it is verified, and `whatFollows` is done in the same transaction.
   * @throws ExperienceException `verification_code.code_mismatch`, `session.mfa.pending_info_not_found`,
   *   `session.verification_session_not_found`; `request.too_many` after five wrong ones in 15 minutes; and what
   *   `whatFollows` throws, whereupon nothing has happened
   */
  async try<T>(
    attempt: Attempt,
    { record, sent, gone }: PendingCode,
    code: string,
    whatFollows: (transaction: EntityManager) => Promise<T>,
  ): Promise<T> {
    const read = readSentCode(code);
    // What can be no code is not counted as a wrong one.
    if (read === null) throw new ExperienceException('verification_code.code_mismatch', UNREADABLE);
    const hashes = this.hashKeys.map((key) => hashSentCode(key, record.id, read));
    const succeeded = attempt.event(EVENTS[sent.ceremony].right);
    const { countedFor } = sent.request;
    const outcome = await this.dataSource.transaction(async (transaction) => {
      const counted = await this.counts.lock(countedFor, transaction);
      if (counted?.latest !== record.id) throw newerSent();
      if (counted.wait > 0) throw tooManyRequests(counted.wait, 'too many wrong codes for the account');
      const tried = await this.codes.trySent(
        record,
        hashes,
        this.options.verifiedTtl,
        succeeded,
        transaction,
      );
      if (!tried) return 'gone';
      if (tried.verified) return { result: await whatFollows(transaction) };
      await this.counts.countWrong(countedFor, transaction);
      return 'wrong';
    });
    if (outcome === 'gone') throw await gone();
    if (outcome === 'wrong') throw new ExperienceException('verification_code.code_mismatch');
    this.audit.publish(succeeded);
    return outcome.result;
  }
}

const newerSent = () =>
  new ExperienceException('session.mfa.pending_info_not_found', { reason: 'a newer code was sent' });
