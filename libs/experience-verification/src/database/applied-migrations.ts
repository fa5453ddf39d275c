import type { QueryRunner } from 'typeorm';
import { exists } from './catalog';
import { adoptPublicTables } from './public-tables';
import { takeMigrationLock } from './migration-lock';

const TABLE = 'applied_migrations';

/** Which changes the module's tables have had: a table beside them, apart from the host's own `migrations`. */
export class AppliedMigrations {
  private constructor(
    private readonly queryRunner: QueryRunner,
    /** Quoted. */
    readonly schema: string,
  ) {}

  /** For one caller at a time, until the transaction under way ends. Makes the schema, should there be none. */
  static async lock(queryRunner: QueryRunner, schema: string, wait?: number): Promise<AppliedMigrations> {
    await takeMigrationLock(queryRunner, wait);
    const applied = new AppliedMigrations(queryRunner, schema);
    if (!(await exists(queryRunner, schema, TABLE))) await applied.begin();
    return applied;
  }

  /** Their names, without a lock; none when there is no table of them yet. */
  static async names(queryRunner: QueryRunner, schema: string): Promise<string[]> {
    if (!(await exists(queryRunner, schema, TABLE))) return [];
    return new AppliedMigrations(queryRunner, schema).names();
  }

  async has(name: string): Promise<boolean> {
    return (await this.names()).includes(name);
  }

  async add(name: string): Promise<void> {
    await this.queryRunner.query(`INSERT INTO ${this.schema}.${TABLE} (name) VALUES ($1)`, [name]);
  }

  async remove(name: string): Promise<void> {
    await this.queryRunner.query(`DELETE FROM ${this.schema}.${TABLE} WHERE name = $1`, [name]);
  }

  private async names(): Promise<string[]> {
    const rows = (await this.queryRunner.query(`SELECT name FROM ${this.schema}.${TABLE}`)) as {
      name: string;
    }[];
    return rows.map(({ name }) => name);
  }

  private async begin(): Promise<void> {
    // Asked first: IF NOT EXISTS needs the right to create also where nothing is created.
    if (!(await exists(this.queryRunner, this.schema))) {
      await this.queryRunner.query(`CREATE SCHEMA ${this.schema}`);
    }
    await this.queryRunner.query(`
      CREATE TABLE ${this.schema}.${TABLE} (
        name text NOT NULL CONSTRAINT applied_migrations_pkey PRIMARY KEY,
        applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    for (const name of await adoptPublicTables(this.queryRunner, this.schema)) await this.add(name);
  }
}
