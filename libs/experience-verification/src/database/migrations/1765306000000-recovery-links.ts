import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';

/** A link by which a user gets back in, of management's making: one at a time. */
export class RecoveryLinks1765306000000 extends ModuleMigration {
  readonly name = 'RecoveryLinks1765306000000';

  protected async apply(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${schema}.recovery_links (
        user_id uuid NOT NULL
          CONSTRAINT recovery_links_user_id_fkey REFERENCES ${schema}.users (id) ON DELETE CASCADE,
        secret_hash bytea NOT NULL CONSTRAINT recovery_links_secret_hash_key UNIQUE,
        rp_id text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL,
        CONSTRAINT recovery_links_pkey PRIMARY KEY (user_id)
      )`);
  }

  protected async undo(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`DROP TABLE ${schema}.recovery_links`);
  }
}
