import { type DataSource, MigrationExecutor, QueryFailedError } from 'typeorm';
import { takeMigrationLock } from './migration-lock';
import { MigrationError } from './migration.error';

/** SQLSTATE insufficient_privilege. */
const mayNot = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '42501';

/**
 * Runs the pending migrations of an initialized DataSource in one transaction, under a lock, so that servers which
 * start at once do it once. Without pending ones it takes no lock.
 * @param wait how long another server that migrates is waited for, in milliseconds; 10 minutes by default
 * @returns names of the migrations that were run
 * @throws MigrationError when this role may not change the schema, or another server took too long
 */
export async function migrate(dataSource: DataSource, wait?: number): Promise<string[]> {
  const queryRunner = dataSource.createQueryRunner();
  const executor = new MigrationExecutor(dataSource, queryRunner);
  try {
    if ((await executor.getPendingMigrations()).length === 0) return [];
    await queryRunner.startTransaction();
    await takeMigrationLock(queryRunner, wait);
    const migrations = await executor.executePendingMigrations();
    await queryRunner.commitTransaction();
    return migrations.map(({ name }) => name);
  } catch (error) {
    if (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction().catch(() => undefined);
    if (!mayNot(error)) throw error;
    throw new MigrationError(
      'missing_rights',
      'the schema is not up to date, and this role may not change it',
    );
  } finally {
    await queryRunner.release();
  }
}
