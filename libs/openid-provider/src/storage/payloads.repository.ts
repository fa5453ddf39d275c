import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  type AuditEvent,
  AuditRepository,
  type PreparedStatement,
  PreparedStatements,
  TABLES,
} from 'nestjs-passkey-sign-in';
import { DataSource, type EntityManager } from 'typeorm';
import type { Application, ClaimsSource } from '../ports/application';
import * as statement from './payload.statements';
import { Prefetched } from './prefetched';

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

/** With what is asked for next; null where there is none of it. */
type FoundWithMore = (FoundPayload | { key: null }) & {
  grantKey: Buffer | null;
  grantPayload: Buffer | null;
  application: Application | null;
  user?: ClaimsSource | null;
};

/** Whom a request is about. */
export interface TokenRequest {
  /** Seconds that a session may be idle. */
  idleTtl: number;
  relyingPartyId: string;
  /** Of the client that it names. */
  clientId: string | null;
}

const valuesOf = (row: NewPayload): unknown[] => [
  ...[row.key, row.model, row.sessionId, row.grantKey, row.userCodeKey, row.clientId, row.offline],
  ...[row.payload, row.expiresIn],
];

const nameOf = (key: Buffer): string => key.toString('base64');

/** What the provider keeps, whoever of several servers asks. Each call is one statement at most. */
@Injectable()
export class PayloadsRepository {
  private readonly insertOne: PreparedStatement;
  private readonly upsert: PreparedStatement;
  private readonly findByKey: PreparedStatement;
  private readonly findByCode: PreparedStatement;
  private readonly insertNew: (values: unknown[]) => Promise<unknown>;
  private readonly findToken: (values: unknown[]) => Promise<FoundWithMore[]>;
  private readonly findSession: (values: unknown[]) => Promise<FoundWithMore[]>;
  private readonly consumeOnce: (values: unknown[]) => Promise<unknown[]>;
  private readonly issueOnce: (values: unknown[]) => Promise<unknown[]>;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    private readonly statements: PreparedStatements,
    private readonly prefetched: Prefetched,
    private readonly audit: AuditRepository,
  ) {
    this.insertOne = statement.insertOnce(tables);
    this.upsert = statement.upsert(tables);
    this.findByKey = statement.find(tables, 'key');
    this.findByCode = statement.find(tables, 'user_code_key');
    this.insertNew = statements.sharing({ one: this.upsert, many: statement.insertMany(tables) });
    this.findToken = statements.sharing(statement.findTokenPayload(tables));
    this.findSession = statements.sharing(statement.findSessionPayload(tables));
    this.consumeOnce = statements.sharing(statement.consume(tables));
    this.issueOnce = statements.sharing(statement.issue(tables));
  }

  /** False when there is one of this key already. */
  async insertOnce(row: NewPayload): Promise<boolean> {
    return (await this.statements.query(this.insertOne, valuesOf(row))).length > 0;
  }

  async save(row: NewPayload): Promise<void> {
    await this.statements.query(this.upsert, valuesOf(row));
  }

  /** One whose key is new. */
  async insert(row: NewPayload): Promise<void> {
    await this.insertNew(valuesOf(row));
  }

  async find(key: Buffer, idleTtl: number): Promise<FoundPayload | undefined> {
    const known = this.prefetched.take('payload', nameOf(key));
    return known ?? (await this.statements.query<FoundPayload>(this.findByKey, [key, idleTtl]))[0];
  }

  /** A code or token, with its grant, its user, and the application of the client, or else of the token. */
  async findTokenWithMore(key: Buffer, request: TokenRequest): Promise<FoundPayload | undefined> {
    const known = this.prefetched.take('payload', nameOf(key));
    return known ?? this.withMore(this.findToken, key, request);
  }

  /** Has what a client shows with its request looked for together with the client. */
  async prefetchToken(key: Buffer, request: TokenRequest): Promise<void> {
    const found = await this.withMore(this.findToken, key, request);
    if (found) this.prefetched.put('payload', nameOf(key), found);
  }

  /** A session, with what its user has granted the client, and that one's application. */
  findSessionWithMore(key: Buffer, request: TokenRequest): Promise<FoundPayload | undefined> {
    return this.withMore(this.findSession, key, request);
  }

  private async withMore(
    find: (values: unknown[]) => Promise<FoundWithMore[]>,
    key: Buffer,
    { idleTtl, relyingPartyId, clientId }: TokenRequest,
  ): Promise<FoundPayload | undefined> {
    const [found] = await find([key, idleTtl, relyingPartyId, clientId]);
    if (!found) return undefined;
    const { grantKey, grantPayload, application, user } = found;
    if (grantKey && grantPayload) {
      const grant: FoundPayload = { key: grantKey, payload: grantPayload, consumed: null };
      this.prefetched.put('payload', nameOf(grantKey), grant);
    }
    if (application) this.prefetched.put('application', application.id, application);
    if (user) this.prefetched.put('user', user.id, user);
    return found.key === null ? undefined : found;
  }

  async findByUserCode(key: Buffer, idleTtl: number): Promise<FoundPayload | undefined> {
    return (await this.statements.query<FoundPayload>(this.findByCode, [key, idleTtl]))[0];
  }

  /** Exactly one caller, of all servers, is told true. */
  async consume(key: Buffer): Promise<boolean> {
    return (await this.consumeOnce([key])).length > 0;
  }

  /**
   * Writes a token whose key is new, with the event that tells of it, and marks as used the code of the same session that it is given for:
   * all, or false and nothing.
   */
  async issue(row: NewPayload, event: AuditEvent, codeKey: Buffer | null): Promise<boolean> {
    return (await this.issueOnce([...valuesOf(row), codeKey, ...this.audit.parametersOf(event)])).length > 0;
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

  /** First, as whoever ends the user's sessions: else each of the two may wait for what the other has ended. */
  async lockUser(userId: string, transaction: EntityManager): Promise<void> {
    await transaction.query(`SELECT FROM ${this.tables}users WHERE id = $1 FOR NO KEY UPDATE`, [userId]);
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
