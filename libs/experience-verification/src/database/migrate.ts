import type { DataSource, QueryRunner } from 'typeorm';
import { AppliedMigrations } from './applied-migrations';
import { sqlStateOf } from './database-availability';
import { createIndexConcurrently } from './indexes';
import { MIGRATIONS } from './migrations';
import { ModuleMigration } from './module-migration';
import { MIGRATION_WAIT } from './migration-lock';
import { MigrationError } from './migration.error';
import { tableNamesOf } from './tables';
import { giveWayToOthers, tryAgainWhileInUse } from './tables-in-use';

/** SQLSTATE insufficient_privilege. */
const mayNot = (error: unknown): boolean => sqlStateOf(error) === '42501';

/** The module's own, and those that other libraries add to its schema: the DataSource lists them. */
function migrationsOf({ migrations }: DataSource): ModuleMigration[] {
  const own = MIGRATIONS.map((Migration) => new Migration());
  const further = migrations.filter((one) => one instanceof ModuleMigration);
  return [...own, ...further.filter(({ name }) => !own.some((known) => known.name === name))];
}

/** Which of the module's migrations a database has had, and which it is to have. */
export interface MigrationState {
  applied: string[];
  pending: string[];
  /** Of a later release, and such that this one does not run on them. */
  unknown: string[];
}

/** Looks without changing anything. */
export async function examineMigrations(dataSource: DataSource): Promise<MigrationState> {
  const queryRunner = dataSource.createQueryRunner();
  try {
    const applied = await AppliedMigrations.examine(queryRunner, tableNamesOf(dataSource));
    const names: string[] = migrationsOf(dataSource).map(({ name }) => name);
    return {
      applied: applied.all,
      pending: names.filter((name) => !applied.all.includes(name)),
      unknown: applied.required.filter((name) => !names.includes(name)),
    };
  } finally {
    await queryRunner.release();
  }
}

/**
 * Runs the module's pending migrations on an initialized DataSource in one transaction, under a lock, so that servers
 * which start at once do it once. Without pending ones it takes no lock. A table that is in use is waited for so shortly
 * that nobody is held up behind, and tried again; indexes on tables that are there are made before, while these are used. The host's
 * own migrations are the host's.
 * @param wait how long another server that migrates, each index, and tables in use, are waited for, in milliseconds; 10 minutes by default
 * @returns names of the migrations that were run
 * @throws MigrationError when this role may not change the schema, the wait was too long, or a later release has changed it
 */
export async function migrate(dataSource: DataSource, wait = MIGRATION_WAIT): Promise<string[]> {
  const queryRunner = dataSource.createQueryRunner();
  try {
    const { pending, unknown } = await examineMigrations(dataSource);
    if (unknown.length > 0) {
      throw new MigrationError(
        'newer_schema',
        `the schema is newer than this server, which does not know ${unknown.join(', ')}`,
      );
    }
    if (pending.length === 0) return [];
    await makeIndexes(queryRunner, pending, wait);
    return await tryAgainWhileInUse(() => runAll(queryRunner, wait), wait);
  } catch (error) {
    if (!mayNot(error)) throw error;
    throw new MigrationError(
      'missing_rights',
      'the schema is not up to date, and this role may not change it',
    );
  } finally {
    await queryRunner.release();
  }
}

/** Those of pending migrations, before the transaction, in which they would keep others from writing while they are made. */
async function makeIndexes(queryRunner: QueryRunner, pending: string[], wait: number): Promise<void> {
  const { dataSource } = queryRunner;
  for (const { name, indexes } of migrationsOf(dataSource)) {
    if (!pending.includes(name)) continue;
    for (const index of indexes) {
      await createIndexConcurrently(queryRunner, index, tableNamesOf(dataSource), wait);
    }
  }
}

async function runAll(queryRunner: QueryRunner, wait: number): Promise<string[]> {
  const { dataSource } = queryRunner;
  await queryRunner.startTransaction();
  try {
    const applied = await AppliedMigrations.lock(queryRunner, tableNamesOf(dataSource), wait);
    await giveWayToOthers(queryRunner);
    const run: string[] = [];
    for (const migration of migrationsOf(dataSource)) {
      if (await migration.applyOnce(queryRunner, applied)) run.push(migration.name);
    }
    await queryRunner.commitTransaction();
    return run;
  } catch (error) {
    if (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction().catch(() => undefined);
    throw error;
  }
}
