import { Gauge, type Registry } from 'prom-client';
import type { DataSource } from 'typeorm';

/** Milliseconds after which the figures do without the database. */
const PATIENCE = 1_000;

interface Outbox {
  due: number;
  givenUp: number;
  oldest: number;
}

/** What webhooks have not taken yet. Asked of the database, so that each server tells the same; untold while it is away. */
export function measureWebhooks(dataSource: DataSource, registers: Registry[]): void {
  let asked: Promise<Outbox | undefined> | undefined;
  /** Once for both figures. */
  const outboxNow = () =>
    (asked ??= ask(dataSource).finally(() => {
      asked = undefined;
    }));
  new Gauge({
    name: 'passkey_webhook_lag_seconds',
    help: 'Age of the oldest event that a webhook has still to take.',
    registers,
    async collect() {
      this.set((await outboxNow())?.oldest ?? Number.NaN);
    },
  });
  new Gauge({
    name: 'passkey_webhook_deliveries',
    help: 'Deliveries in the outbox, by state: due, given_up.',
    labelNames: ['state'],
    registers,
    async collect() {
      const outbox = await outboxNow();
      this.reset();
      if (!outbox) return;
      this.set({ state: 'due' }, outbox.due);
      this.set({ state: 'given_up' }, outbox.givenUp);
    },
  });
}

async function ask(dataSource: DataSource): Promise<Outbox | undefined> {
  const schema = dataSource.entityMetadatas.find(
    ({ tableName }) => tableName === 'webhook_deliveries',
  )?.schema;
  const asking = dataSource
    .query<Outbox[]>(
      `SELECT count(*) FILTER (WHERE isfinite(d.next_attempt_at))::int AS due,
              count(*) FILTER (WHERE NOT isfinite(d.next_attempt_at))::int AS "givenUp",
              coalesce(extract(epoch FROM now() - min(e.created_at) FILTER (WHERE isfinite(d.next_attempt_at))), 0)::float8
                AS oldest
         FROM "${schema ?? 'passkey'}".webhook_deliveries d JOIN "${schema ?? 'passkey'}".audit_events e ON e.id = d.event_id`,
    )
    .then(([row]) => row)
    .catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, undefined);
  });
  return Promise.race([asking, patience]).finally(() => {
    clearTimeout(timer);
  });
}
