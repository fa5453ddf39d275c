import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** Messages to addresses of one type wait for none to those of another. What earlier servers write counts as mail. */
export class TypesOfAddresses1765309100000 extends ModuleMigration {
  readonly name = 'TypesOfAddresses1765309100000';
  override readonly requires = null;

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE ${tables}waiting_messages ADD COLUMN IF NOT EXISTS address_type text NOT NULL DEFAULT 'email'`,
    );
    await queryRunner.query(
      `CREATE INDEX IF NOT EXISTS ${prefix}waiting_messages_address_type_idx ON ${tables}waiting_messages (address_type, next_attempt_at)`,
    );
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`ALTER TABLE ${tables}waiting_messages DROP COLUMN address_type`);
  }
}
