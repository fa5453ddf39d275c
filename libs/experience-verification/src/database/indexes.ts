import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { QueryFailedError, type QueryRunner } from 'typeorm';
import { isHeldUp, isLockTimeout } from './database-availability';
import { MigrationError } from './migration.error';
import { MIGRATION_WAIT } from './migration-lock';
import type { TableNames } from './tables';

/** An index on a table that was there before. */
export interface NewIndex {
  /** Its name and its table's, without prefix and schema. */
  name: string;
  table: string;
  /** SQL: its columns in parentheses, and of which rows. */
  on: string;
}

/** Milliseconds after which is looked again at one that another server makes. */
const PAUSE = 1_000;

const statement = (how: string, { name, table, on }: NewIndex, { prefix, tables }: TableNames): string =>
  `CREATE INDEX ${how} ${prefix}${name} ON ${tables}${table} ${on}`;

/** SQL for where it is small, or there already. */
export const createIndex = (index: NewIndex, names: TableNames): string =>
  statement('IF NOT EXISTS', index, names);

export const dropIndex = ({ name }: NewIndex, { tables }: TableNames): string =>
  `DROP INDEX IF EXISTS ${tables}${name}`;

/**
 * Makes an index while others read and write its table, in no transaction. What such a making has left that was cut short is
 * made again. Nothing is done where the table is not there yet.
 * @param wait for transactions that began before, and for another server that makes it, in milliseconds
 * @throws MigrationError when that was too short
 */
export async function makeIndexBeside(
  queryRunner: QueryRunner,
  index: NewIndex,
  names: TableNames,
  wait = MIGRATION_WAIT,
): Promise<void> {
  const deadline = performance.now() + wait;
  for (;;) {
    const state = await stateOf(queryRunner, index, names);
    if (state === null || state === 'made') return;
    if (performance.now() >= deadline) throw inUse(index, wait);
    if (state === 'being made') await pause(PAUSE);
    else await make(queryRunner, index, names, state, wait);
  }
}

const inUse = ({ table }: NewIndex, wait: number) =>
  new MigrationError(
    'locked',
    `what is to be migrated, ${table}, has been in use for ${wait / 1000} seconds`,
  );

/** Null where there is no such table. */
type State = 'made' | 'being made' | 'cut short' | 'missing' | null;

async function stateOf(
  queryRunner: QueryRunner,
  { name, table }: NewIndex,
  { schema, prefix }: TableNames,
): Promise<State> {
  const [found] = (await queryRunner.query(
    `SELECT CASE WHEN i.indexrelid IS NULL THEN 'missing' WHEN i.indisvalid THEN 'made'
                 WHEN EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
                 THEN 'being made' ELSE 'cut short' END AS state
       FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class t ON t.relnamespace = n.oid AND t.relname = $2
       LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = $3
       LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
      WHERE '"' || n.nspname || '"' = $1`,
    [schema, `${prefix}${table}`, `${prefix}${name}`],
  )) as { state: State }[];
  return found?.state ?? null;
}

async function make(
  queryRunner: QueryRunner,
  index: NewIndex,
  names: TableNames,
  state: State,
  wait: number,
): Promise<void> {
  new Logger('Migrations').log(`Making the index ${index.name}, while others use ${index.table}`);
  // Of the session, since it can't be made in a transaction; the limits that it had come back.
  const [limits] = (await queryRunner.query(
    `SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
            set_config('statement_timeout', '0', false), set_config('lock_timeout', $1, false)`,
    [String(wait)],
  )) as [{ statement: string; lock: string }];
  try {
    if (state === 'cut short') {
      await queryRunner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${names.tables}${index.name}`);
    }
    await queryRunner.query(statement('CONCURRENTLY IF NOT EXISTS', index, names));
  } catch (error) {
    if (isLockTimeout(error)) throw inUse(index, wait);
    // Of two servers that begin at the same time one goes on.
    if (!isHeldUp(error) && !isAnothers(error)) throw error;
  } finally {
    await queryRunner.query(
      `SELECT set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false)`,
      [limits.statement, limits.lock],
    );
  }
}

/** SQLSTATE unique_violation, duplicate_table: what another server began at the same time. */
const isAnothers = (error: unknown): boolean =>
  error instanceof QueryFailedError &&
  ['23505', '42P07'].includes((error.driverError as { code?: string }).code ?? '');
