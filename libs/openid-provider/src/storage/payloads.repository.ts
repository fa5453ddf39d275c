import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  prepared,
  type PreparedStatement,
  PreparedStatements,
  TABLES,
  sessionLives,
} from 'nestjs-passkey-sign-in';
import { DataSource, type EntityManager } from 'typeorm';

export const hashed = (...parts: string[]): Buffer => hash('sha256', parts.join('\0'), 'buffer');

export interface NewPayload {
  key: Buffer;
  model: string;
  sessionId: string | null;
  grantKey: Buffer | null;
  userCodeKey: Buffer | null;
  clientId: string | null;
  offline: boolean;
  payload: Buffer;
  /** Seconds. */
  expiresIn: number;
}

export interface FoundPayload {
  key: Buffer;
  payload: Buffer;
  /** Seconds since 1970. */
  consumed: number | null;
}

/** With its grant, where it has one: that is what is asked for next. */
export interface FoundWithGrant extends FoundPayload {
  grantKey: Buffer | null;
  grantPayload: Buffer | null;
}

const COLUMNS = 'key, model, session_id, grant_key, user_code_key, client_id, offline, payload, expires_at';
const VALUES = `$1, $2, $3, $4, $5, $6, $7, $8, now() + $9 * interval '1 second'`;

const valuesOf = (row: NewPayload): unknown[] => [
  ...[row.key, row.model, row.sessionId, row.grantKey, row.userCodeKey, row.clientId, row.offline],
  ...[row.payload, row.expiresIn],
];

/** What the provider keeps, whoever of several servers asks. Each call is one statement. */
@Injectable()
export class PayloadsRepository {
  private readonly insert: PreparedStatement;
  private readonly upsert: PreparedStatement;
  private readonly findByKey: PreparedStatement;
  private readonly findWithGrant: PreparedStatement;
  private readonly findSession: PreparedStatement;
  private readonly findByCode: PreparedStatement;
  private readonly consumeOnce: PreparedStatement;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    private readonly statements: PreparedStatements,
  ) {
    const table = `${tables}oidc_payloads`;
    this.insert = prepared(
      `INSERT INTO ${table} (${COLUMNS}) VALUES (${VALUES}) ON CONFLICT (key) DO NOTHING RETURNING true AS done`,
    );
    this.upsert = prepared(
      `INSERT INTO ${table} (${COLUMNS}) VALUES (${VALUES})
       ON CONFLICT (key) DO UPDATE SET session_id = excluded.session_id, grant_key = excluded.grant_key,
         offline = excluded.offline, payload = excluded.payload, expires_at = excluded.expires_at`,
    );
    const found = (column: string, grant?: string) =>
      `SELECT p.key, p.payload, extract(epoch FROM p.consumed_at)::int AS consumed
              ${grant ? ', g.key AS "grantKey", g.payload AS "grantPayload"' : ''}
         FROM ${table} p ${grant ? `LEFT JOIN LATERAL (${grant}) AS g ON true` : ''}
        WHERE p.${column} = $1 AND p.expires_at > now()
          AND (p.session_id IS NULL OR EXISTS (
            SELECT FROM ${tables}sessions s JOIN ${tables}users u ON u.id = s.user_id
             WHERE s.public_id = p.session_id AND ${sessionLives()}
               AND (p.offline OR s.last_seen_at > now() - $2 * interval '1 second')))`;
    // Of the same session, which need not be looked at again.
    const grant = (condition: string) =>
      `SELECT key, payload FROM ${table} WHERE ${condition} AND expires_at > now()
          AND session_id IS NOT DISTINCT FROM p.session_id AND (offline OR NOT p.offline) ORDER BY expires_at DESC LIMIT 1`;
    this.findByKey = prepared(found('key'));
    this.findWithGrant = prepared(found('key', grant('key = p.grant_key')));
    this.findSession = prepared(found('key', grant(`model = 'Grant' AND client_id = $3`)));
    this.findByCode = prepared(found('user_code_key'));
    this.consumeOnce = prepared(
      `UPDATE ${table} SET consumed_at = now()
        WHERE key = $1 AND consumed_at IS NULL AND expires_at > now() RETURNING true AS done`,
    );
  }

  /** False when there is one of this key already. */
  async insertOnce(row: NewPayload): Promise<boolean> {
    return (await this.statements.query(this.insert, valuesOf(row))).length > 0;
  }

  async save(row: NewPayload): Promise<void> {
    await this.statements.query(this.upsert, valuesOf(row));
  }

  /** @param idleTtl seconds that a session may be idle */
  async find(key: Buffer, idleTtl: number): Promise<FoundPayload | undefined> {
    return (await this.statements.query<FoundPayload>(this.findByKey, [key, idleTtl]))[0];
  }

  async findWithGrantOf(key: Buffer, idleTtl: number): Promise<FoundWithGrant | undefined> {
    return (await this.statements.query<FoundWithGrant>(this.findWithGrant, [key, idleTtl]))[0];
  }

  /** With what its user has granted the client. */
  async findSessionWithGrant(
    key: Buffer,
    idleTtl: number,
    clientId: string,
  ): Promise<FoundWithGrant | undefined> {
    return (await this.statements.query<FoundWithGrant>(this.findSession, [key, idleTtl, clientId]))[0];
  }

  async findByUserCode(key: Buffer, idleTtl: number): Promise<FoundPayload | undefined> {
    return (await this.statements.query<FoundPayload>(this.findByCode, [key, idleTtl]))[0];
  }

  /** Exactly one caller, of all servers, is told true. */
  async consume(key: Buffer): Promise<boolean> {
    return (await this.statements.query(this.consumeOnce, [key])).length > 0;
  }

  /** Some, in the order of their keys; none at the end. */
  after(key: Buffer): Promise<Pick<FoundPayload, 'key' | 'payload'>[]> {
    return this.dataSource.query(
      `SELECT key, payload FROM ${this.tables}oidc_payloads WHERE key > $1 ORDER BY key LIMIT 500`,
      [key],
    );
  }

  /** False when it has been written meanwhile. */
  async replace(key: Buffer, payload: Buffer, by: Buffer): Promise<boolean> {
    const [, written] = await this.dataSource.query<[unknown[], number]>(
      `UPDATE ${this.tables}oidc_payloads SET payload = $3 WHERE key = $1 AND payload = $2`,
      [key, payload, by],
    );
    return written > 0;
  }

  async delete(key: Buffer): Promise<void> {
    await this.dataSource.query(`DELETE FROM ${this.tables}oidc_payloads WHERE key = $1`, [key]);
  }

  /** What was issued for a grant, and the grant itself. */
  async deleteGrant(grantKey: Buffer): Promise<void> {
    await this.dataSource.query(`DELETE FROM ${this.tables}oidc_payloads WHERE grant_key = $1`, [grantKey]);
  }

  /** What a user's sessions have given an application. */
  async deleteOfUser(userId: string, clientId: string, transaction: EntityManager): Promise<void> {
    await transaction.query(
      `DELETE FROM ${this.tables}oidc_payloads WHERE client_id = $2 AND session_id IN
         (SELECT public_id FROM ${this.tables}sessions WHERE user_id = $1)`,
      [userId, clientId],
    );
  }

  async deleteOfApplication(clientId: string, transaction: EntityManager): Promise<void> {
    await transaction.query(`DELETE FROM ${this.tables}oidc_payloads WHERE client_id = $1`, [clientId]);
  }
}
