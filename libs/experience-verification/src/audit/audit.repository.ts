import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { TABLES } from '../database/tables';
import { DataSource, type EntityManager } from 'typeorm';
import { named, type Parameters, PreparedStatements } from '../database/prepared-statements';
import { type SharedByMany, sharedByMany } from '../database/shared-statement';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { RpId } from '../webauthn/webauthn-types';
import type { AuditEvent } from './audit-event';
import type { AuditFilter } from './audit-filter';

/** What `AuditRepository.parametersOf` gives, with types, where calls share a statement; the last is an array. */
export const EVENT_COLUMNS = {
  event_id: 'uuid',
  event_type: 'text',
  event_rp_id: 'text',
  event_user_id: 'uuid',
  event_details: 'jsonb',
  event_urls: 'text',
};

/** In place of what `AuditRepository.parametersOf` gives. */
export const NO_EVENT: readonly null[] = Object.keys(EVENT_COLUMNS).map(() => null);

/** Where an event is not the only one of its statement, or is about what only the statement knows. */
interface AuditStatementOptions {
  /** Begins the names of the expressions. */
  prefix?: string;
  /** SQL for the user of an event that has none. */
  userId?: string;
  /** SQL for details besides the event's own. */
  details?: string;
}

/**
 * Common table expressions that record an event, with its deliveries, once for each row of `source`, as part of
 * the statement that makes the event true.
 * @param parameters those that `AuditRepository.parametersOf` gives; columns are of `source`
 */
export function auditStatement(
  tables: string,
  source: string,
  parameters: Parameters,
  { prefix = '', userId: otherwise, details: further }: AuditStatementOptions = {},
): string {
  const [id, type, rpId, userId, details, urls] = named(parameters, Object.keys(EVENT_COLUMNS).length);
  const user = otherwise === undefined ? `${userId}::uuid` : `coalesce(${userId}::uuid, ${otherwise})`;
  const event = `${prefix}event`;
  const sent = typeof parameters === 'number' ? event : `${event} JOIN ${source} ON ${id} = ${event}.id`;
  return `${event} AS (
            INSERT INTO ${tables}audit_events (id, type, rp_id, user_id, details)
            SELECT ${id}::uuid, ${type}, ${rpId}, ${user}, ${details}::jsonb${further ? ` || ${further}` : ''}
              FROM ${source} RETURNING id),
          ${prefix}outbox AS (
            INSERT INTO ${tables}webhook_deliveries (event_id, url)
            SELECT ${event}.id, receiver.url FROM ${sent}, unnest(${urls}::text[]) AS receiver (url)
             WHERE NOT EXISTS (SELECT FROM ${tables}ended_webhooks w WHERE w.url = receiver.url))`;
}

/** Which events are listed, newest first by the database's clock; those of one moment by their ids. */
export interface AuditQuery extends AuditFilter {
  /** Of these relying parties alone, or of all but these. */
  rpIds: { only: RpId[] } | { but: RpId[] };
  /** Those older than this event. */
  before?: string;
  limit: number;
}

@Injectable()
export class AuditRepository {
  private readonly webhookUrls: string[];
  private readonly alone: SharedByMany;
  private readonly insertAlone: (values: unknown[]) => Promise<unknown>;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    @Inject(MODULE_OPTIONS) { webhooks }: ResolvedOptions,
    statements: PreparedStatements,
  ) {
    this.webhookUrls = webhooks.map(({ url }) => url);
    this.alone = sharedByMany(
      EVENT_COLUMNS,
      (calls) =>
        `WITH call AS (SELECT * FROM ${calls}), ${auditStatement(tables, 'call', Object.keys(EVENT_COLUMNS))}
         SELECT n::int FROM call`,
    );
    this.insertAlone = statements.sharing(this.alone);
  }

  parametersOf({ id, type, rpId, userId, details }: AuditEvent): unknown[] {
    return [id, type, rpId, userId, details, this.webhookUrls];
  }

  /** By a statement that it may share with other events, where it is no part of a transaction. */
  async insert(event: AuditEvent, transaction?: EntityManager): Promise<void> {
    const parameters = this.parametersOf(event);
    await (transaction?.query(this.alone.one.text, parameters) ?? this.insertAlone(parameters));
  }

  list({ rpIds, userId, types, since, until, before, limit }: AuditQuery): Promise<AuditEvent[]> {
    return this.dataSource.query<AuditEvent[]>(
      `SELECT id, type, rp_id AS "rpId", user_id AS "userId", details, created_at AS "createdAt"
         FROM ${this.tables}audit_events
        WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::text[] IS NULL OR type = ANY ($2))
          AND ($5::text[] IS NULL OR rp_id = ANY ($5)) AND ($6::text[] IS NULL OR rp_id <> ALL ($6))
          AND ($7::timestamptz IS NULL OR created_at >= $7) AND ($8::timestamptz IS NULL OR created_at < $8)
          AND ($3::uuid IS NULL OR (created_at, id) < (SELECT created_at, id FROM ${this.tables}audit_events WHERE id = $3))
        ORDER BY created_at DESC, id DESC LIMIT $4`,
      [
        ...[userId ?? null, types ?? null, before ?? null, limit],
        ...['only' in rpIds ? rpIds.only : null, 'but' in rpIds ? rpIds.but : null],
        ...[since ?? null, until ?? null],
      ],
    );
  }
}
