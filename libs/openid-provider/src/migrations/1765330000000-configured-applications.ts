import { ModuleMigration, type TableNames } from 'nestjs-passkey-sign-in';
import type { QueryRunner } from 'typeorm';

/** Applications that a file of the operator's has. */
export class ConfiguredApplications1765330000000 extends ModuleMigration {
  readonly name = 'ConfiguredApplications1765330000000';

  protected async apply(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE ${tables}applications ADD COLUMN configured boolean NOT NULL DEFAULT false`,
    );
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`ALTER TABLE ${tables}applications DROP COLUMN configured`);
  }
}
