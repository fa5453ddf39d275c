import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { prepared, PreparedStatements } from '../database/prepared-statements';
import { TABLES } from '../database/tables';
import { shared, type SharedByMany } from '../database/shared-statement';
import { DataSource, type EntityManager } from 'typeorm';
import type { Identification } from '../ports/identification';
import type { CurrentSession, SessionSummary } from '../ports/session.port';
import type { SessionInAccount } from '../session/accounts-of-sessions';
import { account, type UserAccount } from '../users/users.repository';
import type { UserId } from '../webauthn/webauthn-types';

/**
 * SQL: how often it is noted, in seconds, that a session is in use: reading costs no write more often. One that may be idle for a
 * short time ends at most a tenth of that early.
 */
const seenEvery = (idleTtl: string): string => `least(60, ${idleTtl}::float8 / 10) * interval '1 second'`;

/** A session to begin: its keys, the secret one and the one that is told, and where it is opened. */
export interface NewSession {
  id: Buffer;
  publicId: string;
  address: string | null;
  browser: string | null;
  /** Seconds. */
  ttl: number;
}

interface FoundSession extends Omit<CurrentSession, 'id'> {
  sessionId: string;
  /** Whether it is time to note that it is in use. */
  seenLongAgo: boolean;
  /** The user's; null: a host's directory decides. */
  tenant: string | null;
}

const sessionOf = ({ sessionId: id, userId, amr, passkeyId, authenticatedAt, age }: FoundSession) => ({
  ...{ id, userId, amr, passkeyId, authenticatedAt, age },
});

@Injectable()
export class SessionsRepository {
  private readonly findAlone: (values: unknown[]) => Promise<FoundSession[]>;
  private readonly findWithAccount: (values: unknown[]) => Promise<(FoundSession & UserAccount)[]>;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    statements: PreparedStatements,
  ) {
    this.findAlone = statements.sharing(findSession(tables));
    this.findWithAccount = statements.sharing(findSessionWithAccount(tables));
  }

  async insert(
    { id, publicId, address, browser, ttl }: NewSession,
    { userId, amr, authenticatedAt, passkeyId }: Identification,
    transaction: EntityManager,
  ): Promise<void> {
    await transaction.query(
      `INSERT INTO ${this.tables}sessions (id, public_id, user_id, amr, authenticated_at, passkey_id, address, browser, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + $9 * interval '1 second')`,
      [id, publicId, userId, amr, authenticatedAt, passkeyId, address, browser, ttl],
    );
  }

  /**
   * Null when it is over, has been idle for `idleTtl` seconds, or its user is suspended or has been since, or is another
   * tenant's.
   */
  async find(id: Buffer, idleTtl: number, ofTenant: string): Promise<CurrentSession | null> {
    const found = await this.counting({ id, idleTtl, ofTenant }, this.findAlone);
    return found && sessionOf(found);
  }

  /** The same, with the user's account as it was then. */
  async findInAccount(id: Buffer, idleTtl: number, ofTenant: string): Promise<SessionInAccount | null> {
    const found = await this.counting({ id, idleTtl, ofTenant }, this.findWithAccount);
    return found && { session: sessionOf(found), account: { ...found, id: found.userId } };
  }

  async list(userId: UserId, idleTtl: number): Promise<SessionSummary[]> {
    return this.dataSource.query<SessionSummary[]>(
      `SELECT s.public_id AS id, s.passkey_id AS "passkeyId", s.amr, s.created_at AS "createdAt",
              s.authenticated_at AS "authenticatedAt", s.last_seen_at AS "lastSeenAt", s.address, s.browser
         FROM ${this.tables}sessions s JOIN ${this.tables}users u ON u.id = s.user_id
        WHERE s.user_id = $1 AND ${sessionLives()} AND ${isInUse('$2')}
        ORDER BY s.last_seen_at DESC, s.public_id`,
      [userId, idleTtl],
    );
  }

  /** Gives the session another key, and notes the proof; false when it has another already. */
  async renew(
    id: Buffer,
    renewedId: Buffer,
    { amr, passkeyId }: Pick<Identification, 'amr' | 'passkeyId'>,
    transaction: EntityManager,
  ): Promise<boolean> {
    const [, renewed] = await transaction.query<[unknown, number]>(
      `UPDATE ${this.tables}sessions
          SET id = $2, authenticated_at = now(), passkey_id = coalesce(passkey_id, $4),
              amr = ARRAY(SELECT DISTINCT unnest(amr || $3::text[]) ORDER BY 1)
        WHERE id = $1`,
      [id, renewedId, amr, passkeyId],
    );
    return renewed > 0;
  }

  /** Keeps the session, until `transaction` ends, from being ended; false when it has been. */
  async hold(userId: UserId, publicId: string, transaction: EntityManager): Promise<boolean> {
    const found = await transaction.query<object[]>(
      `SELECT FROM ${this.tables}sessions s JOIN ${this.tables}users u ON u.id = s.user_id
        WHERE s.user_id = $1 AND s.public_id = $2 AND ${sessionLives()} FOR KEY SHARE OF s`,
      [userId, publicId],
    );
    return found.length > 0;
  }

  async delete(id: Buffer, transaction: EntityManager): Promise<void> {
    await transaction.query(`DELETE FROM ${this.tables}sessions WHERE id = $1`, [id]);
  }

  /**
   * Ends the browser's last session where the user's next one begins; one of the user's that is idle stays, on which hangs what
   * outlives idleness (offline access).
   */
  async deleteBefore(userId: UserId, id: Buffer, idleTtl: number, transaction: EntityManager): Promise<void> {
    await transaction.query(
      `DELETE FROM ${this.tables}sessions
        WHERE id = $1 AND (user_id <> $2 OR last_seen_at > now() - $3 * interval '1 second')`,
      [id, userId, idleTtl],
    );
  }

  /** False when the user has none of this id. */
  async deleteOne(userId: UserId, publicId: string, transaction: EntityManager): Promise<boolean> {
    const [, deleted] = await transaction.query<[unknown, number]>(
      `DELETE FROM ${this.tables}sessions WHERE user_id = $1 AND public_id = $2`,
      [userId, publicId],
    );
    return deleted > 0;
  }

  /** Of the user, those of one passkey if it is named, but for `except`. */
  async deleteAllOf(
    userId: UserId,
    passkeyId: string | null,
    except: Buffer | null,
    transaction: EntityManager,
  ): Promise<void> {
    await transaction.query(
      `DELETE FROM ${this.tables}sessions
        WHERE user_id = $1 AND ($2::uuid IS NULL OR passkey_id = $2) AND id IS DISTINCT FROM $3`,
      [userId, passkeyId, except],
    );
  }

  /** The session if it is the tenant's, and noted as seen. */
  private async counting<Found extends FoundSession>(
    { id, idleTtl, ofTenant }: { id: Buffer; idleTtl: number; ofTenant: string },
    find: (values: unknown[]) => Promise<Found[]>,
  ): Promise<Found | null> {
    const [found] = await find([id, idleTtl]);
    if (!found || (found.tenant ?? ofTenant) !== ofTenant) return null;
    if (found.seenLongAgo) await this.noteSeen(id, idleTtl);
    return found;
  }

  private async noteSeen(id: Buffer, idleTtl: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.tables}sessions SET last_seen_at = now()
        WHERE id = $1 AND last_seen_at < now() - ${seenEvery('$2')}`,
      [id, idleTtl],
    );
  }
}

/** SQL: whether session `s` of user `u` still counts, however long it has been idle. */
export const sessionLives = (): string =>
  `s.expires_at > now() AND NOT u.suspended AND s.created_at >= u.proofs_void_before`;

const isInUse = (idleTtl: string): string => `s.last_seen_at > now() - ${idleTtl} * interval '1 second'`;

/**
 * @param idleTtl SQL
 * @param ofUser SQL of columns of the user `u`, with the tenant
 */
const presentSession = (tables: string, idleTtl: string, ofUser: string): string =>
  `${ofUser}, s.public_id AS "sessionId", s.user_id AS "userId", s.amr, s.passkey_id AS "passkeyId",
          s.authenticated_at AS "authenticatedAt",
          extract(epoch FROM now() - s.authenticated_at)::float8 AS age,
          s.last_seen_at < now() - ${seenEvery(idleTtl)} AS "seenLongAgo"
     FROM ${tables}sessions s JOIN ${tables}users u ON u.id = s.user_id
      AND ${sessionLives()} AND ${isInUse(idleTtl)}`;

const findWith = (tables: string, ofUser: string): SharedByMany => ({
  one: prepared(`SELECT ${presentSession(tables, '$2', ofUser)} WHERE s.id = $1`),
  many: shared(
    { id: 'bytea', idle_ttl: 'float8' },
    (calls) =>
      `SELECT call.n::int, found.* FROM ${calls}
         JOIN LATERAL (SELECT ${presentSession(tables, 'call.idle_ttl', ofUser)} WHERE s.id = call.id) AS found ON true`,
  ),
});

export const findSession = (tables: string): SharedByMany => findWith(tables, 'u.tenant');

export const findSessionWithAccount = (tables: string): SharedByMany => findWith(tables, account(tables));
