import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** The secret that an installation began with, sealed under the present one. */
export class InstallationSecrets1765305000000 extends ModuleMigration {
  readonly name = 'InstallationSecrets1765305000000';
  override readonly requires = null;

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${tables}installation_secrets (
        installation_id uuid CONSTRAINT ${prefix}installation_secrets_pkey PRIMARY KEY
          CONSTRAINT ${prefix}installation_secrets_installation_id_fkey REFERENCES ${tables}installations ON DELETE CASCADE,
        sealed bytea NOT NULL
      )`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`DROP TABLE ${tables}installation_secrets`);
  }
}
