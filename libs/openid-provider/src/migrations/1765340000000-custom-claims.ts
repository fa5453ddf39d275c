import { ModuleMigration } from 'nestjs-passkey-sign-in';
import type { QueryRunner } from 'typeorm';

/** What applications are told of users and groups beside what the module knows. */
export class CustomClaims1765340000000 extends ModuleMigration {
  readonly name = 'CustomClaims1765340000000';

  protected async apply(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${schema}.user_claims (
        user_id uuid NOT NULL CONSTRAINT user_claims_pkey PRIMARY KEY
          CONSTRAINT user_claims_user_id_fkey REFERENCES ${schema}.users (id) ON DELETE CASCADE,
        claims jsonb NOT NULL
      );
      ALTER TABLE ${schema}.groups ADD COLUMN claims jsonb NOT NULL DEFAULT '{}'`);
  }

  protected async undo(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(
      `DROP TABLE ${schema}.user_claims; ALTER TABLE ${schema}.groups DROP COLUMN claims`,
    );
  }
}
