import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { TABLES } from '../database/tables';
import { DataSource } from 'typeorm';
import type { AuditDetails, AuditEvent } from './audit-event';
import { AuditRepository } from './audit.repository';

/** A delivery that is to be tried now, by this server alone. */
export interface DueDelivery {
  eventId: string;
  url: string;
  /** With this one. */
  attempts: number;
  type: string;
  /** ISO 8601. */
  createdAt: string;
  data: { details: AuditDetails };
}

/** Deliveries that are under way to one receiver at a time. */
const BATCH = 20;

@Injectable()
export class WebhookDeliveries {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    private readonly audit: AuditRepository,
  ) {}

  /** Takes due deliveries to `url` for `seconds`: if this server dies meanwhile, another one gets them after that. */
  async lease(url: string, seconds: number): Promise<DueDelivery[]> {
    return this.dataSource.query<DueDelivery[]>(
      `WITH due AS (
         SELECT event_id, url FROM ${this.tables}webhook_deliveries
          WHERE next_attempt_at <= now() AND url = $1
          ORDER BY next_attempt_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED),
       leased AS (
         UPDATE ${this.tables}webhook_deliveries d
            SET attempts = attempts + 1, next_attempt_at = now() + $2 * interval '1 second'
           FROM due WHERE d.event_id = due.event_id AND d.url = due.url
         RETURNING d.event_id, d.url, d.attempts)
       SELECT l.event_id AS "eventId", l.url, l.attempts, e.type, e.created_at AS "createdAt",
              json_build_object('id', e.id, 'rpId', e.rp_id, 'userId', e.user_id, 'details', e.details) AS data
         FROM leased l JOIN ${this.tables}audit_events e ON e.id = l.event_id ORDER BY e.id`,
      [url, seconds],
    );
  }

  async delete({ eventId, url }: DueDelivery): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM ${this.tables}webhook_deliveries WHERE event_id = $1 AND url = $2`,
      [eventId, url],
    );
  }

  /** Ends a receiver, with what waits for it, and records that, once. False when it had ended before. */
  async end(url: string, event: AuditEvent): Promise<boolean> {
    return this.dataSource.transaction(async (transaction) => {
      const ended = await transaction.query<unknown[]>(
        `INSERT INTO ${this.tables}ended_webhooks (url) VALUES ($1) ON CONFLICT (url) DO NOTHING RETURNING url`,
        [url],
      );
      await transaction.query(`DELETE FROM ${this.tables}webhook_deliveries WHERE url = $1`, [url]);
      if (ended.length > 0) await this.audit.insert(event, transaction);
      return ended.length > 0;
    });
  }

  /** Those of `urls` that have ended. */
  async ended(urls: string[]): Promise<string[]> {
    const rows = await this.dataSource.query<{ url: string }[]>(
      `SELECT url FROM ${this.tables}ended_webhooks WHERE url = ANY($1)`,
      [urls],
    );
    return rows.map(({ url }) => url);
  }

  /** Lets any server try at once, as if this one had not. */
  async giveBack({ eventId, url }: DueDelivery): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.tables}webhook_deliveries SET attempts = attempts - 1, next_attempt_at = now()
        WHERE event_id = $1 AND url = $2`,
      [eventId, url],
    );
  }

  /** Tries again after `seconds`; null: never, but keeps it for the operator. */
  async postpone({ eventId, url }: DueDelivery, seconds: number | null): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.tables}webhook_deliveries
          SET next_attempt_at = coalesce(now() + $3 * interval '1 second', 'infinity')
        WHERE event_id = $1 AND url = $2`,
      [eventId, url, seconds],
    );
  }
}
