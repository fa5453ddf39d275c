import type { DataSource } from 'typeorm';
import type { Hits, Lock, LockPolicy, RateLimitStore, WindowCount } from '../ports/rate-limit-store.port';
import { bytesOfKey } from './limit-key';

/** Most locks that a server keeps in mind: the longest ones. */
const MOST_LOCKS = 10_000;

/** Shares the limits in the database that the servers have in common anyway. */
export class PostgresRateLimitStore implements RateLimitStore {
  /** @param tables what stands before the names of its tables: `TableNames.tables` */
  constructor(
    private readonly dataSource: DataSource,
    private readonly tables: string,
  ) {}

  /** One statement for all keys, always in the same order, so that two servers never wait for each other. */
  async add(hits: Hits[]): Promise<WindowCount[]> {
    const rows = await this.dataSource.query<(WindowCount & { key: Buffer })[]>(
      `INSERT INTO ${this.tables}rate_limits AS r (key, count, expires_at)
       SELECT key, count, now() + milliseconds * interval '1 millisecond'
         FROM unnest($1::bytea[], $2::int[], $3::int[]) AS hits (key, count, milliseconds)
        ORDER BY key
       ON CONFLICT (key) DO UPDATE
         SET count = excluded.count + CASE WHEN r.expires_at > now() THEN r.count ELSE 0 END,
             expires_at = CASE WHEN r.expires_at > now() THEN r.expires_at ELSE excluded.expires_at END
       RETURNING key, count, 1000 * extract(epoch FROM expires_at - now())::float8 AS "msLeft"`,
      [
        hits.map(({ key }) => bytesOfKey(key)),
        hits.map(({ count }) => count),
        hits.map(({ window }) => window),
      ],
    );
    const byKey = new Map(rows.map(({ key, ...count }) => [key.toString('base64url'), count]));
    return hits.map(({ key, count, window }) => byKey.get(key) ?? { count, msLeft: window });
  }

  async fail(
    key: string,
    { threshold, longest, memory }: LockPolicy,
  ): Promise<{ failures: number; msLocked: number }> {
    const lockAt = (count: string) =>
      `CASE WHEN ${count} >= $2 THEN now() + least($3, power(2, least(${count} - $2, 20))) * interval '1 second' END`;
    const next = `1 + CASE WHEN f.expires_at > now() THEN f.count ELSE 0 END`;
    const [row] = await this.dataSource.query<{ failures: number; msLocked: number }[]>(
      `INSERT INTO ${this.tables}failed_attempts AS f (key, count, locked_until, expires_at)
       VALUES ($1, 1, ${lockAt('1')}, now() + $4 * interval '1 second')
       ON CONFLICT (key) DO UPDATE
         SET count = ${next}, locked_until = ${lockAt(`(${next})`)}, expires_at = excluded.expires_at
       RETURNING count AS failures,
                 coalesce(1000 * extract(epoch FROM locked_until - now()), 0)::float8 AS "msLocked"`,
      [bytesOfKey(key), threshold, longest, memory],
    );
    return row ?? { failures: 1, msLocked: 0 };
  }

  async clear(keys: string[]): Promise<void> {
    await this.dataSource.query(`DELETE FROM ${this.tables}failed_attempts WHERE key = ANY($1::bytea[])`, [
      keys.map(bytesOfKey),
    ]);
  }

  async locks(): Promise<Lock[]> {
    const rows = await this.dataSource.query<{ key: Buffer; msLeft: number }[]>(
      `SELECT key, 1000 * extract(epoch FROM locked_until - now())::float8 AS "msLeft"
         FROM ${this.tables}failed_attempts WHERE locked_until > now() ORDER BY locked_until DESC LIMIT ${MOST_LOCKS}`,
    );
    return rows.map(({ key, msLeft }) => ({ key: key.toString('base64url'), msLeft }));
  }
}
