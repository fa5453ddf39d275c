import { type DataSource, MigrationExecutor, QueryFailedError } from 'typeorm';
import { ConfigurationError } from '../configuration';

/** Any number will do, as long as every server takes the same. */
const MIGRATION_LOCK = 7_283_964_105;

const NO_RIGHTS =
  'the schema is not up to date, and this role may not change it: run `npm run migration:run` as its owner first';

/** SQLSTATE insufficient_privilege. */
const mayNot = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '42501';

/**
 * Runs the pending migrations under an advisory lock, so that servers which start at once do it once.
 * @returns names of the migrations that were run
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const queryRunner = dataSource.createQueryRunner();
  try {
    // Changing a large table, or waiting for a server that does, takes its time.
    await queryRunner.query(`SET statement_timeout = 0`);
    await queryRunner.query(`SELECT pg_advisory_lock($1)`, [MIGRATION_LOCK]);
    try {
      const executor = new MigrationExecutor(dataSource, queryRunner);
      executor.transaction = 'each';
      return (await executor.executePendingMigrations()).map(({ name }) => name);
    } catch (error) {
      throw mayNot(error) ? new ConfigurationError('DATABASE_URL', NO_RIGHTS) : error;
    } finally {
      await queryRunner.query(`RESET statement_timeout`);
      await queryRunner.query(`SELECT pg_advisory_unlock($1)`, [MIGRATION_LOCK]);
    }
  } finally {
    await queryRunner.release();
  }
}
