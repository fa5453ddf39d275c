import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { SCHEMA } from '../database/schema';
import { DataSource, type EntityManager } from 'typeorm';
import type { UserId } from '../webauthn/webauthn-types';
import type { AuthenticationMethod, CurrentSession } from '../ports/session.port';

@Injectable()
export class SessionsRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SCHEMA) private readonly schema: string,
  ) {}

  async insert(
    id: Buffer,
    { userId, amr }: { userId: UserId; amr: AuthenticationMethod[] },
    ttl: number,
  ): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO ${this.schema}.sessions (id, user_id, amr, expires_at) VALUES ($1, $2, $3, now() + $4 * interval '1 second')`,
      [id, userId, amr, ttl],
    );
  }

  async find(id: Buffer): Promise<CurrentSession | null> {
    const [session] = await this.dataSource.query<CurrentSession[]>(
      `SELECT s.user_id AS "userId", s.amr, s.authenticated_at AS "authenticatedAt",
              extract(epoch FROM now() - s.authenticated_at)::float8 AS age
         FROM ${this.schema}.sessions s JOIN ${this.schema}.users u ON u.id = s.user_id
        WHERE s.id = $1 AND s.expires_at > now() AND NOT u.suspended`,
      [id],
    );
    return session ?? null;
  }

  async renew(id: Buffer, amr: AuthenticationMethod[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.schema}.sessions SET authenticated_at = now(), amr = ARRAY(SELECT DISTINCT unnest(amr || $2::text[]) ORDER BY 1)
        WHERE id = $1`,
      [id, amr],
    );
  }

  async delete(id: Buffer | null): Promise<void> {
    if (id) await this.dataSource.query(`DELETE FROM ${this.schema}.sessions WHERE id = $1`, [id]);
  }

  async deleteAllOf(userId: UserId, transaction: EntityManager): Promise<void> {
    await transaction.query(`DELETE FROM ${this.schema}.sessions WHERE user_id = $1`, [userId]);
  }
}
