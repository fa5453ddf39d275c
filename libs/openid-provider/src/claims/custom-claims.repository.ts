import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { isUuid, TABLES } from 'nestjs-passkey-sign-in';
import { DataSource, type EntityManager } from 'typeorm';
import type { CustomClaims } from './user-claims.entity';

/** What management has given users; groups have theirs in their own rows. */
@Injectable()
export class CustomClaimsRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
  ) {}

  /** Null when the tenant has no such user. */
  async find(userId: string, tenant: string): Promise<CustomClaims['claims'] | null> {
    if (!isUuid(userId)) return null;
    const [found] = await this.dataSource.query<Pick<CustomClaims, 'claims'>[]>(
      `SELECT coalesce(c.claims, '{}') AS claims FROM ${this.tables}users u
         LEFT JOIN ${this.tables}user_claims c ON c.user_id = u.id
        WHERE u.id = $1 AND coalesce(u.tenant, $2) = $2`,
      [userId, tenant],
    );
    return found?.claims ?? null;
  }

  /** False when the tenant has no such user. */
  async save(
    userId: string,
    tenant: string,
    claims: CustomClaims['claims'],
    transaction: EntityManager,
  ): Promise<boolean> {
    if (!isUuid(userId)) return false;
    const known = await transaction.query<unknown[]>(
      `SELECT id FROM ${this.tables}users WHERE id = $1 AND coalesce(tenant, $2) = $2 FOR KEY SHARE`,
      [userId, tenant],
    );
    if (known.length === 0) return false;
    await transaction.query(
      `INSERT INTO ${this.tables}user_claims (user_id, claims) VALUES ($1, $2)
       ON CONFLICT (user_id) DO UPDATE SET claims = excluded.claims`,
      [userId, JSON.stringify(claims)],
    );
    return true;
  }
}
