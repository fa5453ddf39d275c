import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** Records, interactions and sessions remember when the user was authenticated, and by which passkey. */
export class OriginsOfSessions1764800000000 extends ModuleMigration {
  readonly name = 'OriginsOfSessions1764800000000';

  protected async apply(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE ${tables}users ADD COLUMN proofs_void_before timestamptz NOT NULL DEFAULT '-infinity'`,
    );
    await queryRunner.query(`ALTER TABLE ${tables}verification_records ADD COLUMN verified_at timestamptz`);
    // When exactly they were verified is not known: not before they were made.
    await queryRunner.query(
      `UPDATE ${tables}verification_records SET verified_at = created_at WHERE status = 'verified'`,
    );
    await queryRunner.query(
      `ALTER TABLE ${tables}interactions ADD COLUMN authenticated_at timestamptz, ADD COLUMN passkey_id uuid`,
    );
    await queryRunner.query(
      `UPDATE ${tables}interactions SET authenticated_at = now() WHERE user_id IS NOT NULL`,
    );
    await queryRunner.query(
      `ALTER TABLE ${tables}sessions
         ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid(),
         ADD COLUMN passkey_id uuid,
         ADD COLUMN address text,
         ADD COLUMN browser text,
         ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
         ADD COLUMN last_seen_at timestamptz NOT NULL DEFAULT now()`,
    );
    await queryRunner.query(`ALTER TABLE ${tables}sessions ALTER COLUMN public_id DROP DEFAULT`);
    await queryRunner.query(`UPDATE ${tables}sessions SET created_at = authenticated_at`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE ${tables}sessions
         DROP COLUMN public_id, DROP COLUMN passkey_id, DROP COLUMN address, DROP COLUMN browser,
         DROP COLUMN created_at, DROP COLUMN last_seen_at`,
    );
    await queryRunner.query(
      `ALTER TABLE ${tables}interactions DROP COLUMN authenticated_at, DROP COLUMN passkey_id`,
    );
    await queryRunner.query(`ALTER TABLE ${tables}verification_records DROP COLUMN verified_at`);
    await queryRunner.query(`ALTER TABLE ${tables}users DROP COLUMN proofs_void_before`);
  }
}
