import type { QueryRunner } from 'typeorm';
import { exists } from './catalog';
import { adoptPublicTables } from './public-tables';
import { takeMigrationLock } from './migration-lock';
import type { TableNames } from './tables';

export interface AppliedNames {
  /** Of changes that a server must know to run on the tables. */
  required: string[];
  all: string[];
}

/** What a server must know to run on the tables. */
const REQUIRED = 'applied_migrations';

/** What it need not know: servers of earlier releases run on these too, and do not look here. */
const EXPANSIONS = 'applied_expansions';

/** Which changes the module's tables have had: tables beside them, apart from the host's own `migrations`. */
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
    if (!(await applied.exists(REQUIRED))) await applied.begin();
    if (!(await applied.exists(EXPANSIONS))) await applied.create(EXPANSIONS);
    return applied;
  }

  /** Their names, without a lock; none when there is no table of them yet. */
  static async examine(queryRunner: QueryRunner, tableNames: TableNames): Promise<AppliedNames> {
    const applied = new AppliedMigrations(queryRunner, tableNames);
    const required = await applied.namesIn(REQUIRED);
    return { required, all: [...new Set([...required, ...(await applied.namesIn(EXPANSIONS))])] };
  }

  async has(name: string): Promise<boolean> {
    const rows = (await this.queryRunner.query(
      `SELECT FROM ${this.tableNames.tables}${REQUIRED} WHERE name = $1
       UNION ALL SELECT FROM ${this.tableNames.tables}${EXPANSIONS} WHERE name = $1`,
      [name],
    )) as unknown[];
    return rows.length > 0;
  }

  /** @param requires which change a server must know from now on: this one, one before it, or none more than before */
  async add(name: string, requires: string | null = name): Promise<void> {
    if (requires !== null) await this.insert(REQUIRED, requires);
    if (requires !== name) await this.insert(EXPANSIONS, name);
  }

  async remove(name: string): Promise<void> {
    for (const table of [REQUIRED, EXPANSIONS]) {
      await this.queryRunner.query(`DELETE FROM ${this.tableNames.tables}${table} WHERE name = $1`, [name]);
    }
  }

  private async insert(table: string, name: string): Promise<void> {
    await this.queryRunner.query(
      `INSERT INTO ${this.tableNames.tables}${table} (name) VALUES ($1) ON CONFLICT DO NOTHING`,
      [name],
    );
  }

  private async namesIn(table: string): Promise<string[]> {
    if (!(await this.exists(table))) return [];
    const rows = (await this.queryRunner.query(`SELECT name FROM ${this.tableNames.tables}${table}`)) as {
      name: string;
    }[];
    return rows.map(({ name }) => name);
  }

  private exists(table: string): Promise<boolean> {
    const { schema, prefix } = this.tableNames;
    return exists(this.queryRunner, schema, `${prefix}${table}`);
  }

  private async begin(): Promise<void> {
    const { schema } = this.tableNames;
    // Asked first: IF NOT EXISTS needs the right to create also where nothing is created.
    if (!(await exists(this.queryRunner, schema))) {
      await this.queryRunner.query(`CREATE SCHEMA ${schema}`);
    }
    await this.create(REQUIRED);
    for (const name of await adoptPublicTables(this.queryRunner, this.tableNames)) await this.add(name);
  }

  private async create(table: string): Promise<void> {
    const { prefix, tables } = this.tableNames;
    await this.queryRunner.query(`
      CREATE TABLE ${tables}${table} (
        name text NOT NULL CONSTRAINT ${prefix}${table}_pkey PRIMARY KEY,
        applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
  }
}
