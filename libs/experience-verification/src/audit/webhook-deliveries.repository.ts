import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { SCHEMA } from '../database/schema';
import { DataSource } from 'typeorm';

/** A delivery that is to be tried now, by this server alone. */
export interface DueDelivery {
  eventId: string;
  url: string;
  /** With this one. */
  attempts: number;
  type: string;
  /** ISO 8601. */
  createdAt: string;
  data: object;
}

const BATCH = 20;

@Injectable()
export class WebhookDeliveries {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SCHEMA) private readonly schema: string,
  ) {}

  /** Takes due deliveries for `seconds`: if this server dies meanwhile, another one gets them after that. */
  async lease(urls: string[], seconds: number): Promise<DueDelivery[]> {
    return this.dataSource.query<DueDelivery[]>(
      `WITH due AS (
         SELECT event_id, url FROM ${this.schema}.webhook_deliveries
          WHERE next_attempt_at <= now() AND url = ANY($1)
          ORDER BY next_attempt_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED),
       leased AS (
         UPDATE ${this.schema}.webhook_deliveries d
            SET attempts = attempts + 1, next_attempt_at = now() + $2 * interval '1 second'
           FROM due WHERE d.event_id = due.event_id AND d.url = due.url
         RETURNING d.event_id, d.url, d.attempts)
       SELECT l.event_id AS "eventId", l.url, l.attempts, e.type, e.created_at AS "createdAt",
              json_build_object('id', e.id, 'rpId', e.rp_id, 'userId', e.user_id, 'details', e.details) AS data
         FROM leased l JOIN ${this.schema}.audit_events e ON e.id = l.event_id ORDER BY e.id`,
      [urls, seconds],
    );
  }

  async delete({ eventId, url }: DueDelivery): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM ${this.schema}.webhook_deliveries WHERE event_id = $1 AND url = $2`,
      [eventId, url],
    );
  }

  /** Tries again after `seconds`; null: never, but keeps it for the operator. */
  async postpone({ eventId, url }: DueDelivery, seconds: number | null): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.schema}.webhook_deliveries
          SET next_attempt_at = coalesce(now() + $3 * interval '1 second', 'infinity')
        WHERE event_id = $1 AND url = $2`,
      [eventId, url, seconds],
    );
  }
}
