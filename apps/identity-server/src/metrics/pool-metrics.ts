import { Gauge, Histogram, type Registry } from 'prom-client';
import type { DataSource } from 'typeorm';

/** What is used of the `pg` driver's pool. */
interface Pool {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
  connect(done?: (...answer: unknown[]) => void): unknown;
}

/** The connections of a server to its database, and how long statements wait for one. */
export function measurePool(dataSource: DataSource, registers: Registry[]): void {
  const { master: pool } = dataSource.driver as unknown as { master: Pool };
  new Gauge({
    name: 'passkey_database_connections',
    help: 'Connections to the database, by state: used, idle.',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'used' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'idle' }, pool.idleCount);
    },
  });
  new Gauge({
    name: 'passkey_database_waiting',
    help: 'Statements that wait for a connection.',
    registers,
    collect() {
      this.set(pool.waitingCount);
    },
  });
  const waits = new Histogram({
    name: 'passkey_database_wait_seconds',
    help: 'How long statements that found no connection idle have waited for one.',
    buckets: [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers,
  });
  const connect = pool.connect.bind(pool);
  pool.connect = (done) => {
    // Almost always: what takes no time is not measured.
    if (pool.idleCount > pool.waitingCount) return connect(done);
    const began = performance.now();
    const observe = () => {
      waits.observe((performance.now() - began) / 1000);
    };
    if (done) {
      return connect((...answer) => {
        observe();
        done(...answer);
      });
    }
    const connecting = connect() as Promise<unknown>;
    connecting.then(observe, observe);
    return connecting;
  };
}
