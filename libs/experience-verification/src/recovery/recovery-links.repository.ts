import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { TABLES } from '../database/tables';
import type { RpId, UserId } from '../webauthn/webauthn-types';

@Injectable()
export class RecoveryLinksRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
  ) {}

  /**
   * Gives the user a link, in place of an earlier one, in `transaction`.
   * @param ttl seconds
   * @returns when it expires
   */
  async replace(
    userId: UserId,
    secretHash: Buffer,
    rpId: RpId,
    ttl: number,
    transaction: EntityManager,
  ): Promise<Date> {
    const [row] = await transaction.query<{ expiresAt: Date }[]>(
      `INSERT INTO ${this.tables}recovery_links (user_id, secret_hash, rp_id, expires_at)
       VALUES ($1, $2, $3, now() + $4 * interval '1 second')
       ON CONFLICT (user_id) DO UPDATE
          SET secret_hash = excluded.secret_hash, rp_id = excluded.rp_id, created_at = excluded.created_at,
              expires_at = excluded.expires_at
       RETURNING expires_at AS "expiresAt"`,
      [userId, secretHash, rpId, ttl],
    );
    if (!row) throw new Error('the link was not stored');
    return row.expiresAt;
  }

  /** Whose link it is, good still or not; null when there is none. */
  async ownerOf(secretHash: Buffer, rpId: RpId): Promise<UserId | null> {
    const [row] = await this.dataSource.query<{ userId: UserId }[]>(
      `SELECT user_id AS "userId" FROM ${this.tables}recovery_links
        WHERE secret_hash = $1 AND rp_id = $2`,
      [secretHash, rpId],
    );
    return row?.userId ?? null;
  }

  /** Spends a link, in `transaction`: exactly one caller can. @returns when it was made, in seconds; null: no such link */
  async spend(secretHash: Buffer, transaction: EntityManager): Promise<number | null> {
    const [rows] = await transaction.query<[{ createdAt: number }[], number]>(
      `DELETE FROM ${this.tables}recovery_links WHERE secret_hash = $1 AND expires_at > now()
       RETURNING extract(epoch FROM created_at)::float8 AS "createdAt"`,
      [secretHash],
    );
    return rows[0]?.createdAt ?? null;
  }

  async delete(userId: UserId, transaction: EntityManager): Promise<void> {
    await transaction.query(`DELETE FROM ${this.tables}recovery_links WHERE user_id = $1`, [userId]);
  }
}
