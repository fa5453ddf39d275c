import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { MODULE_OPTIONS, type ResolvedOptions } from '../../experience-verification.options';
import { DIAGNOSTICS } from '../../diagnostics/diagnostics';
import { EXPIRING, ExpiredRows } from './expired-rows.repository';

/** How often a server asks whether it is its turn, in milliseconds. */
const ASK_MS = 10_000;

const AUDIT_EVENTS = 'audit_events';
const AUDIT_SECONDS = 3_600;

const DELIVERIES = 'webhook_deliveries';
const DELIVERIES_SECONDS = 3_600;

/**
 * Seconds that a webhook may wait for a server that is configured for its receiver: while a fleet is restarted one by one, those that
 * are not must leave it to those that are.
 */
const DELIVERY_WAITS = 7 * 86_400;

/**
 * Removes what has expired, in small statements, so that tables do not grow. Of all servers on a database one at
 * a time has the turn of a table.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Sweeper.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private stopped = false;
  private readonly tables: Record<string, number> = { ...EXPIRING };

  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly rows: ExpiredRows,
  ) {}

  /** Has a further table of the module's schema swept of rows whose `expires_at` has come. */
  add(table: string, seconds: number): void {
    this.tables[table] = seconds;
  }

  /** Tables that are swept of rows whose `expires_at` has come. */
  get swept(): string[] {
    return Object.keys(this.tables);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.run().finally(() => {
        this.running = null;
      });
    }, ASK_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Sweeps the tables whose turn it is; tells how many rows it has removed from each. */
  async sweep(): Promise<Partial<Record<string, number>>> {
    const seconds: Record<string, number> = { ...this.tables, [DELIVERIES]: DELIVERIES_SECONDS };
    if (this.options.auditRetention !== undefined) seconds[AUDIT_EVENTS] = AUDIT_SECONDS;
    const removed: Record<string, number> = {};
    for (const name of await this.rows.takeTurns(Object.keys(seconds), Object.values(seconds))) {
      if (name === AUDIT_EVENTS) await this.sweepEvents();
      else if (name === DELIVERIES) await this.sweepDeliveries();
      else removed[name] = await this.sweepTable(name);
    }
    return removed;
  }

  private async run(): Promise<void> {
    try {
      const removed = await this.sweep();
      if (Object.keys(removed).length > 0) this.logger.debug({ removed });
    } catch (error) {
      this.logger.warn({ problem: 'expired rows were not removed', cause: String(error) });
    }
  }

  private async sweepTable(table: string): Promise<number> {
    const began = performance.now();
    const rows = await this.deleteExpired(table);
    DIAGNOSTICS.tableSwept.publish({ table, rows, seconds: (performance.now() - began) / 1000 });
    return rows;
  }

  private async deleteExpired(table: string): Promise<number> {
    const pages = await this.rows.pagesOf(table);
    let removed = 0;
    for (let page = 0; page < pages && !this.stopped;) {
      const { deleted, next } = await this.rows.deleteFrom(table, page);
      removed += deleted;
      page = next;
    }
    return removed;
  }

  private async sweepEvents(): Promise<void> {
    const { auditRetention } = this.options;
    while (auditRetention !== undefined && !this.stopped) {
      const { more } = await this.rows.deleteEvents(auditRetention);
      if (!more) return;
    }
  }

  private async sweepDeliveries(): Promise<void> {
    const receivers = this.options.webhooks.map(({ url }) => url);
    let count = 0;
    for (let more = true; more && !this.stopped;) {
      const some = await this.rows.deleteDeliveries(receivers, DELIVERY_WAITS);
      count += some.deleted;
      more = some.more;
    }
    if (count > 0) {
      const problem = 'webhooks were removed for whose receivers no server is configured';
      this.logger.warn({ problem, removed: { [DELIVERIES]: count } });
    }
  }
}
