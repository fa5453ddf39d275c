import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';

/** What real accounts' passkeys look like, for decoys. */
export class DecoySamples1765210000000 extends ModuleMigration {
  readonly name = 'DecoySamples1765210000000';

  protected async apply(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${schema}.decoy_samples (
        rp_id text CONSTRAINT decoy_samples_pkey PRIMARY KEY,
        accounts jsonb NOT NULL,
        sampled_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  protected async undo(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`DROP TABLE ${schema}.decoy_samples`);
  }
}
