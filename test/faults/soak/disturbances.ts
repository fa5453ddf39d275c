import type { PostgresCluster } from '../support/postgres-cluster';
import type { Span } from './calls';

/** What a server needs after a fault until it answers as before. */
const AFTER_MS = 2_000;

/** What befalls servers and their database, one after the other. */
export class Disturbances {
  readonly spans: Span[] = [];
  private readonly kinds: (() => Promise<unknown>)[];

  /** @param restart ends one of the servers by SIGTERM, and starts it again */
  constructor(cluster: PostgresCluster, database: string, restart: () => Promise<void>) {
    this.kinds = [
      () =>
        cluster.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'passkey-sign-in'`,
        ),
      restart,
      // Stalled: every statement of a ceremony waits meanwhile.
      () =>
        cluster.query(
          'BEGIN; LOCK TABLE passkey.verification_records IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(3); COMMIT',
          database,
        ),
    ];
  }

  /** @returns when its span ends */
  async next(): Promise<number> {
    const span = { began: performance.now(), ended: Infinity };
    const disturb = this.kinds[this.spans.length % this.kinds.length]!;
    this.spans.push(span);
    await disturb();
    return (span.ended = performance.now() + AFTER_MS);
  }
}
