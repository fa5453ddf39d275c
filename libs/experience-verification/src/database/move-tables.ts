import type { DataSource, QueryRunner } from 'typeorm';
import { isLockTimeout } from './database-availability';
import { type TableNames, tableNamesOf } from './tables';

/** Rows that are under way at a time. */
const ROWS = 500;

/** What migrations fill: it becomes what the other database has. */
const FILLED_BY_MIGRATIONS = ['applied_migrations', 'applied_expansions', 'installations'];

/** Tables can't be moved as the two databases are; nothing was. The message is one line. */
export class MoveError extends Error {}

interface Column {
  /** Quoted. */
  name: string;
  type: string;
}

interface Table {
  name: string;
  /** That are written: none that PostgreSQL generates. */
  columns: Column[];
  /** Tables whose rows its own refer to. */
  refersTo: string[];
}

/**
 * Copies all rows of the module's tables, and of those of libraries beside it, into an empty database, in one transaction:
 * all of them or none. Which tables, columns and sequences there are, and in which order rows refer to each other, is read
 * from the catalogue. Both must be migrated, and nobody may use the first meanwhile; whoever asks the second waits.
 * @param tell how many rows are copied so far
 * @returns rows by table, compared on both sides
 * @throws MoveError when the second is in use or not empty, the tables are not alike, or counts differ
 */
export async function moveTables(
  from: DataSource,
  to: DataSource,
  tell: (rows: number) => void = () => undefined,
): Promise<Record<string, number>> {
  const [source, target] = [from.createQueryRunner(), to.createQueryRunner()];
  try {
    await source.startTransaction('REPEATABLE READ');
    await target.startTransaction();
    const moved = await new Move(source, target, tableNamesOf(from), tableNamesOf(to)).run(tell);
    await target.commitTransaction();
    return moved;
  } catch (error) {
    if (target.isTransactionActive) await target.rollbackTransaction().catch(() => undefined);
    throw isLockTimeout(error) ? new MoveError('the database to move to is in use') : error;
  } finally {
    if (source.isTransactionActive) await source.rollbackTransaction().catch(() => undefined);
    await source.release();
    await target.release();
  }
}

class Move {
  constructor(
    private readonly source: QueryRunner,
    private readonly target: QueryRunner,
    private readonly from: TableNames,
    private readonly to: TableNames,
  ) {}

  async run(tell: (rows: number) => void): Promise<Record<string, number>> {
    const tables = await tablesOf(this.source, this.from);
    requireAlike(tables, await tablesOf(this.target, this.to));
    await this.prepare(tables);
    let rows = 0;
    const moved: Record<string, number> = {};
    for (const table of inOrder(tables)) {
      for await (const copied of this.copy(table)) tell((rows += copied));
      const [there, here] = [
        await countIn(this.source, this.from.tables + table.name),
        await countIn(this.target, this.to.tables + table.name),
      ];
      if (there !== here) throw new MoveError(`${table.name}: ${there} rows have become ${here}`);
      moved[table.name] = here;
    }
    await this.setSequences();
    return moved;
  }

  /** Has others wait, and looks whether there is anything. */
  private async prepare(tables: Table[]): Promise<void> {
    const { target, to } = this;
    await target.query(
      `SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = 2000`,
    );
    await target.query(
      `LOCK TABLE ${tables.map(({ name }) => to.tables + name).join(', ')} IN ACCESS EXCLUSIVE MODE`,
    );
    const used: string[] = [];
    for (const { name } of tables) {
      if (FILLED_BY_MIGRATIONS.includes(name)) continue;
      const rows = await countIn(target, to.tables + name);
      if (rows > 0) used.push(`${name} (${rows})`);
    }
    if (used.length > 0) throw new MoveError(`the database to move to is not empty: ${used.join(', ')}`);
    for (const name of FILLED_BY_MIGRATIONS) await target.query(`DELETE FROM ${to.tables}${name}`);
  }

  /** Values go as PostgreSQL writes them: no type is read in between. */
  private async *copy({ name, columns }: Table): AsyncGenerator<number> {
    const list = (of: (column: Column, index: number) => string) => columns.map(of).join(', ');
    await this.source.query(
      `DECLARE moved NO SCROLL CURSOR FOR
       SELECT ${list((column, index) => `${column.name}::text AS "${index}"`)} FROM ${this.from.tables}${name}`,
    );
    const insert = `
      INSERT INTO ${this.to.tables}${name} (${list((column) => column.name)}) OVERRIDING SYSTEM VALUE
      SELECT ${list(({ type }, index) => `"${index}"::${type}`)}
        FROM unnest(${list((_, index) => `$${index + 1}::text[]`)}) AS rows (${list((_, index) => `"${index}"`)})`;
    for (;;) {
      const rows = (await this.source.query(`FETCH ${ROWS} FROM moved`)) as Record<number, string | null>[];
      if (rows.length === 0) break;
      await this.target.query(
        insert,
        columns.map((_, index) => rows.map((row) => row[index])),
      );
      yield rows.length;
    }
    await this.source.query('CLOSE moved');
  }

  private async setSequences(): Promise<void> {
    for (const name of await namesOf(this.source, this.from, 'S')) {
      const [{ value, called }] = (await this.source.query(
        `SELECT last_value::text AS value, is_called AS called FROM ${this.from.tables}${name}`,
      )) as [{ value: string; called: boolean }];
      await this.target.query(`SELECT setval($1::regclass, $2, $3)`, [
        `${this.to.tables}${name}`,
        value,
        called,
      ]);
    }
  }
}

/** Names of the module's relations of a kind, without its prefix. */
async function namesOf(
  queryRunner: QueryRunner,
  { schema, prefix }: TableNames,
  kind: 'r' | 'S',
): Promise<string[]> {
  const rows = (await queryRunner.query(
    `SELECT substr(c.relname, length($2) + 1) AS name
       FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE '"' || n.nspname || '"' = $1 AND starts_with(c.relname, $2) AND c.relkind = $3
      ORDER BY 1`,
    [schema, prefix, kind],
  )) as { name: string }[];
  return rows.map(({ name }) => name);
}

async function tablesOf(queryRunner: QueryRunner, names: TableNames): Promise<Table[]> {
  const tables: Table[] = [];
  for (const name of await namesOf(queryRunner, names, 'r')) {
    const columns = (await queryRunner.query(
      `SELECT quote_ident(attname) AS name, format_type(atttypid, atttypmod) AS type
         FROM pg_catalog.pg_attribute
        WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
        ORDER BY attname`,
      [names.tables + name],
    )) as Column[];
    const references = (await queryRunner.query(
      `SELECT DISTINCT substr(f.relname, length($2) + 1) AS name
         FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class f ON f.oid = k.confrelid
        WHERE k.conrelid = $1::regclass AND k.contype = 'f'`,
      [names.tables + name, names.prefix],
    )) as { name: string }[];
    tables.push({ name, columns, refersTo: references.map((one) => one.name) });
  }
  return tables;
}

/** Both are migrated, so that they differ only where a later release has been. */
function requireAlike(source: Table[], target: Table[]): void {
  const told = (tables: Table[]) =>
    tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name} ${column.type}`));
  const [here, there] = [told(source), told(target)];
  const others = [
    ...here.filter((column) => !there.includes(column)),
    ...there.filter((column) => !here.includes(column)),
  ];
  if (others.length > 0) throw new MoveError(`the two databases' tables differ in ${others.join(', ')}`);
}

/** Those first whose rows others refer to. */
function inOrder(tables: Table[]): Table[] {
  const ordered: Table[] = [];
  const left = new Map(tables.map((table) => [table.name, table]));
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ refersTo }) => !refersTo.some((name) => left.has(name)));
    if (ready.length === 0) throw new Error(`rows refer to each other in ${[...left.keys()].join(', ')}`);
    for (const table of ready) left.delete(table.name);
    ordered.push(...ready);
  }
  return ordered;
}

async function countIn(queryRunner: QueryRunner, table: string): Promise<number> {
  const [{ rows }] = (await queryRunner.query(`SELECT count(*)::float8 AS rows FROM ${table}`)) as [
    { rows: number },
  ];
  return rows;
}
