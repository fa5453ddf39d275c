import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';

/** The secret that an installation began with, sealed under the present one. */
export class InstallationSecrets1765305000000 extends ModuleMigration {
  readonly name = 'InstallationSecrets1765305000000';

  protected async apply(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${schema}.installation_secrets (
        installation_id uuid CONSTRAINT installation_secrets_pkey PRIMARY KEY
          CONSTRAINT installation_secrets_installation_id_fkey REFERENCES ${schema}.installations ON DELETE CASCADE,
        sealed bytea NOT NULL
      )`);
  }

  protected async undo(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`DROP TABLE ${schema}.installation_secrets`);
  }
}
