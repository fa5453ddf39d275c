import { Injectable, Logger, Optional } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { DIAGNOSTICS } from '../diagnostics/diagnostics';
import { ExperienceException } from '../errors/experience.exception';
import type { Identifier } from '../identifiers/identifier';
import type { Caller } from '../ports/http-exchange';
import { AccountNotices } from './account-notices';
import { type AuditDetails, type AuditEvent, type NewAuditEvent, toAuditEvent } from './audit-event';
import { AuditRepository } from './audit.repository';
import { WebhookSender } from './webhook-sender';

/** Characters of a reason that are kept: it may quote what the caller has sent. */
const LONGEST_REASON = 500;

/**
 * Records what happened: a row (with its webhook deliveries) in the statement or transaction that does it, of a
 * refusal by itself, and after that a log line, a Nest event, and a notice to the account's owner.
 */
@Injectable()
export class AuditService {
  private readonly logger = new Logger(AuditService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: AuditRepository,
    private readonly webhooks: WebhookSender,
    private readonly notices: AccountNotices,
    @Optional() private readonly emitter?: EventEmitter2,
  ) {}

  /** Gives the event its identity; `AuditRepository.parametersOf` takes it into a statement. */
  prepare({ type, rpId, userId, details }: NewAuditEvent, caller: Caller): AuditEvent {
    const who = { ...caller };
    delete who.locales;
    const event = toAuditEvent({ type, rpId, userId, details: Object.assign({}, details, who) });
    if (DIAGNOSTICS.auditEvent.hasSubscribers) DIAGNOSTICS.auditEvent.publish(event);
    return event;
  }

  /** Writes a prepared event in `transaction`; `publish` it once that is committed. */
  insert(event: AuditEvent, transaction?: EntityManager): Promise<void> {
    return this.repository.insert(event, transaction);
  }

  /** Prepares and writes an event; `publish` it once the transaction is committed. */
  async write(event: NewAuditEvent, caller: Caller, transaction?: EntityManager): Promise<AuditEvent> {
    const prepared = this.prepare(event, caller);
    await this.insert(prepared, transaction);
    return prepared;
  }

  /**
   * Does `work` in a transaction with the event that tells of it, which is published once that is committed.
   * @param work gives the event; null when nothing has happened
   * @returns what `work` gives
   */
  async transaction<T extends { event: NewAuditEvent | null }>(
    caller: Caller,
    work: (transaction: EntityManager) => Promise<T>,
  ): Promise<T> {
    const { done, event } = await this.dataSource.transaction(async (transaction) => {
      const done = await work(transaction);
      return { done, event: done.event && (await this.write(done.event, caller, transaction)) };
    });
    if (event) this.publish(event);
    return done;
  }

  /** Writes and publishes an event that is no part of a transaction. */
  async record(event: NewAuditEvent, caller: Caller): Promise<void> {
    this.publish(await this.write(event, caller));
  }

  /**
   * Tells everybody of an event that the database has.
   * @param addresses its user's, by who has them at hand
   */
  publish(event: AuditEvent, addresses?: Identifier[]): void {
    const { type, rpId, userId, details } = event;
    this.logger.log({ event: type, rpId, userId, ...details });
    void this.webhooks.wake();
    this.notices.send(event, addresses);
    this.emitter?.emit(type, event);
  }

  /** Records a refusal, with its code, reason and step. Never throws: the refusal itself is what the caller is told. */
  async recordRefusal(refused: NewAuditEvent, error: unknown, caller: Caller): Promise<void> {
    if (!(error instanceof ExperienceException) || error.getStatus() >= 500) return;
    const details: AuditDetails = { ...refused.details, code: error.code };
    if (error.details.reason) details.reason = error.details.reason.slice(0, LONGEST_REASON);
    if (error.details.step) details.step = error.details.step;
    await this.record({ ...refused, details }, caller).catch((cause: unknown) => {
      this.logger.error({
        event: refused.type,
        ...details,
        problem: 'the audit event was not recorded',
        cause: String(cause),
      });
    });
  }
}
