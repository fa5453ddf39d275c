import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/**
 * What servers share of their limits, and whose turn it is to sweep. None of it is worth a write to the log: after
 * a crash of the database the counts begin afresh. Room in each page lets counts be updated in place.
 */
export class Limits1764300000000 extends ModuleMigration {
  readonly name = 'Limits1764300000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      CREATE UNLOGGED TABLE ${tables}rate_limits (
        key bytea NOT NULL CONSTRAINT ${prefix}rate_limits_pkey PRIMARY KEY,
        count integer NOT NULL,
        expires_at timestamptz NOT NULL
      ) WITH (fillfactor = 50)`);
    await queryRunner.query(`
      CREATE UNLOGGED TABLE ${tables}failed_attempts (
        key bytea NOT NULL CONSTRAINT ${prefix}failed_attempts_pkey PRIMARY KEY,
        count integer NOT NULL,
        locked_until timestamptz,
        expires_at timestamptz NOT NULL
      ) WITH (fillfactor = 50)`);
    await queryRunner.query(`
      CREATE UNLOGGED TABLE ${tables}sweeps (
        name text NOT NULL CONSTRAINT ${prefix}sweeps_pkey PRIMARY KEY,
        next_at timestamptz NOT NULL
      )`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`DROP TABLE ${tables}sweeps, ${tables}failed_attempts, ${tables}rate_limits`);
  }
}
