import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** What was sent to an account, and what was tried of it, counts for the account, however often a code is asked for. */
export class SentCodes1765100000000 extends ModuleMigration {
  readonly name = 'SentCodes1765100000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${tables}sent_codes (
        key bytea NOT NULL CONSTRAINT ${prefix}sent_codes_pkey PRIMARY KEY,
        verification_id uuid NOT NULL,
        sends timestamptz[] NOT NULL,
        wrong_tries timestamptz[] NOT NULL DEFAULT '{}',
        expires_at timestamptz NOT NULL
      ) WITH (fillfactor = 50)`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`DROP TABLE ${tables}sent_codes`);
  }
}
