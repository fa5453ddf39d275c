import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { TABLES } from '../database/tables';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditEvent } from '../audit/audit-event';
import { AuditRepository } from '../audit/audit.repository';
import type { CurrentSession } from '../ports/session.port';
import { SessionOwners } from '../users/session-owners.service';
import type { UserId } from '../webauthn/webauthn-types';

@Injectable()
export class RecoveryCodesRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    private readonly owners: SessionOwners,
    private readonly audit: AuditRepository,
  ) {}

  /** Gives the user these codes, in place of earlier ones: of two calls at once one set remains. */
  async replace(session: CurrentSession, hashes: Buffer[], event: AuditEvent): Promise<void> {
    const { userId } = session;
    await this.dataSource.transaction(async (transaction) => {
      await this.owners.lock(session, transaction);
      await this.deleteAll(userId, transaction);
      await transaction.query(
        `INSERT INTO ${this.tables}recovery_codes (user_id, code_hash) SELECT $1, unnest($2::bytea[])`,
        [userId, hashes],
      );
      await this.audit.insert(event, transaction);
    });
  }

  async deleteAll(userId: UserId, transaction: EntityManager): Promise<void> {
    await transaction.query(`DELETE FROM ${this.tables}recovery_codes WHERE user_id = $1`, [userId]);
  }

  async count(userId: UserId): Promise<{ remaining: number; createdAt: Date | null }> {
    const [row] = await this.dataSource.query<{ remaining: number; createdAt: Date | null }[]>(
      `SELECT count(*)::int AS remaining, min(created_at) AS "createdAt" FROM ${this.tables}recovery_codes WHERE user_id = $1`,
      [userId],
    );
    return row ?? { remaining: 0, createdAt: null };
  }

  /** Spends a code, in `transaction`: exactly one caller can. False when there is no such code. */
  async spend(userId: UserId, codeHash: Buffer, transaction: EntityManager): Promise<boolean> {
    const [, spent] = await transaction.query<[unknown, number]>(
      `DELETE FROM ${this.tables}recovery_codes WHERE user_id = $1 AND code_hash = $2`,
      [userId, codeHash],
    );
    return spent > 0;
  }
}
