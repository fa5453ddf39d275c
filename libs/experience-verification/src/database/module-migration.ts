import { MigrationExecutor, type MigrationInterface, type QueryRunner } from 'typeorm';
import { AppliedMigrations } from './applied-migrations';
import { createIndex, dropIndex, type NewIndex } from './indexes';
import { type TableNames, tableNamesOf } from './tables';

/**
 * A change of the module's tables, in a transaction. `migrate()`, TypeORM's `migrationsRun` and its CLI all come here,
 * and what has been applied is noted beside the tables: so one change is made once, whoever asks, and in whatever
 * order they do.
 */
export abstract class ModuleMigration implements MigrationInterface {
  abstract readonly name: string;

  /**
   * Which change a server must know to run once this one has been made. Without a word it is this one. `null` is none: it
   * expands the tables, and servers of earlier releases go on and start. Where it takes away what an earlier change has
   * replaced, it is that one's name.
   */
  readonly requires?: string | null;

  /** On columns that were there: `migrate()` makes them before the transaction, while others use these. */
  readonly indexes: readonly NewIndex[] = [];

  protected abstract apply(queryRunner: QueryRunner, names: TableNames): Promise<void>;

  protected abstract undo(queryRunner: QueryRunner, names: TableNames): Promise<void>;

  /** False when it had been applied before. */
  async applyOnce(queryRunner: QueryRunner, applied: AppliedMigrations): Promise<boolean> {
    if (await applied.has(this.name)) return false;
    await this.apply(queryRunner, applied.tableNames);
    for (const index of this.indexes) await createIndex(queryRunner, index, applied.tableNames);
    await applied.add(this.name, this.requires);
    return true;
  }

  /** For TypeORM, which reads what is pending before it takes any lock, and notes it after this in a list of its own. */
  async up(queryRunner: QueryRunner): Promise<void> {
    const applied = await AppliedMigrations.lock(queryRunner, tableNamesOf(queryRunner.dataSource));
    if (await this.applyOnce(queryRunner, applied)) return;
    const executor = new MigrationExecutor(queryRunner.dataSource, queryRunner);
    const noted = (await executor.getExecutedMigrations()).find(({ name }) => name === this.name);
    if (noted) await executor.deleteMigration(noted);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const applied = await AppliedMigrations.lock(queryRunner, tableNamesOf(queryRunner.dataSource));
    if (!(await applied.has(this.name))) return;
    for (const index of this.indexes) await dropIndex(queryRunner, index, applied.tableNames);
    await this.undo(queryRunner, applied.tableNames);
    await applied.remove(this.name);
  }
}
