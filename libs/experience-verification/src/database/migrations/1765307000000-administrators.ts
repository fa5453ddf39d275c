import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** Users who may manage, and the link by which the first becomes one. */
export class Administrators1765307000000 extends ModuleMigration {
  readonly name = 'Administrators1765307000000';
  override readonly requires = null;

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE ${tables}users ADD COLUMN administrator boolean NOT NULL DEFAULT false`,
    );
    await queryRunner.query(`
      CREATE TABLE ${tables}administrator_links (
        rp_id text NOT NULL CONSTRAINT ${prefix}administrator_links_pkey PRIMARY KEY,
        secret_hash bytea NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`DROP TABLE ${tables}administrator_links`);
    await queryRunner.query(`ALTER TABLE ${tables}users DROP COLUMN administrator`);
  }
}
