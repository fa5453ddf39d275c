import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { prepared, type PreparedStatement, PreparedStatements, TABLES } from 'nestjs-passkey-sign-in';
import { DataSource, type EntityManager } from 'typeorm';
import type { Consents } from '../ports/application';

/** What users have allowed applications to see, and when they have used them. */
@Injectable()
export class ConsentsRepository implements Consents {
  private readonly findScopes: PreparedStatement;
  private readonly addScopes: PreparedStatement;
  private readonly noteUseOf: PreparedStatement;
  private readonly noteAllowedUseOf: PreparedStatement;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    private readonly statements: PreparedStatements,
  ) {
    const table = `${tables}application_consents`;
    this.findScopes = prepared(`SELECT scopes FROM ${table} WHERE user_id = $1 AND application_id = $2`);
    const add = (
      condition: string,
    ) => `INSERT INTO ${table} AS c (user_id, application_id, scopes) VALUES ($1, $2, $3)
       ON CONFLICT (user_id, application_id) DO UPDATE SET last_used_at = now(),
         scopes = ARRAY(SELECT DISTINCT unnest(c.scopes || excluded.scopes) ORDER BY 1) ${condition}`;
    this.addScopes = prepared(add(''));
    this.noteUseOf = prepared(
      add(`WHERE c.last_used_at < now() - interval '1 minute' OR NOT c.scopes @> excluded.scopes`),
    );
    this.noteAllowedUseOf = prepared(
      `UPDATE ${table} SET last_used_at = now()
        WHERE user_id = $1 AND application_id = $2 AND last_used_at < now() - interval '1 minute'`,
    );
  }

  async scopesOf(userId: string, applicationId: string): Promise<string[]> {
    const [found] = await this.statements.query<{ scopes: string[] }>(this.findScopes, [
      userId,
      applicationId,
    ]);
    return found?.scopes ?? [];
  }

  async allow(userId: string, applicationId: string, scopes: string[]): Promise<void> {
    await this.statements.query(this.addScopes, [userId, applicationId, scopes.toSorted()]);
  }

  async noteUse(userId: string, applicationId: string, scopes: string[]): Promise<void> {
    await this.statements.query(this.noteUseOf, [userId, applicationId, scopes.toSorted()]);
  }

  async noteAllowedUse(userId: string, applicationId: string): Promise<void> {
    await this.statements.query(this.noteAllowedUseOf, [userId, applicationId]);
  }

  async list(
    userId: string,
  ): Promise<{ applicationId: string; scopes: string[]; firstUsedAt: Date; lastUsedAt: Date }[]> {
    return this.dataSource.query(
      `SELECT application_id AS "applicationId", scopes, first_used_at AS "firstUsedAt", last_used_at AS "lastUsedAt"
         FROM ${this.tables}application_consents WHERE user_id = $1 ORDER BY last_used_at DESC, application_id`,
      [userId],
    );
  }

  /** False when there was none. */
  async delete(userId: string, applicationId: string, transaction: EntityManager): Promise<boolean> {
    const [, deleted] = await transaction.query<[unknown, number]>(
      `DELETE FROM ${this.tables}application_consents WHERE user_id = $1 AND application_id = $2`,
      [userId, applicationId],
    );
    return deleted > 0;
  }

  async deleteOfApplication(applicationId: string, transaction: EntityManager): Promise<void> {
    await transaction.query(`DELETE FROM ${this.tables}application_consents WHERE application_id = $1`, [
      applicationId,
    ]);
  }
}
