import { type DataSource, MigrationExecutor } from 'typeorm';

/** Any number will do, as long as every server takes the same. */
const MIGRATION_LOCK = 7_283_964_105;

/**
 * Runs the pending migrations under an advisory lock, so that servers which start at once do it once.
 * @returns names of the migrations that were run
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const queryRunner = dataSource.createQueryRunner();
  try {
    await queryRunner.query(`SELECT pg_advisory_lock($1)`, [MIGRATION_LOCK]);
    try {
      const executor = new MigrationExecutor(dataSource, queryRunner);
      executor.transaction = 'each';
      return (await executor.executePendingMigrations()).map(({ name }) => name);
    } finally {
      await queryRunner.query(`SELECT pg_advisory_unlock($1)`, [MIGRATION_LOCK]);
    }
  } finally {
    await queryRunner.release();
  }
}
