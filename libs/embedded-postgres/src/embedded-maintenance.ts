import { Logger } from '@nestjs/common';

/** What is asked of a connection: of TypeORM's DataSource, say. */
export interface Session {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

/** Less than this much log since the last time is left for the next. */
const WORTHWHILE_BYTES = 4 * 1_048_576;

/**
 * What PostgreSQL's autovacuum and checkpointer do: the embedded one has no processes for them, and its tables
 * and its log would grow without end.
 */
export class EmbeddedMaintenance {
  private readonly logger = new Logger(EmbeddedMaintenance.name);
  private readonly timer: NodeJS.Timeout;
  private doneUntil = '0/0';
  private running: Promise<void> | null = null;

  /** @param interval in milliseconds */
  constructor(
    private readonly session: Session,
    interval: number,
  ) {
    this.timer = setInterval(() => {
      this.running ??= this.run().finally(() => {
        this.running = null;
      });
    }, interval).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      const [{ position, worthwhile }] = (await this.session.query(
        `SELECT p::text AS position, pg_wal_lsn_diff(p, $1) >= $2 AS worthwhile
           FROM pg_current_wal_insert_lsn() AS p`,
        [this.doneUntil, WORTHWHILE_BYTES],
      )) as [{ position: string; worthwhile: boolean }];
      if (!worthwhile) return;
      await this.session.query('VACUUM (ANALYZE)');
      await this.session.query('CHECKPOINT');
      this.doneUntil = position;
    } catch (error) {
      this.logger.warn(`The embedded database was not tidied up, and will be later: ${String(error)}`);
    }
  }
}
