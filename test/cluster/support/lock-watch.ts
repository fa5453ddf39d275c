import { Client } from 'pg';
import type { PostgresCluster } from '../../faults/support/postgres-cluster';

/** Has PostgreSQL say how long each statement waited for a lock, from a millisecond on: a busy machine has no part in it. */
export const TELLS_WAITS = { log_lock_waits: 'on', deadlock_timeout: '1ms', lc_messages: 'C' };

/** What needs a table for reading, and for writing, and nothing of its rows; and the lock that it takes. */
const USES = {
  read: { lock: 'AccessShareLock', ask: (table: string) => `SELECT FROM ${table} WHERE false` },
  written: { lock: 'RowExclusiveLock', ask: (table: string) => `DELETE FROM ${table} WHERE false` },
};

/** The longest time, in milliseconds, for which somebody could not read, or write, each table; 0 where it is under one. */
export type LongestWaits = Record<string, Record<keyof typeof USES, number>>;

/** Reads and writes each table, again and again, while something else goes on. */
export async function watchLocks(
  cluster: PostgresCluster,
  database: string,
  tables: { table: string; oid: number }[],
  meanwhile: () => Promise<unknown>,
): Promise<LongestWaits> {
  const { length: before } = await cluster.log();
  let over = false;
  const use = async (statement: string) => {
    const client = new Client({ connectionString: cluster.url(database) });
    await client.connect();
    while (!over) {
      await client.query(statement);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await client.end();
  };
  const users = tables.flatMap(({ table }) => Object.values(USES).map(({ ask }) => use(ask(table))));
  try {
    await meanwhile();
  } finally {
    over = true;
    await Promise.all(users);
  }
  const log = (await cluster.log()).slice(before);
  const longest = (oid: number, { lock }: { lock: string }) => {
    const told = log.matchAll(new RegExp(`acquired ${lock} on relation ${oid} .* after ([\\d.]+) ms`, 'g'));
    return Math.max(0, ...[...told].map(([, ms]) => Number(ms)));
  };
  return Object.fromEntries(
    tables.map(({ table, oid }) => [
      table,
      { read: longest(oid, USES.read), written: longest(oid, USES.written) },
    ]),
  );
}
