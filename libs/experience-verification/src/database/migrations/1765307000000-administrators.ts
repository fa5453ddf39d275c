import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';

/** Users who may manage, and the link by which the first becomes one. */
export class Administrators1765307000000 extends ModuleMigration {
  readonly name = 'Administrators1765307000000';

  protected async apply(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE ${schema}.users ADD COLUMN administrator boolean NOT NULL DEFAULT false`,
    );
    await queryRunner.query(`
      CREATE TABLE ${schema}.administrator_links (
        rp_id text NOT NULL CONSTRAINT administrator_links_pkey PRIMARY KEY,
        secret_hash bytea NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
  }

  protected async undo(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`DROP TABLE ${schema}.administrator_links`);
    await queryRunner.query(`ALTER TABLE ${schema}.users DROP COLUMN administrator`);
  }
}
