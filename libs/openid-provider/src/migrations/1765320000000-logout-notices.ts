import { ModuleMigration, type TableNames } from 'nestjs-passkey-sign-in';
import type { QueryRunner } from 'typeorm';

/** Applications are told when a session is over. */
export class LogoutNotices1765320000000 extends ModuleMigration {
  readonly name = 'LogoutNotices1765320000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${tables}oidc_logout_notices (
        session_id uuid NOT NULL,
        client_id text NOT NULL,
        relying_party_id text NOT NULL,
        user_id uuid NOT NULL,
        sid text NOT NULL,
        attempts int NOT NULL DEFAULT 0,
        next_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT ${prefix}oidc_logout_notices_pkey PRIMARY KEY (session_id, client_id)
      )`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`DROP TABLE ${tables}oidc_logout_notices`);
  }
}
