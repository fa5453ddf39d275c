import { ModuleMigration, type TableNames } from 'nestjs-passkey-sign-in';
import type { QueryRunner } from 'typeorm';

/** What applications are told of users and groups beside what the module knows. */
export class CustomClaims1765340000000 extends ModuleMigration {
  readonly name = 'CustomClaims1765340000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${tables}user_claims (
        user_id uuid NOT NULL CONSTRAINT ${prefix}user_claims_pkey PRIMARY KEY
          CONSTRAINT ${prefix}user_claims_user_id_fkey REFERENCES ${tables}users (id) ON DELETE CASCADE,
        claims jsonb NOT NULL
      );
      ALTER TABLE ${tables}groups ADD COLUMN claims jsonb NOT NULL DEFAULT '{}'`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(
      `DROP TABLE ${tables}user_claims; ALTER TABLE ${tables}groups DROP COLUMN claims`,
    );
  }
}
