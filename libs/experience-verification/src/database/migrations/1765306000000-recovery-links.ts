import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** A link by which a user gets back in, of management's making: one at a time. */
export class RecoveryLinks1765306000000 extends ModuleMigration {
  readonly name = 'RecoveryLinks1765306000000';
  override readonly requires = null;

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${tables}recovery_links (
        user_id uuid NOT NULL
          CONSTRAINT ${prefix}recovery_links_user_id_fkey REFERENCES ${tables}users (id) ON DELETE CASCADE,
        secret_hash bytea NOT NULL CONSTRAINT ${prefix}recovery_links_secret_hash_key UNIQUE,
        rp_id text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL,
        CONSTRAINT ${prefix}recovery_links_pkey PRIMARY KEY (user_id)
      )`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`DROP TABLE ${tables}recovery_links`);
  }
}
