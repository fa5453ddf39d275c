import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { TABLES } from '../database/tables';
import { DataSource, type EntityManager } from 'typeorm';
import type { InteractionId } from '../webauthn/webauthn-types';
import type { InteractionEvent } from '../ports/interaction.port';
import type { Identification } from '../ports/identification';

const identificationOf = (table: string): string =>
  `${table}.user_id AS "userId", ${table}.amr, ${table}.authenticated_at AS "authenticatedAt", ${table}.passkey_id AS "passkeyId"`;

@Injectable()
export class InteractionRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
  ) {}

  /** Begins an interaction; `previous`, the browser's own, ends. */
  async restart(
    previous: InteractionId | null,
    id: InteractionId,
    event: InteractionEvent,
    ttl: number,
  ): Promise<void> {
    await this.dataSource.query(
      `WITH ended AS (DELETE FROM ${this.tables}interactions WHERE id = $1)
       INSERT INTO ${this.tables}interactions (id, event, expires_at) VALUES ($2, $3, now() + $4 * interval '1 second')`,
      [previous, id, event, ttl],
    );
  }

  async eventOf(id: InteractionId): Promise<InteractionEvent | null> {
    const [row] = await this.dataSource.query<{ event: InteractionEvent }[]>(
      `SELECT event FROM ${this.tables}interactions WHERE id = $1 AND expires_at > now()`,
      [id],
    );
    return row?.event ?? null;
  }

  /** How the user was identified; null when nobody was who may sign in. */
  async identification(
    id: InteractionId,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Identification | null> {
    const [identification] = await manager.query<Identification[]>(
      `SELECT ${identificationOf('i')}
         FROM ${this.tables}interactions i JOIN ${this.tables}users u ON u.id = i.user_id
        WHERE i.id = $1 AND i.expires_at > now() AND NOT u.suspended`,
      [id],
    );
    return identification ?? null;
  }

  /** False when somebody else has been identified before. */
  async identify(
    id: InteractionId,
    { userId, amr, authenticatedAt, passkeyId }: Identification,
    ttl: number,
    transaction: EntityManager,
  ): Promise<boolean> {
    const rows = await transaction.query<unknown[]>(
      `INSERT INTO ${this.tables}interactions AS i (id, event, user_id, amr, authenticated_at, passkey_id, expires_at)
       VALUES ($1, 'SignIn', $2, $3, $5, $6, now() + $4 * interval '1 second')
       ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id,
                                      authenticated_at = greatest(i.authenticated_at, excluded.authenticated_at),
                                      passkey_id = coalesce(excluded.passkey_id, i.passkey_id),
                                      amr = ARRAY(SELECT DISTINCT unnest(i.amr || excluded.amr) ORDER BY 1)
         WHERE i.user_id IS NULL OR i.user_id = excluded.user_id
       RETURNING i.id`,
      [id, userId, amr, ttl, authenticatedAt, passkeyId],
    );
    return rows.length > 0;
  }

  /** Gives the interaction another key. */
  async move(from: InteractionId, to: InteractionId, transaction: EntityManager): Promise<void> {
    await transaction.query(`UPDATE ${this.tables}interactions SET id = $2 WHERE id = $1`, [from, to]);
  }

  /** Deletes the interaction if a user was identified who may sign in: one caller gets it. */
  async take(id: InteractionId, transaction: EntityManager): Promise<Identification | null> {
    const [identification] = await transaction.query<Identification[]>(
      `WITH taken AS (
         DELETE FROM ${this.tables}interactions i USING ${this.tables}users u
          WHERE i.id = $1 AND i.expires_at > now() AND u.id = i.user_id AND NOT u.suspended
         RETURNING i.*)
       SELECT ${identificationOf('taken')} FROM taken`,
      [id],
    );
    return identification ?? null;
  }

  /** Whether the identified user, if any, is suspended; null when there is no such interaction. */
  async find(id: InteractionId, transaction: EntityManager): Promise<{ suspended: boolean } | null> {
    const [row] = await transaction.query<{ suspended: boolean }[]>(
      `SELECT coalesce(u.suspended, false) AS suspended
         FROM ${this.tables}interactions i LEFT JOIN ${this.tables}users u ON u.id = i.user_id
        WHERE i.id = $1 AND i.expires_at > now()`,
      [id],
    );
    return row ?? null;
  }

  async delete(id: InteractionId): Promise<void> {
    await this.dataSource.query(`DELETE FROM ${this.tables}interactions WHERE id = $1`, [id]);
  }
}
