import { Client } from 'pg';
import { enlarge } from '../../bench/enlarge';
import { cpuClock } from '../../bench/process-figures';
import { signedIn } from '../support/signed-in';
import { TestServer } from '../support/test-server';
import { createDatabase } from './support/fault-database';
import { PostgresCluster } from './support/postgres-cluster';

/** STORAGE_USERS=100000 for the figures of docs/scale.md. */
const USERS = Number(process.env['STORAGE_USERS'] ?? 2_000);
const PEOPLE = 20;
/** So that the processor's time of 10 ms steps says something. */
const ROUNDS = 5;

/** Most that docs/scale.md reckons with, in bytes. */
const BOUND = { credential: 600, signIn: 7_000 };

/** Of the write-ahead log; `bytes` without `pages`, which are those of pages in whole, after a checkpoint. */
interface Wal {
  records: number;
  bytes: number;
  pages: number;
}

describe('what users and sign-ins take of the database', () => {
  it('is no more than the plan of docs/scale.md reckons with', async () => {
    const cluster = await PostgresCluster.start({ autovacuum: 'off', max_wal_size: '8GB' });
    const { name, url } = await createDatabase(cluster);
    const server = await TestServer.start({ DATABASE_URL: url });
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      const people = await Promise.all(Array.from({ length: PEOPLE }, () => signedIn(server)));
      await enlarge({ client, url }, USERS);
      const sizes = await cluster.query<Record<'name', string> & Record<'rows' | 'row' | 'index', number>>(
        `SELECT relname AS name, reltuples::int AS rows, round(pg_table_size(oid) / reltuples)::int AS row,
                round(pg_indexes_size(oid) / reltuples)::int AS index
           FROM pg_class WHERE relnamespace = 'passkey'::regnamespace AND relkind = 'r'
            AND relname IN ('users', 'user_identifiers', 'credential_records') ORDER BY relname`,
        name,
      );
      for (const size of sizes) {
        console.log(`${size.name}: ${size.rows} rows, ${size.row} bytes each, ${size.index} in indexes`);
      }
      const credential = sizes.find((size) => size.name === 'credential_records')!;
      expect(credential.row + credential.index).toBeLessThan(BOUND.credential);

      await client.query('CREATE EXTENSION pg_walinspect');
      const position = async () => {
        const { rows } = await client.query<{ lsn: string }>(`SELECT pg_current_wal_flush_lsn() AS lsn`);
        return rows[0]!.lsn;
      };
      const serverBackends = async () => {
        const { rows } = await client.query<{ pid: number }>(
          `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        );
        return rows.map(({ pid }) => pid);
      };
      const written = async (round: string, work: () => Promise<unknown>, times: number): Promise<Wal> => {
        const from = await position();
        const busy = cpuClock(await serverBackends());
        await work();
        const microseconds = (busy() * 1e6) / times;
        const { rows } = await client.query<Wal>(
          `SELECT sum(count)::float8 / $3 AS records, sum(record_size)::float8 / $3 AS bytes,
                  sum(fpi_size)::float8 / $3 AS pages FROM pg_get_wal_stats($1, $2)`,
          [from, await position(), times],
        );
        const { records, bytes, pages } = rows[0]!;
        console.log(
          `${round}: ${records} records of ${bytes} bytes, ${pages} of whole pages, ${microseconds} µs of the database`,
        );
        return rows[0]!;
      };
      const signIns = async () => {
        for (const { browser, identifier } of people) await browser.signIn(identifier);
      };
      await signIns();
      const several = async () => {
        for (let round = 0; round < ROUNDS; round++) await signIns();
      };
      const usual = await written('sign-in', several, ROUNDS * PEOPLE);
      await client.query('CHECKPOINT');
      await written('sign-in after a checkpoint', signIns, PEOPLE);
      expect(usual.bytes).toBeGreaterThan(0);
      expect(usual.bytes).toBeLessThan(BOUND.signIn);
      for (const table of ['audit_events', 'sessions', 'interactions', 'verification_records']) {
        const { rows } = await client.query<{ row: number; rows: number }>(
          `SELECT round(avg(pg_column_size(t.*)))::int AS row, count(*)::int AS rows FROM passkey.${table} t`,
        );
        console.log(`${table}: ${rows[0]!.rows} rows of ${rows[0]!.row} bytes`);
      }
    } finally {
      await client.end();
      await server.stop();
      await cluster.drop();
    }
  }, 900_000);
});
