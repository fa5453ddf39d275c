import { MigrationExecutor, type MigrationInterface, type QueryRunner } from 'typeorm';
import { takeMigrationLock } from './migration-lock';

interface NamedMigration extends MigrationInterface {
  name: string;
}

/**
 * A migration that servers with TypeORM's `migrationsRun` run once, also when they start at once: TypeORM reads what
 * is pending before it takes any lock, so it is looked at again under the lock. It holds in a transaction only.
 */
export function runOnce(Migration: new () => NamedMigration): new () => NamedMigration {
  return class implements NamedMigration {
    private readonly migration = new Migration();
    readonly name = this.migration.name;

    async up(queryRunner: QueryRunner): Promise<void> {
      await takeMigrationLock(queryRunner);
      const executor = new MigrationExecutor(queryRunner.dataSource, queryRunner);
      const run = (await executor.getExecutedMigrations()).find(({ name }) => name === this.name);
      // TypeORM notes it once more after this.
      if (run) await executor.deleteMigration(run);
      else await this.migration.up(queryRunner);
    }

    down(queryRunner: QueryRunner): Promise<void> {
      return this.migration.down(queryRunner);
    }
  };
}
