import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** Passkeys remember which model of authenticator their attestation named, so that its status can be asked again. */
export class AttestedModels1764900000000 extends ModuleMigration {
  readonly name = 'AttestedModels1764900000000';

  protected async apply(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`ALTER TABLE ${tables}credential_records ADD COLUMN attested_model text`);
    // The certificates of U2F, which name its models, were not kept.
    await queryRunner.query(
      `UPDATE ${tables}credential_records SET attested_model = aaguid::text
        WHERE attestation_format <> 'none' AND aaguid <> '00000000-0000-0000-0000-000000000000'`,
    );
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`ALTER TABLE ${tables}credential_records DROP COLUMN attested_model`);
  }
}
