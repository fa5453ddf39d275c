import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** What real accounts' passkeys look like, for decoys. */
export class DecoySamples1765210000000 extends ModuleMigration {
  readonly name = 'DecoySamples1765210000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${tables}decoy_samples (
        rp_id text CONSTRAINT ${prefix}decoy_samples_pkey PRIMARY KEY,
        accounts jsonb NOT NULL,
        sampled_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`DROP TABLE ${tables}decoy_samples`);
  }
}
