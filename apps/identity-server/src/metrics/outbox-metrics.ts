import { Gauge, type Registry } from 'prom-client';
import type { DataSource } from 'typeorm';

/** Milliseconds after which the figures do without the database. */
const PATIENCE = 1_000;

/** What is to be sent, by table of the outbox: who is tried for the second time, or more often, has failed. */
const RETRIED = {
  message: ['waiting_messages', 'attempts > 1 AND expires_at > now()'],
  logout_notice: ['oidc_logout_notices', 'attempts > 1 AND live_session_id IS NULL'],
} as const;

interface Outbox {
  due: number;
  givenUp: number;
  oldest: number;
  /** By what it is. */
  retried: Record<string, number>;
}

/**
 * What nobody has taken yet. Asked of the database, so that servers with the same configuration tell the same; untold while it is away.
 * @param receivers of webhooks: what waits for others is sent by servers that are configured for them, or by none
 */
export function measureOutbox(dataSource: DataSource, receivers: string[], registers: Registry[]): void {
  let asked: Promise<Outbox | undefined> | undefined;
  /** Once for all figures. */
  const outboxNow = () =>
    (asked ??= ask(dataSource, receivers).finally(() => {
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
  new Gauge({
    name: 'passkey_retried_deliveries',
    help: 'What was not taken the first time and is tried again, by kind: message, logout_notice.',
    labelNames: ['kind'],
    registers,
    async collect() {
      const outbox = await outboxNow();
      this.reset();
      for (const [kind, count] of Object.entries(outbox?.retried ?? {})) this.set({ kind }, count);
    },
  });
}

async function ask(dataSource: DataSource, receivers: string[]): Promise<Outbox | undefined> {
  const asking = dataSource
    .query<Outbox[]>(questionFor(dataSource), [receivers])
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

function questionFor({ entityMetadatas }: DataSource): string {
  const schema =
    entityMetadatas.find(({ tableName }) => tableName === 'webhook_deliveries')?.schema ?? 'passkey';
  const retried = Object.entries(RETRIED)
    .filter(([, [table]]) => entityMetadatas.some(({ tableName }) => tableName === table))
    .map(
      ([kind, [table, condition]]) =>
        `'${kind}', (SELECT count(*) FROM "${schema}".${table} WHERE ${condition})`,
    );
  // By their ids events are in the order of time. With a join a million of them took longer than the patience lasts.
  return `SELECT count(*) FILTER (WHERE isfinite(next_attempt_at))::int AS due,
                 count(*) FILTER (WHERE NOT isfinite(next_attempt_at))::int AS "givenUp",
                 coalesce((SELECT extract(epoch FROM now() - created_at) FROM "${schema}".audit_events
                            WHERE id = (SELECT event_id FROM "${schema}".webhook_deliveries
                                         WHERE isfinite(next_attempt_at) AND url = ANY ($1) ORDER BY event_id LIMIT 1)), 0)::float8
                   AS oldest,
                 json_build_object(${retried.join(', ')}) AS retried
            FROM "${schema}".webhook_deliveries WHERE url = ANY ($1)`;
}
