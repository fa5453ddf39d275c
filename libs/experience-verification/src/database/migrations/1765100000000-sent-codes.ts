import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';

/** What was sent to an account, and what was tried of it, counts for the account, however often a code is asked for. */
export class SentCodes1765100000000 extends ModuleMigration {
  readonly name = 'SentCodes1765100000000';

  protected async apply(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${schema}.sent_codes (
        key bytea NOT NULL CONSTRAINT sent_codes_pkey PRIMARY KEY,
        verification_id uuid NOT NULL,
        sends timestamptz[] NOT NULL,
        wrong_tries timestamptz[] NOT NULL DEFAULT '{}',
        expires_at timestamptz NOT NULL
      ) WITH (fillfactor = 50)`);
  }

  protected async undo(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`DROP TABLE ${schema}.sent_codes`);
  }
}
