import type { Pool, QueryResultRow } from 'pg';

interface Statement {
  name: string;
  text: string;
  /** Takes arrays in place of values; its rows have the ordinal `n` of their call, from 1. */
  many: string;
}

interface Call {
  values: unknown[];
  resolve: (rows: QueryResultRow[]) => void;
  reject: (error: unknown) => void;
}

/** Calls of one statement, that wait, and how many statements for them are on their way. */
interface Queue {
  waiting: Call[];
  onTheirWay: number;
  departing: boolean;
}

const MOST = 64;
const LANES = 2;

/** Statements that the calls of a floor share, if it `shares` them. Nothing is done for one that fails or waits. */
export class SharedQueries {
  private readonly queues = new Map<string, Queue>();

  constructor(
    private readonly pool: Pool,
    private readonly shares: boolean,
  ) {}

  async ask<Row extends QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]> {
    const { name, text } = statement;
    if (!this.shares) return (await this.pool.query<Row>({ name, text }, values)).rows;
    const queue = this.queues.get(name) ?? { waiting: [], onTheirWay: 0, departing: false };
    this.queues.set(name, queue);
    return new Promise<QueryResultRow[]>((resolve, reject) => {
      queue.waiting.push({ values, resolve, reject });
      this.departSoon(statement, queue);
    }) as Promise<Row[]>;
  }

  private departSoon(statement: Statement, queue: Queue): void {
    if (queue.departing) return;
    queue.departing = true;
    setImmediate(() => {
      queue.departing = false;
      while (queue.waiting.length > 0 && queue.onTheirWay < LANES) void this.send(statement, queue);
    });
  }

  private async send(statement: Statement, queue: Queue): Promise<void> {
    const calls = queue.waiting.splice(0, MOST);
    queue.onTheirWay += 1;
    try {
      const { name, text, many } = statement;
      const [only] = calls;
      if (only && calls.length === 1) {
        only.resolve((await this.pool.query<QueryResultRow>({ name, text }, only.values)).rows);
      } else {
        const columns = calls[0]?.values.map((_, column) => calls.map(({ values }) => values[column]));
        const { rows } = await this.pool.query<QueryResultRow>({ name: `${name} many`, text: many }, columns);
        const answers = calls.map((): QueryResultRow[] => []);
        for (const { n, ...row } of rows) answers[(n as number) - 1]?.push(row);
        calls.forEach(({ resolve }, index) => {
          resolve(answers[index] ?? []);
        });
      }
    } catch (error) {
      for (const { reject } of calls) reject(error);
    } finally {
      queue.onTheirWay -= 1;
      if (queue.waiting.length > 0) this.departSoon(statement, queue);
    }
  }
}
