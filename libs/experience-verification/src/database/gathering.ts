import { isDatabaseUnavailable, isHeldUp, isUndone } from './database-availability';
import { DIAGNOSTICS } from '../diagnostics/diagnostics';
import { type GatheringOptions, MOST_GATHERED } from './gathering.options';
import type { PreparedStatement, PreparedStatements } from './prepared-statements';
import type { SharedByMany } from './shared-statement';

/**
 * Statements of a kind on their way at once: while PostgreSQL works on the one, the other is made or read. Where there is
 * one session they would only wait for it, and the more the fewer calls they have.
 */
const LANES = 2;

/** Milliseconds without a departure after which those that wait go anyway: one on its way may be held up by a row. */
const PATIENCE = 10;

/**
 * The same where what is on its way has the database's only session: nothing could go before it, and the sooner they left the fewer
 * would share a statement. But only of what has left the pool counts how long it waits.
 */
const PATIENCE_BEHIND_ALL = 1_000;

interface Call<Row> {
  values: readonly unknown[];
  resolve: (rows: Row[]) => void;
  reject: (error: unknown) => void;
}

type Runner = Pick<PreparedStatements, 'query'>;

/**
 * Calls of one kind, which share statements. A call that comes while none is on its way is run at once, by its own
 * statement; those that come meanwhile are gathered, and leave together once there is room for them. Whatever a
 * call would be told alone, it is told here: one that fails fails alone, and one that must wait for a row waits alone.
 */
export class Gathering<Row extends object> {
  private waiting: Call<Row>[] = [];
  private readonly onTheirWay = new Set<object>();
  private departing: NodeJS.Immediate | null = null;
  private patience: NodeJS.Timeout | null = null;
  private readonly most: number;
  private readonly least: number;
  private readonly lanes: number;

  /**
   * @param sessions that the database has for this server
   */
  constructor(
    private readonly statements: Runner,
    private readonly shared: SharedByMany,
    { most = MOST_GATHERED, least = 1 }: GatheringOptions = {},
    sessions = LANES,
  ) {
    this.most = most;
    this.least = Math.min(least, most);
    this.lanes = Math.min(LANES, sessions);
  }

  /** @throws QueryFailedError as PreparedStatements.query does */
  query(values: readonly unknown[]): Promise<Row[]> {
    if (this.most === 1) return this.statements.query<Row>(this.shared.one, [...values]);
    return new Promise((resolve, reject) => {
      const call = { values, resolve, reject };
      if (this.least === 1 && this.onTheirWay.size === 0 && this.waiting.length === 0) {
        this.send([call]);
      } else {
        this.waiting.push(call);
        if (DIAGNOSTICS.statementAwaited.hasSubscribers) DIAGNOSTICS.statementAwaited.publish(call);
        this.departSoon();
      }
    });
  }

  /** Once all that has arrived with this turn of the event loop is here. */
  private departSoon(): void {
    this.departing ??= setImmediate(() => {
      this.departing = null;
      while (this.waiting.length >= this.least && this.onTheirWay.size < this.lanes && this.sendNext());
      if (this.waiting.length === 0) return;
      const isBehindAll = this.lanes === 1 && this.onTheirWay.size > 0;
      this.patience ??= setTimeout(
        () => {
          this.departAnyway();
        },
        isBehindAll ? PATIENCE_BEHIND_ALL : PATIENCE,
      );
    });
  }

  private departAnyway(): void {
    this.patience = null;
    this.onTheirWay.clear();
    while (this.sendNext());
  }

  private sendNext(): boolean {
    if (this.waiting.length === 0) return false;
    this.send(this.waiting.splice(0, this.most));
    return true;
  }

  private send(calls: Call<Row>[]): void {
    const [first] = calls;
    const { sharedStatementSent } = DIAGNOSTICS;
    if (sharedStatementSent.hasSubscribers) sharedStatementSent.publish({ calls: calls.length });
    const alone = first !== undefined && calls.length === 1 && this.least === 1;
    const lane = {};
    this.onTheirWay.add(lane);
    this.forgetPatience();
    void (alone ? this.askAlone(first) : this.askTogether(calls)).then(() => {
      if (this.onTheirWay.delete(lane)) this.forgetPatience();
      if (this.waiting.length > 0) this.departSoon();
    });
  }

  private forgetPatience(): void {
    if (this.patience) clearTimeout(this.patience);
    this.patience = null;
  }

  private askAlone(call: Call<Row>): Promise<void> {
    const { values, resolve, reject } = call;
    return this.run<Row>(this.shared.one, [...values], [call]).then(resolve, reject);
  }

  private run<Answer>(
    statement: PreparedStatement,
    values: unknown[],
    calls: Call<Row>[],
  ): Promise<Answer[]> {
    const { statementShared } = DIAGNOSTICS;
    const query = () => this.statements.query<Answer>(statement, values);
    return statementShared.hasSubscribers ? statementShared.tracePromise(query, { calls }) : query();
  }

  /** Never rejects, and does not wait for those that are asked alone. */
  private async askTogether(calls: Call<Row>[]): Promise<void> {
    const { many } = this.shared;
    try {
      const rows = await this.run<Row & { n: number }>(many, this.columnsOf(calls), calls);
      const answers: Row[][] = calls.map(() => []);
      for (const { n, ...row } of rows) answers[n - 1]?.push(row as unknown as Row);
      calls.forEach((call, index) => {
        const answer = answers[index] ?? [];
        if (answer.length === 0 && many.leavesSome) void this.askAlone(call);
        else call.resolve(answer);
      });
    } catch (error) {
      // Where none of it was done, who is to blame is not known. Twice, what was done for its owner would be refused.
      const lost = !isUndone(error) || (isDatabaseUnavailable(error) && !isHeldUp(error));
      for (const call of calls) {
        if (lost) call.reject(error);
        else void this.askAlone(call);
      }
    }
  }

  /** `unnest` would flatten arrays in an array: those become PostgreSQL's text. */
  private columnsOf(calls: Call<Row>[]): unknown[][] {
    return Array.from({ length: this.shared.many.width }, (_, column) =>
      calls.map(({ values }) => {
        const value = values[column] ?? null;
        return Array.isArray(value) ? arrayLiteral(value as string[]) : value;
      }),
    );
  }
}

const arrayLiteral = (items: string[]): string =>
  `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
