import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';

/**
 * What servers share of their limits, and whose turn it is to sweep. None of it is worth a write to the log: after
 * a crash of the database the counts begin afresh. Room in each page lets counts be updated in place.
 */
export class Limits1764300000000 extends ModuleMigration {
  readonly name = 'Limits1764300000000';

  protected async apply(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`
      CREATE UNLOGGED TABLE ${schema}.rate_limits (
        key bytea NOT NULL CONSTRAINT rate_limits_pkey PRIMARY KEY,
        count integer NOT NULL,
        expires_at timestamptz NOT NULL
      ) WITH (fillfactor = 50)`);
    await queryRunner.query(`
      CREATE UNLOGGED TABLE ${schema}.failed_attempts (
        key bytea NOT NULL CONSTRAINT failed_attempts_pkey PRIMARY KEY,
        count integer NOT NULL,
        locked_until timestamptz,
        expires_at timestamptz NOT NULL
      ) WITH (fillfactor = 50)`);
    await queryRunner.query(`
      CREATE UNLOGGED TABLE ${schema}.sweeps (
        name text NOT NULL CONSTRAINT sweeps_pkey PRIMARY KEY,
        next_at timestamptz NOT NULL
      )`);
  }

  protected async undo(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`DROP TABLE ${schema}.sweeps, ${schema}.failed_attempts, ${schema}.rate_limits`);
  }
}
