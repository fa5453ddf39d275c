import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { TABLES } from '../database/tables';
import type { RpId } from '../webauthn/webauthn-types';

/** Of the secret, and good still. */
const GOOD = 'rp_id = $1 AND secret_hash = $2 AND expires_at > now()';

@Injectable()
export class AdministratorLinks {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
  ) {}

  /** Keeps a link in place of an earlier one. @param ttl seconds @returns when it expires */
  async replace(rpId: RpId, secretHash: Buffer, ttl: number, transaction: EntityManager): Promise<Date> {
    const expiresAt = await this.keep(rpId, secretHash, ttl, true, transaction);
    if (!expiresAt) throw new Error('the link was not stored');
    return expiresAt;
  }

  /** The same where no earlier link is good; null: it was not kept. */
  insert(rpId: RpId, secretHash: Buffer, ttl: number, transaction: EntityManager): Promise<Date | null> {
    return this.keep(rpId, secretHash, ttl, false, transaction);
  }

  /** Whether there is such a link, for somebody to spend. */
  async has(rpId: RpId, secretHash: Buffer): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `SELECT FROM ${this.tables}administrator_links WHERE ${GOOD}`,
      [rpId, secretHash],
    );
    return rows.length > 0;
  }

  /** Spends a link: exactly one caller can. */
  async spend(rpId: RpId, secretHash: Buffer, transaction: EntityManager): Promise<boolean> {
    const [, spent] = await transaction.query<[unknown, number]>(
      `DELETE FROM ${this.tables}administrator_links WHERE ${GOOD}`,
      [rpId, secretHash],
    );
    return spent > 0;
  }

  private async keep(
    rpId: RpId,
    secretHash: Buffer,
    ttl: number,
    endsGood: boolean,
    transaction: EntityManager,
  ): Promise<Date | null> {
    const [row] = await transaction.query<{ expiresAt: Date }[]>(
      `INSERT INTO ${this.tables}administrator_links AS earlier (rp_id, secret_hash, expires_at)
       VALUES ($1, $2, now() + $3 * interval '1 second')
       ON CONFLICT (rp_id) DO UPDATE SET secret_hash = excluded.secret_hash, expires_at = excluded.expires_at
         WHERE $4 OR earlier.expires_at <= now()
       RETURNING expires_at AS "expiresAt"`,
      [rpId, secretHash, ttl, endsGood],
    );
    return row?.expiresAt ?? null;
  }
}
