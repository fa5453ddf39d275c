import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  MODULE_OPTIONS,
  prepared,
  type PreparedStatement,
  PreparedStatements,
  type ResolvedOptions,
  SCHEMA,
  sessionLives,
} from 'nestjs-passkey-sign-in';
import { DataSource } from 'typeorm';

export interface DueNotice {
  sessionId: string;
  clientId: string;
  relyingPartyId: string;
  userId: string;
  sid: string;
  attempts: number;
}

/** Which applications are to be told that a session is over. */
@Injectable()
export class LogoutNoticesRepository {
  private readonly insert: PreparedStatement;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SCHEMA) private readonly schema: string,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly statements: PreparedStatements,
  ) {
    this.insert = prepared(
      `INSERT INTO ${schema}.oidc_logout_notices (session_id, client_id, relying_party_id, user_id, sid)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (session_id, client_id) DO NOTHING`,
    );
  }

  async add({
    sessionId,
    clientId,
    relyingPartyId,
    userId,
    sid,
  }: Omit<DueNotice, 'attempts'>): Promise<void> {
    await this.statements.query(this.insert, [sessionId, clientId, relyingPartyId, userId, sid]);
  }

  /**
   * Some of sessions that are over, however they ended; until `next_at` no other server has them. Tried again after 10 s, then
   * after twice as long each time.
   */
  async takeDue(most: number): Promise<DueNotice[]> {
    const [rows] = await this.dataSource.query<[DueNotice[], number]>(
      `UPDATE ${this.schema}.oidc_logout_notices n
          SET attempts = attempts + 1, next_at = now() + 10 * 2 ^ least(n.attempts, 12) * interval '1 second'
        WHERE (session_id, client_id) IN (
          SELECT d.session_id, d.client_id FROM ${this.schema}.oidc_logout_notices d
           WHERE d.next_at <= now() AND NOT EXISTS (
             SELECT FROM ${this.schema}.sessions s JOIN ${this.schema}.users u ON u.id = s.user_id
              WHERE s.public_id = d.session_id AND ${sessionLives()}
                AND s.last_seen_at > now() - $2 * interval '1 second')
           LIMIT $1 FOR UPDATE SKIP LOCKED)
        RETURNING session_id AS "sessionId", client_id AS "clientId", relying_party_id AS "relyingPartyId",
                  user_id AS "userId", sid, attempts`,
      [most, this.options.sessionIdleTtl],
    );
    return rows;
  }

  async delete({ sessionId, clientId }: DueNotice): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM ${this.schema}.oidc_logout_notices WHERE session_id = $1 AND client_id = $2`,
      [sessionId, clientId],
    );
  }
}
