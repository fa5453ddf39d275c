import { hash } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, QueryFailedError } from 'typeorm';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { leavesConnection } from './database-availability';
import { Gathering } from './gathering';
import type { SharedByMany } from './shared-statement';

/** A statement that PostgreSQL keeps, parsed and planned, for each connection. */
export interface PreparedStatement {
  name: string;
  text: string;
}

/** Named by its text, so that servers of two versions behind one pooler can't mean two things by one name. */
export const prepared = (text: string): PreparedStatement => ({
  name: hash('sha256', text, 'base64url'),
  text,
});

/** What a part of a statement takes: the number of its first parameter, or a name for each, such as a column's. */
export type Parameters = number | readonly string[];

/** How the `count` parameters are written in SQL. */
export const named = (parameters: Parameters, count: number): readonly string[] =>
  typeof parameters === 'number'
    ? Array.from({ length: count }, (_, index) => `$${parameters + index}`)
    : parameters;

/** What is used of the `pg` driver. */
interface Client {
  query(statement: { name?: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }>;
  /** The pool drops a client whose connection is broken, and one that is given up. */
  release(givenUp?: boolean): void;
}

/**
 * Runs after which a statement is planned anew: PostgreSQL keeps a plan until its next ANALYZE, and what was right for the
 * few rows of a new table reads all of them once they are many.
 */
const PLANNED_ANEW_AFTER = [20, 200, 2_000];

interface Pool {
  connect(): Promise<Client>;
  options?: { max?: number };
}

/** SQLSTATE duplicate_prepared_statement and invalid_sql_statement_name: nothing has been run. */
const NOT_PREPARED = new Set<unknown>(['42P05', '26000']);

/** SQLSTATE feature_not_supported, as of a kept plan whose result a migration has given another type: nothing has been run. */
const OUTDATED = '0A000';

/**
 * Runs the statements of a sign-in. PostgreSQL parses and plans a named statement once for each connection, which
 * costs it more than running one. They take the DataSource's own pool, without a query runner.
 */
@Injectable()
export class PreparedStatements {
  private readonly logger = new Logger(PreparedStatements.name);
  private preparing = true;
  private readonly runs = new Map<string, number>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(MODULE_OPTIONS) private readonly options: Pick<ResolvedOptions, 'gathering'>,
  ) {}

  /** Answers calls of a kind, those that wait at the same moment by one statement. */
  sharing<Row extends object>(shared: SharedByMany): (values: readonly unknown[]) => Promise<Row[]> {
    const calls = new Gathering<Row>(this, shared, this.options.gathering, this.pool.options?.max);
    return (values) => calls.query(values);
  }

  /**
   * Runs one statement, outside any transaction.
   * @throws QueryFailedError as DataSource.query does
   */
  async query<Row>(statement: PreparedStatement, values: unknown[]): Promise<Row[]> {
    const client = await this.pool.connect();
    let givenUp = false;
    try {
      const { rows } = await this.run(client, statement, values).catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== OUTDATED) throw error;
        // The connection would refuse it each time.
        givenUp = true;
        return client.query({ text: statement.text, values });
      });
      return rows as Row[];
    } catch (error) {
      // Of a value that it could not send the driver leaves half a statement, which the next of that name would end in.
      givenUp = !leavesConnection(error);
      throw new QueryFailedError(statement.text, values, error as Error);
    } finally {
      client.release(givenUp);
    }
  }

  /** The name under which connections have it planned by now. */
  private plannedName(name: string): string {
    const runs = (this.runs.get(name) ?? 0) + 1;
    this.runs.set(name, runs);
    return `${name}${PLANNED_ANEW_AFTER.filter((many) => runs > many).length}`;
  }

  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  private async run(
    client: Client,
    { name, text }: PreparedStatement,
    values: unknown[],
  ): Promise<{ rows: unknown[] }> {
    if (!this.preparing) return client.query({ text, values });
    try {
      return await client.query({ name: this.plannedName(name), text, values });
    } catch (error) {
      if (!NOT_PREPARED.has((error as { code?: unknown }).code)) throw error;
      this.preparing = false;
      this.logger.warn(
        'The pooler before the database mixes up prepared statements: none are used from now on.',
      );
      return client.query({ text, values });
    }
  }
}
