import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** The outbox of messages to owners of accounts. */
export class WaitingMessages1765309000000 extends ModuleMigration {
  readonly name = 'WaitingMessages1765309000000';
  override readonly requires = null;

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${tables}waiting_messages (
        id uuid NOT NULL CONSTRAINT ${prefix}waiting_messages_pkey PRIMARY KEY,
        code_of bytea CONSTRAINT ${prefix}waiting_messages_code_of_key UNIQUE,
        user_id uuid,
        sealed bytea NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      )`);
    await queryRunner.query(
      `CREATE INDEX ${prefix}waiting_messages_next_attempt_at_idx ON ${tables}waiting_messages (next_attempt_at)`,
    );
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`DROP TABLE ${tables}waiting_messages`);
  }
}
