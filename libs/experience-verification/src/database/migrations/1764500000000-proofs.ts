import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** A verified record says how the user was authenticated, which was worked out where it was used. */
export class Proofs1764500000000 extends ModuleMigration {
  readonly name = 'Proofs1764500000000';

  protected async apply(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE ${tables}verification_records ADD COLUMN amr text[] NOT NULL DEFAULT '{}'`,
    );
    await queryRunner.query(
      `UPDATE ${tables}verification_records SET amr = '{otp}' WHERE status = 'verified' AND ceremony = 'recovery'`,
    );
    await queryRunner.query(
      `UPDATE ${tables}verification_records r
          SET amr = ARRAY[CASE WHEN c.backup_eligible THEN 'swk' ELSE 'hwk' END, 'pop', 'user']
         FROM ${tables}credential_records c
        WHERE r.status = 'verified' AND c.id = r.credential_record_id`,
    );
    await queryRunner.query(
      `UPDATE ${tables}verification_records
          SET amr = ARRAY[CASE WHEN (new_credential->>'backupEligible')::boolean THEN 'swk' ELSE 'hwk' END, 'pop', 'user']
        WHERE status = 'verified' AND ceremony = 'registration'`,
    );
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`ALTER TABLE ${tables}verification_records DROP COLUMN amr`);
  }
}
