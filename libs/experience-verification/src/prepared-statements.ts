import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, QueryFailedError } from 'typeorm';

/** What is used of the `pg` driver. */
interface Client {
  query(statement: { name?: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }>;
  /** The pool drops a client whose connection is broken. */
  release(): void;
}

/** SQLSTATE duplicate_prepared_statement and invalid_sql_statement_name: nothing has been run. */
const NOT_PREPARED = new Set<unknown>(['42P05', '26000']);

/**
 * The statements of a sign-in. PostgreSQL parses and plans a named statement once for each connection, which
 * costs it more than running one. They take the DataSource's own pool, without a query runner.
 */
@Injectable()
export class PreparedStatements {
  private readonly logger = new Logger(PreparedStatements.name);
  private readonly nameByText = new Map<string, string>();
  private preparing = true;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs one statement, outside any transaction.
   * @param text one of a few constants: each is kept
   * @throws QueryFailedError as DataSource.query does
   */
  async query<Row>(text: string, values: unknown[]): Promise<Row[]> {
    const pool = (this.dataSource.driver as unknown as { master: { connect(): Promise<Client> } }).master;
    const client = await pool.connect();
    try {
      const { rows } = await this.run(client, text, values);
      return rows as Row[];
    } catch (error) {
      throw new QueryFailedError(text, values, error as Error);
    } finally {
      client.release();
    }
  }

  private async run(client: Client, text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
    if (!this.preparing) return client.query({ text, values });
    try {
      return await client.query({ name: this.nameOf(text), text, values });
    } catch (error) {
      if (!NOT_PREPARED.has((error as { code?: unknown }).code)) throw error;
      this.preparing = false;
      this.logger.warn(
        'The pooler before the database mixes up prepared statements: none are used from now on.',
      );
      return client.query({ text, values });
    }
  }

  /** By its text, so that servers of two versions behind one pooler can't mean two things by one name. */
  private nameOf(text: string): string {
    let name = this.nameByText.get(text);
    if (name === undefined) {
      name = createHash('sha256').update(text).digest('base64url');
      this.nameByText.set(text, name);
    }
    return name;
  }
}
