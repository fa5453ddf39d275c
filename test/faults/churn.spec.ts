import { createDatabase } from './support/fault-database';
import { PostgresCluster } from './support/postgres-cluster';
import { ServerProcess } from './support/server-process';

/** CHURN_ROWS=10000000 for the figure of docs/reliability.md. */
const ROWS = Number(process.env['CHURN_ROWS'] ?? 200_000);
const BATCH = 20_000;

/** Records created in a second: far more than a server can make. */
const RATE = Number(process.env['CHURN_RATE'] ?? 20_000);

/** Most that the table may take, with its indexes: what comes between two sweeps and vacuums. */
const BOUND_MB: Record<string, number> = { verification_records: 1_500, oidc_payloads: 3_000 };

const HASH = `decode(md5(random()::text) || md5(random()::text), 'hex')`;

/** A batch of records that expire at once. */
const TABLES = {
  verification_records: `INSERT INTO passkey.verification_records
      (interaction_id, id, ceremony, challenge, rp_id, request, created_at, expires_at)
    SELECT ${HASH}, gen_random_uuid(), 'authentication', ${HASH}, 'localhost',
           '{"userVerification":"required"}', now() - interval '1 minute', now() FROM generate_series(1, ${BATCH})`,
  // Of the size of an authorization code.
  oidc_payloads: `INSERT INTO passkey.oidc_payloads (key, model, grant_key, client_id, payload, expires_at)
    SELECT ${HASH}, 'AuthorizationCode', ${HASH}, gen_random_uuid(), decode(repeat(md5(random()::text), 40), 'hex'), now()
      FROM generate_series(1, ${BATCH})`,
};

describe.each(Object.entries(TABLES))('%s, which are created and expire without end,', (table, insertion) => {
  it(`take a bounded size over ${ROWS} of them, and shrink to nothing after`, async () => {
    const cluster = await PostgresCluster.start({ autovacuum_naptime: '10s' });
    let server: ServerProcess | undefined;
    try {
      const database = await createDatabase(cluster);
      server = await ServerProcess.start({
        DATABASE_URL: database.url,
        SECRET: 'a-secret-of-the-server-0123456789',
      });
      const began = Date.now();
      let peak = 0;
      const size = async () => {
        const [row] = await cluster.query<{ mb: number }>(
          `SELECT (pg_total_relation_size('passkey.${table}') / 1048576)::int AS mb`,
          database.name,
        );
        peak = Math.max(peak, row!.mb);
      };
      for (let created = 0; created < ROWS; created += BATCH) {
        await cluster.query(insertion, database.name);
        await size();
        const ahead = (created + BATCH) / RATE - (Date.now() - began) / 1000;
        if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead * 1000));
      }
      const seconds = Math.round((Date.now() - began) / 1000);
      for (const deadline = Date.now() + 120_000; ;) {
        const [row] = await cluster.query<{ left: number }>(
          `SELECT count(*)::int AS left FROM passkey.${table}`,
          database.name,
        );
        if (row!.left === 0) break;
        if (Date.now() > deadline) throw new Error(`${row!.left} expired records are left after two minutes`);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
      console.log(`${ROWS} ${table} in ${seconds} s: at most ${peak} MB with the indexes`);
      expect(peak).toBeLessThan(BOUND_MB[table]!);
    } finally {
      await server?.stop();
      await cluster.drop();
    }
  }, 1_800_000);
});
