import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  MODULE_OPTIONS,
  prepared,
  type PreparedStatement,
  PreparedStatements,
  type ResolvedOptions,
  TABLES,
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
    @Inject(TABLES) private readonly tables: string,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly statements: PreparedStatements,
  ) {
    this.insert = prepared(
      `WITH session AS (SELECT public_id FROM ${tables}sessions WHERE public_id = $1 FOR KEY SHARE)
       INSERT INTO ${tables}oidc_logout_notices AS n (session_id, client_id, relying_party_id, user_id, sid, live_session_id)
       VALUES ($1, $2, $3, $4, $5, (SELECT public_id FROM session))
       ON CONFLICT (session_id, client_id) DO UPDATE SET sid = excluded.sid WHERE n.sid <> excluded.sid`,
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
   * Finds sessions that have ended by time or idleness, of which their row may still tell nothing. Of one that goes on it is known
   * until when it need not be looked at again.
   */
  async noteEnds(most: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.tables}oidc_logout_notices n
          SET live_session_id = CASE WHEN d.lives_until > now() THEN n.live_session_id END,
              lives_until = d.lives_until
         FROM (SELECT l.session_id, l.client_id,
                      CASE WHEN ${sessionLives()}
                           THEN least(s.expires_at, s.last_seen_at + $2 * interval '1 second') ELSE now() END AS lives_until
                 FROM ${this.tables}oidc_logout_notices l
                 JOIN ${this.tables}sessions s ON s.public_id = l.live_session_id
                 JOIN ${this.tables}users u ON u.id = s.user_id
                WHERE l.live_session_id IS NOT NULL AND l.lives_until <= now()
                LIMIT $1 FOR UPDATE OF l SKIP LOCKED) d
        WHERE n.session_id = d.session_id AND n.client_id = d.client_id`,
      [most, this.options.sessionIdleTtl],
    );
  }

  /**
   * Some of sessions that are over, however they ended; until `next_at` no other server has them. Tried again after 10 s, then
   * after twice as long each time.
   * @param busy applications that are sent none now
   */
  async takeDue(most: number, busy: string[]): Promise<DueNotice[]> {
    const [rows] = await this.dataSource.query<[DueNotice[], number]>(
      `UPDATE ${this.tables}oidc_logout_notices n
          SET attempts = attempts + 1, next_at = now() + 10 * 2 ^ least(n.attempts, 12) * interval '1 second'
        WHERE (session_id, client_id) IN (
          SELECT d.session_id, d.client_id FROM ${this.tables}oidc_logout_notices d
           WHERE d.live_session_id IS NULL AND d.next_at <= now() AND d.client_id <> ALL($2)
           LIMIT $1 FOR UPDATE SKIP LOCKED)
        RETURNING session_id AS "sessionId", client_id AS "clientId", relying_party_id AS "relyingPartyId",
                  user_id AS "userId", sid, attempts`,
      [most, busy],
    );
    return rows;
  }

  async delete({ sessionId, clientId }: DueNotice): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM ${this.tables}oidc_logout_notices WHERE session_id = $1 AND client_id = $2`,
      [sessionId, clientId],
    );
  }
}
