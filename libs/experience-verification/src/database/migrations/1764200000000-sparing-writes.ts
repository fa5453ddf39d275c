import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/**
 * Per cent of a page that inserts fill. A sign-in updates its verification record twice and its credential record
 * once, in columns that no index has: the rest of the page takes the new versions, so that no index is written
 * (heap-only tuples), and the next read of the page takes the old ones away.
 */
const FILL_FACTORS: Record<string, number> = {
  credential_records: 85,
  verification_records: 60,
  interactions: 75,
  sessions: 85,
};

/** Rows of these live for minutes: they are vacuumed by their number, not by their share of what there was. */
const CHURNING = ['verification_records', 'interactions', 'sessions', 'webhook_deliveries'];

const AUTOVACUUM = {
  autovacuum_vacuum_scale_factor: 0.02,
  autovacuum_vacuum_threshold: 1000,
  autovacuum_vacuum_cost_delay: 0,
  autovacuum_analyze_scale_factor: 0.05,
};

/** Storage that suits how often each table's rows change. Only pages written from now on are laid out so. */
export class SparingWrites1764200000000 extends ModuleMigration {
  readonly name = 'SparingWrites1764200000000';

  protected async apply(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    for (const [table, fillFactor] of Object.entries(FILL_FACTORS)) {
      await queryRunner.query(`ALTER TABLE ${tables}${table} SET (fillfactor = ${fillFactor})`);
    }
    const settings = Object.entries(AUTOVACUUM).map(([name, value]) => `${name} = ${value}`);
    for (const table of CHURNING) {
      await queryRunner.query(`ALTER TABLE ${tables}${table} SET (${settings.join(', ')})`);
    }
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    for (const table of CHURNING) {
      await queryRunner.query(`ALTER TABLE ${tables}${table} RESET (${Object.keys(AUTOVACUUM).join(', ')})`);
    }
    for (const table of Object.keys(FILL_FACTORS)) {
      await queryRunner.query(`ALTER TABLE ${tables}${table} RESET (fillfactor)`);
    }
  }
}
