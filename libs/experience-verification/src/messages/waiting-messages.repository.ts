import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { TABLES } from '../database/tables';
import type { IdentifierType } from '../identifiers/identifier';
import type { UserId } from '../webauthn/webauthn-types';

export interface SealedMessage {
  id: string;
  codeOf: Buffer | null;
  userId: UserId | null;
  addressType: IdentifierType;
  sealed: Buffer;
}

/** A message that is to be tried now, by this server alone. */
export interface DueMessage {
  id: string;
  sealed: Buffer;
  /** With this one. */
  attempts: number;
  /** Whole seconds until it is over. */
  secondsLeft: number;
}

@Injectable()
export class WaitingMessages {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
  ) {}

  /** @param ttl seconds; 0: nobody ever sees it */
  async insert(
    { id, codeOf, userId, addressType, sealed }: SealedMessage,
    ttl: number,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO ${this.tables}waiting_messages (id, code_of, user_id, address_type, sealed, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 second')
       ON CONFLICT (code_of) DO UPDATE
          SET id = excluded.id, user_id = excluded.user_id, address_type = excluded.address_type,
              sealed = excluded.sealed, attempts = 0, next_attempt_at = excluded.next_attempt_at, expires_at = excluded.expires_at`,
      [id, codeOf, userId, addressType, sealed, ttl],
    );
  }

  /**
   * Takes due messages to addresses of one type for `seconds`: if this server dies meanwhile, another one gets them after that.
   * @param mostAgain of those that were tried before, for which what was not does not wait
   */
  async lease(
    addressType: IdentifierType,
    most: number,
    mostAgain: number,
    seconds: number,
  ): Promise<DueMessage[]> {
    const isDue = 'address_type = $4 AND next_attempt_at <= now() AND expires_at > now()';
    const [rows] = await this.dataSource.query<[DueMessage[], number]>(
      `WITH untried AS (
         SELECT id FROM ${this.tables}waiting_messages WHERE ${isDue} AND attempts = 0
          ORDER BY next_attempt_at LIMIT $1::int FOR UPDATE SKIP LOCKED),
       again AS (
         SELECT id FROM ${this.tables}waiting_messages WHERE ${isDue} AND attempts > 0
          ORDER BY next_attempt_at LIMIT least($2::int, $1::int - (SELECT count(*) FROM untried))
            FOR UPDATE SKIP LOCKED),
       due AS (SELECT id FROM untried UNION ALL SELECT id FROM again)
       UPDATE ${this.tables}waiting_messages m
          SET attempts = attempts + 1, next_attempt_at = now() + $3 * interval '1 second'
         FROM due WHERE m.id = due.id
       RETURNING m.id, m.sealed, m.attempts, ceil(extract(epoch FROM m.expires_at - now()))::int AS "secondsLeft"`,
      [most, mostAgain, seconds, addressType],
    );
    return rows;
  }

  async delete(id: string): Promise<void> {
    await this.dataSource.query(`DELETE FROM ${this.tables}waiting_messages WHERE id = $1`, [id]);
  }

  async deleteOf(userId: UserId, transaction: EntityManager): Promise<void> {
    await transaction.query(`DELETE FROM ${this.tables}waiting_messages WHERE user_id = $1`, [userId]);
  }

  /** Lets any server try at once, as if this one had not. */
  async giveBack(id: string): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.tables}waiting_messages SET attempts = attempts - 1, next_attempt_at = now() WHERE id = $1`,
      [id],
    );
  }

  /** Tries again after `seconds`. */
  async postpone(id: string, seconds: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.tables}waiting_messages SET next_attempt_at = now() + $2 * interval '1 second' WHERE id = $1`,
      [id, seconds],
    );
  }

  all(): Promise<Pick<DueMessage, 'id' | 'sealed'>[]> {
    return this.dataSource.query(`SELECT id, sealed FROM ${this.tables}waiting_messages`);
  }

  async replace(id: string, sealed: Buffer, anew: Buffer): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.tables}waiting_messages SET sealed = $3 WHERE id = $1 AND sealed = $2`,
      [id, sealed, anew],
    );
  }
}
