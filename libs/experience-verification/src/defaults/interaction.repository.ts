import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { InteractionId, UserId } from '../webauthn/webauthn-types';
import type { InteractionEvent } from './interaction.entity';
import type { Identification } from '../ports/interaction.port';

@Injectable()
export class InteractionRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async insert(id: InteractionId, event: InteractionEvent, ttl: number): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO interactions (id, event, expires_at) VALUES ($1, $2, now() + $3 * interval '1 second')`,
      [id, event, ttl],
    );
  }

  async eventOf(id: InteractionId): Promise<InteractionEvent | null> {
    const [row] = await this.dataSource.query<{ event: InteractionEvent }[]>(
      `SELECT event FROM interactions WHERE id = $1 AND expires_at > now()`,
      [id],
    );
    return row?.event ?? null;
  }

  async identifiedUser(id: InteractionId): Promise<UserId | null> {
    const [row] = await this.dataSource.query<{ userId: UserId | null }[]>(
      `SELECT i.user_id AS "userId" FROM interactions i JOIN users u ON u.id = i.user_id
        WHERE i.id = $1 AND i.expires_at > now() AND NOT u.suspended`,
      [id],
    );
    return row?.userId ?? null;
  }

  /** False when somebody else has been identified before. */
  async identify(
    id: InteractionId,
    { userId, amr }: Identification,
    ttl: number,
    transaction: EntityManager,
  ): Promise<boolean> {
    const rows = await transaction.query<unknown[]>(
      `INSERT INTO interactions AS i (id, event, user_id, amr, expires_at)
       VALUES ($1, 'SignIn', $2, $3, now() + $4 * interval '1 second')
       ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id,
                                      amr = ARRAY(SELECT DISTINCT unnest(i.amr || excluded.amr) ORDER BY 1)
         WHERE i.user_id IS NULL OR i.user_id = excluded.user_id
       RETURNING i.id`,
      [id, userId, amr, ttl],
    );
    return rows.length > 0;
  }

  /** Gives the interaction, with its records, another key. */
  async move(from: InteractionId, to: InteractionId, transaction: EntityManager): Promise<void> {
    await transaction.query(
      `WITH moved AS (UPDATE verification_records SET interaction_id = $2 WHERE interaction_id = $1)
       UPDATE interactions SET id = $2 WHERE id = $1`,
      [from, to],
    );
  }

  /** Deletes the interaction, with its records, if a user was identified who may sign in: one caller gets it. */
  async take(id: InteractionId): Promise<Identification | null> {
    const [identification] = await this.dataSource.query<Identification[]>(
      `WITH taken AS (
         DELETE FROM interactions i USING users u
          WHERE i.id = $1 AND i.expires_at > now() AND u.id = i.user_id AND NOT u.suspended
         RETURNING i.id, i.user_id, i.amr),
       swept AS (DELETE FROM verification_records r USING taken WHERE r.interaction_id = taken.id)
       SELECT user_id AS "userId", amr FROM taken`,
      [id],
    );
    return identification ?? null;
  }

  /** Whether the identified user, if any, is suspended; null when there is no such interaction. */
  async find(id: InteractionId): Promise<{ suspended: boolean } | null> {
    const [row] = await this.dataSource.query<{ suspended: boolean }[]>(
      `SELECT coalesce(u.suspended, false) AS suspended
         FROM interactions i LEFT JOIN users u ON u.id = i.user_id
        WHERE i.id = $1 AND i.expires_at > now()`,
      [id],
    );
    return row ?? null;
  }

  async delete(id: InteractionId): Promise<void> {
    await this.dataSource.query(
      `WITH swept AS (DELETE FROM verification_records WHERE interaction_id = $1)
       DELETE FROM interactions WHERE id = $1`,
      [id],
    );
  }
}
