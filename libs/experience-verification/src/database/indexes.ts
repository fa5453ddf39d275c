import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { isHeldUp, sqlStateOf } from './database-availability';
import { MigrationError } from './migration.error';
import type { TableNames } from './tables';

/** An index on columns that were there before. */
export interface NewIndex {
  /** Its name and its table's, without prefix and schema. */
  name: string;
  table: string;
  /** SQL: its columns in parentheses, and of which rows. */
  on: string;
}

/** Null where there is no such table. */
type State = 'made' | 'being made' | 'cut short' | 'missing' | null;

/** Milliseconds after which is looked again at one that another server makes; not all of them look at once. */
const PAUSE = 1_000;

/** Whether a lock was not had in time, or it is what servers that make it at once bring upon each other in the catalog. */
const wasInTheWay = (error: unknown): boolean =>
  isHeldUp(error) ||
  ['42P07', '23505'].includes(sqlStateOf(error) ?? '') ||
  (sqlStateOf(error) === 'XX000' && String(error).includes('tuple concurrently'));

/** Makes it, where it is not there, in the transaction under way, which nobody can write to its table in from then on. */
export async function createIndex(
  queryRunner: QueryRunner,
  index: NewIndex,
  names: TableNames,
): Promise<void> {
  // Asked first: IF NOT EXISTS keeps writers out also where it is, and takes one that was cut short.
  if ((await stateOf(queryRunner, index, names)) === 'made') return;
  await dropIndex(queryRunner, index, names);
  await queryRunner.query(statement('', index, names));
}

export async function dropIndex(
  queryRunner: QueryRunner,
  { name }: NewIndex,
  { tables }: TableNames,
): Promise<void> {
  await queryRunner.query(`DROP INDEX IF EXISTS ${tables}${name}`);
}

/**
 * Makes it while others read and write its table, in no transaction. What such a making has left that was cut short is
 * made again. Nothing is done where the table is not there yet.
 * @param wait for transactions that began before, and for another server that makes it, in milliseconds
 * @throws MigrationError when that was too short, or the database limits statements by whatever this session says
 */
export async function createIndexConcurrently(
  queryRunner: QueryRunner,
  index: NewIndex,
  names: TableNames,
  wait: number,
): Promise<void> {
  const deadline = performance.now() + wait;
  let before: State = null;
  for (;;) {
    const state = await stateOf(queryRunner, index, names);
    if (state === null || state === 'made') return;
    const left = Math.ceil(deadline - performance.now());
    if (left <= 0) {
      const used = `what is to be migrated, ${index.table}, has been in use for ${wait / 1000} seconds`;
      throw new MigrationError('locked', used);
    }
    // That it is made is told a moment after nobody is seen to make it any more.
    const mayBeMade = state === 'being made' || (state === 'cut short' && before !== state);
    if (mayBeMade && before === null) {
      new Logger('Migrations').warn(
        `Another server makes the index ${index.name}: waiting for it, at most ${wait / 1000} seconds`,
      );
    }
    if (mayBeMade || !(await make(queryRunner, index, names, left))) await pause(PAUSE * (1 + Math.random()));
    before = state;
  }
}

const statement = (how: string, { name, table, on }: NewIndex, { prefix, tables }: TableNames): string =>
  `CREATE INDEX ${how} ${prefix}${name} ON ${tables}${table} ${on}`;

async function stateOf(
  queryRunner: QueryRunner,
  { name, table }: NewIndex,
  { schema, prefix }: TableNames,
): Promise<State> {
  // By its lock, which anybody may see: an index under way is told of to its own role alone.
  const [found] = (await queryRunner.query(
    `SELECT CASE WHEN i.indisvalid THEN 'made'
                 WHEN i.indexrelid IS NULL THEN 'missing'
                 WHEN EXISTS (SELECT FROM pg_locks l WHERE l.relation = t.oid AND l.mode = 'ShareUpdateExclusiveLock'
                    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
                 THEN 'being made' ELSE 'cut short' END AS state
       FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class t ON t.relnamespace = n.oid AND t.relname = $2
       LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = $3
       LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
      WHERE '"' || n.nspname || '"' = $1`,
    [schema, `${prefix}${table}`, `${prefix}${name}`],
  )) as { state: State }[];
  return found?.state ?? null;
}

/** False where others were in the way. */
async function make(
  queryRunner: QueryRunner,
  index: NewIndex,
  names: TableNames,
  wait: number,
): Promise<boolean> {
  new Logger('Migrations').log(`Making the index ${index.name}, while others use ${index.table}`);
  // Of the session, since it can't be made in a transaction; the limits that it had come back.
  const [limits] = (await queryRunner.query(
    `SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
            set_config('statement_timeout', '0', false), set_config('lock_timeout', $1, false)`,
    [String(wait)],
  )) as [{ statement: string; lock: string }];
  try {
    await queryRunner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${names.tables}${index.name}`);
    await queryRunner.query(statement('CONCURRENTLY', index, names));
    return true;
  } catch (error) {
    if (sqlStateOf(error) === '57014') {
      throw new MigrationError(
        'locked',
        `the index ${index.name} takes longer than a statement may: a pooler forgets that it may; migrate without one`,
      );
    }
    if (!wasInTheWay(error)) throw error;
    return false;
  } finally {
    // Where the connection has broken, what broke it is told.
    await queryRunner
      .query(`SELECT set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false)`, [
        limits.statement,
        limits.lock,
      ])
      .catch(() => undefined);
  }
}
