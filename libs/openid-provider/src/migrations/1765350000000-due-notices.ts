import { ModuleMigration, type TableNames } from 'nestjs-passkey-sign-in';
import type { QueryRunner } from 'typeorm';

/** Notices of sessions that are over are found without a look at those that are not. */
export class DueNotices1765350000000 extends ModuleMigration {
  readonly name = 'DueNotices1765350000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    const table = `${tables}oidc_logout_notices`;
    await queryRunner.query(`
      ALTER TABLE ${table} ADD COLUMN live_session_id uuid CONSTRAINT ${prefix}oidc_logout_notices_live_session_id_fkey
        REFERENCES ${tables}sessions (public_id) ON DELETE SET NULL;
      ALTER TABLE ${table} ADD COLUMN lives_until timestamptz NOT NULL DEFAULT now();
      UPDATE ${table} SET live_session_id = session_id
       WHERE session_id IN (SELECT public_id FROM ${tables}sessions);
      CREATE INDEX ${prefix}oidc_logout_notices_live_session_id_idx ON ${table} (live_session_id);
      CREATE INDEX ${prefix}oidc_logout_notices_next_at_idx ON ${table} (next_at) WHERE live_session_id IS NULL;
      CREATE INDEX ${prefix}oidc_logout_notices_lives_until_idx ON ${table} (lives_until) WHERE live_session_id IS NOT NULL`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE ${tables}oidc_logout_notices DROP COLUMN live_session_id, DROP COLUMN lives_until`,
    );
  }
}
