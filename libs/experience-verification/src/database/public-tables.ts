import type { QueryRunner } from 'typeorm';
import { exists } from './catalog';
import { MigrationError } from './migration.error';
import type { TableNames } from './tables';

const PUBLIC = '"public"';

/** The migrations that were released while the tables were in `public` and TypeORM noted what had been run. */
const RELEASED = [
  'Foundation1764000000000',
  'PasskeyCapabilities1764100000000',
  'SparingWrites1764200000000',
  'Limits1764300000000',
];

/** The tables that they make. */
const TABLES = [
  'users',
  'credential_records',
  'verification_records',
  'interactions',
  'sessions',
  'recovery_codes',
  'audit_events',
  'webhook_deliveries',
  'rate_limits',
  'failed_attempts',
  'sweeps',
];

/**
 * Moves the tables of an earlier version from `public` into the module's schema, with all that is in them: rows,
 * indexes, constraints and rights go along. TypeORM's list says that they are the module's own; it stays as it is.
 * @throws MigrationError when they would need another name
 * @returns names of the migrations that they have had; none where no earlier version has been
 */
export async function adoptPublicTables(
  queryRunner: QueryRunner,
  { schema, prefix }: TableNames,
): Promise<string[]> {
  const { migrationsTableName = 'migrations' } = queryRunner.dataSource.options;
  if (!(await exists(queryRunner, PUBLIC, migrationsTableName))) return [];
  const list = `SELECT name FROM public."${migrationsTableName}" WHERE name = ANY($1)`;
  const rows = (await queryRunner.query(list, [RELEASED])) as {
    name: string;
  }[];
  if (rows.length === 0) return [];
  if (prefix !== '') {
    throw new MigrationError(
      'named_otherwise',
      `tablePrefix: the tables of an earlier version have none, not "${prefix}"`,
    );
  }
  if (schema !== PUBLIC) {
    for (const table of TABLES) {
      if (await exists(queryRunner, PUBLIC, table)) {
        await queryRunner.query(`ALTER TABLE public.${table} SET SCHEMA ${schema}`);
      }
    }
  }
  return RELEASED.filter((name) => rows.some((row) => row.name === name));
}
