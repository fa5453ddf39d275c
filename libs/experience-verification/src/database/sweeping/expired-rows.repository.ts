import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { TABLES } from '../tables';
import { DataSource } from 'typeorm';

/** Tables whose rows end by themselves, at `expires_at`, and seconds between two sweeps of each. */
export const EXPIRING = {
  verification_records: 30,
  rate_limits: 60,
  failed_attempts: 300,
  sent_codes: 3_600,
  recovery_links: 3_600,
  administrator_links: 3_600,
  invitations: 86_400,
  waiting_messages: 300,
  interactions: 300,
  sessions: 3_600,
} as const;

/** Pages (of 8 KiB) of a table that one statement looks at. */
const PAGES = 256;

/** Audit events, or deliveries, that one statement deletes. */
const MOST = 1_000;

/**
 * Rows that have had their time. They are found by walking through the table a few pages at a time: no index on
 * `expires_at` has to be kept by every sign-in. Rows that a request holds are left for the next time.
 */
@Injectable()
export class ExpiredRows {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
  ) {}

  /** Those of `names` whose turn it is: each goes to one server, which has it until the next. */
  async takeTurns(names: string[], seconds: number[]): Promise<string[]> {
    const rows = await this.dataSource.query<{ name: string }[]>(
      `INSERT INTO ${this.tables}sweeps AS s (name, next_at)
       SELECT name, now() + seconds * interval '1 second'
         FROM unnest($1::text[], $2::int[]) AS turns (name, seconds) ORDER BY name
       ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at WHERE s.next_at <= now()
       RETURNING name`,
      [names, seconds],
    );
    return rows.map(({ name }) => name);
  }

  async pagesOf(table: string): Promise<number> {
    const [row] = await this.dataSource.query<{ pages: number }[]>(
      `SELECT (pg_relation_size('${this.tables}${table}') / current_setting('block_size')::int)::int AS pages`,
    );
    return row?.pages ?? 0;
  }

  /** Deletes what has expired on the pages from `page` on; answers how many rows, and where to go on. */
  async deleteFrom(table: string, page: number): Promise<{ deleted: number; next: number }> {
    const next = page + PAGES;
    const [, deleted] = await this.dataSource.query<[unknown, number]>(
      `DELETE FROM ${this.tables}${table} WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM ${this.tables}${table}
          WHERE ctid >= $1::tid AND ctid < $2::tid AND expires_at <= now()
            FOR UPDATE SKIP LOCKED))`,
      [`(${page},0)`, `(${next},0)`],
    );
    return { deleted, next };
  }

  /** Deletes some audit events older than `seconds`, oldest first, but those that a webhook is still to be tried with. */
  async deleteEvents(seconds: number): Promise<{ more: boolean }> {
    const [, deleted] = await this.dataSource.query<[unknown, number]>(
      `DELETE FROM ${this.tables}audit_events WHERE id IN (
         SELECT id FROM ${this.tables}audit_events e WHERE created_at < now() - $1 * interval '1 second'
            AND NOT EXISTS (SELECT FROM ${this.tables}webhook_deliveries d WHERE d.event_id = e.id AND isfinite(d.next_attempt_at))
          ORDER BY created_at, id LIMIT ${MOST})`,
      [seconds],
    );
    return { more: deleted === MOST };
  }

  /** Deletes some webhooks that nobody has taken though they were due for `seconds`, unless they are for one of `receivers`. */
  async deleteDeliveries(receivers: string[], seconds: number): Promise<{ deleted: number; more: boolean }> {
    const [, deleted] = await this.dataSource.query<[unknown, number]>(
      `DELETE FROM ${this.tables}webhook_deliveries WHERE (event_id, url) IN (
         SELECT event_id, url FROM ${this.tables}webhook_deliveries
          WHERE next_attempt_at < now() - $2 * interval '1 second' AND url <> ALL ($1) LIMIT ${MOST})`,
      [receivers, seconds],
    );
    return { deleted, more: deleted === MOST };
  }
}
