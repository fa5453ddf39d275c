import type { QueryRunner } from 'typeorm';
import { exists } from './catalog';
import { adoptPublicTables } from './public-tables';
import { takeMigrationLock } from './migration-lock';
import type { TableNames } from './tables';

const TABLE = 'applied_migrations';

/** Which changes the module's tables have had: a table beside them, apart from the host's own `migrations`. */
export class AppliedMigrations {
  private constructor(
    private readonly queryRunner: QueryRunner,
    readonly tableNames: TableNames,
  ) {}

  /** For one caller at a time, until the transaction under way ends. Makes the schema, should there be none. */
  static async lock(
    queryRunner: QueryRunner,
    tableNames: TableNames,
    wait?: number,
  ): Promise<AppliedMigrations> {
    await takeMigrationLock(queryRunner, wait);
    const applied = new AppliedMigrations(queryRunner, tableNames);
    if (!(await applied.exists())) await applied.begin();
    return applied;
  }

  /** Their names, without a lock; none when there is no table of them yet. */
  static async names(queryRunner: QueryRunner, tableNames: TableNames): Promise<string[]> {
    const applied = new AppliedMigrations(queryRunner, tableNames);
    return (await applied.exists()) ? applied.names() : [];
  }

  async has(name: string): Promise<boolean> {
    return (await this.names()).includes(name);
  }

  async add(name: string): Promise<void> {
    await this.queryRunner.query(`INSERT INTO ${this.tableNames.tables}${TABLE} (name) VALUES ($1)`, [name]);
  }

  async remove(name: string): Promise<void> {
    await this.queryRunner.query(`DELETE FROM ${this.tableNames.tables}${TABLE} WHERE name = $1`, [name]);
  }

  private async names(): Promise<string[]> {
    const rows = (await this.queryRunner.query(`SELECT name FROM ${this.tableNames.tables}${TABLE}`)) as {
      name: string;
    }[];
    return rows.map(({ name }) => name);
  }

  private exists(): Promise<boolean> {
    const { schema, prefix } = this.tableNames;
    return exists(this.queryRunner, schema, `${prefix}${TABLE}`);
  }

  private async begin(): Promise<void> {
    const { schema, prefix, tables } = this.tableNames;
    // Asked first: IF NOT EXISTS needs the right to create also where nothing is created.
    if (!(await exists(this.queryRunner, schema))) {
      await this.queryRunner.query(`CREATE SCHEMA ${schema}`);
    }
    await this.queryRunner.query(`
      CREATE TABLE ${tables}${TABLE} (
        name text NOT NULL CONSTRAINT ${prefix}applied_migrations_pkey PRIMARY KEY,
        applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    for (const name of await adoptPublicTables(this.queryRunner, this.tableNames)) await this.add(name);
  }
}
