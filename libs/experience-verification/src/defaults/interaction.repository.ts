import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { SCHEMA } from '../database/schema';
import { DataSource, type EntityManager } from 'typeorm';
import type { InteractionId, UserId } from '../webauthn/webauthn-types';
import type { InteractionEvent } from './interaction.entity';
import type { Identification } from '../ports/interaction.port';

/** Which records wait for an answer of whichever passkey the person picks. */
const DISCOVERABLE = `status = 'pending' AND ceremony = 'authentication' AND user_id IS NULL AND NOT decoy`;

@Injectable()
export class InteractionRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SCHEMA) private readonly schema: string,
  ) {}

  /**
   * Begins an interaction; `previous`, the browser's own, ends with its records, but for pending ones of the
   * discoverable flow: a page asks for those options when it opens, and begins the interaction once a passkey was
   * picked. They become the new one's, in one statement, so that no two starts both have them.
   *
   * Safe, since such a record says nothing of anybody: it names no user, proves nothing yet, and keeps its challenge
   * and its lifetime. Whatever else could be planted in a browser (an identified user, a verified record, one made for
   * an identifier) ends here as it did; whoever planted the old cookie does not know the new one, under which alone
   * the record can be answered now. That they know its challenge helps nobody: what signs it is bound to this relying
   * party's origin, and an assertion of their own would need the victim's browser to send it.
   */
  async restart(
    previous: InteractionId | null,
    id: InteractionId,
    event: InteractionEvent,
    ttl: number,
  ): Promise<void> {
    await this.dataSource.query(
      `WITH kept AS (
         UPDATE ${this.schema}.verification_records SET interaction_id = $2 WHERE interaction_id = $1 AND ${DISCOVERABLE}),
       swept AS (
         DELETE FROM ${this.schema}.verification_records WHERE interaction_id = $1 AND NOT (${DISCOVERABLE})),
       ended AS (DELETE FROM ${this.schema}.interactions WHERE id = $1)
       INSERT INTO ${this.schema}.interactions (id, event, expires_at) VALUES ($2, $3, now() + $4 * interval '1 second')`,
      [previous, id, event, ttl],
    );
  }

  async eventOf(id: InteractionId): Promise<InteractionEvent | null> {
    const [row] = await this.dataSource.query<{ event: InteractionEvent }[]>(
      `SELECT event FROM ${this.schema}.interactions WHERE id = $1 AND expires_at > now()`,
      [id],
    );
    return row?.event ?? null;
  }

  async identifiedUser(id: InteractionId): Promise<UserId | null> {
    const [row] = await this.dataSource.query<{ userId: UserId | null }[]>(
      `SELECT i.user_id AS "userId" FROM ${this.schema}.interactions i JOIN ${this.schema}.users u ON u.id = i.user_id
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
      `INSERT INTO ${this.schema}.interactions AS i (id, event, user_id, amr, expires_at)
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
      `WITH moved AS (UPDATE ${this.schema}.verification_records SET interaction_id = $2 WHERE interaction_id = $1)
       UPDATE ${this.schema}.interactions SET id = $2 WHERE id = $1`,
      [from, to],
    );
  }

  /** Deletes the interaction, with its records, if a user was identified who may sign in: one caller gets it. */
  async take(id: InteractionId): Promise<Identification | null> {
    const [identification] = await this.dataSource.query<Identification[]>(
      `WITH taken AS (
         DELETE FROM ${this.schema}.interactions i USING ${this.schema}.users u
          WHERE i.id = $1 AND i.expires_at > now() AND u.id = i.user_id AND NOT u.suspended
         RETURNING i.id, i.user_id, i.amr),
       swept AS (DELETE FROM ${this.schema}.verification_records r USING taken WHERE r.interaction_id = taken.id)
       SELECT user_id AS "userId", amr FROM taken`,
      [id],
    );
    return identification ?? null;
  }

  /** Whether the identified user, if any, is suspended; null when there is no such interaction. */
  async find(id: InteractionId): Promise<{ suspended: boolean } | null> {
    const [row] = await this.dataSource.query<{ suspended: boolean }[]>(
      `SELECT coalesce(u.suspended, false) AS suspended
         FROM ${this.schema}.interactions i LEFT JOIN ${this.schema}.users u ON u.id = i.user_id
        WHERE i.id = $1 AND i.expires_at > now()`,
      [id],
    );
    return row ?? null;
  }

  async delete(id: InteractionId): Promise<void> {
    await this.dataSource.query(
      `WITH swept AS (DELETE FROM ${this.schema}.verification_records WHERE interaction_id = $1)
       DELETE FROM ${this.schema}.interactions WHERE id = $1`,
      [id],
    );
  }
}
