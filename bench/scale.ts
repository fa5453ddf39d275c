import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchDatabase } from './bench-database';
import { Load } from './measurement';
import { makePeople } from './people';
import { figuresTable, ratiosTable } from './report';
import { runRounds } from './rounds';
import { product, start } from './server-process';

/**
 * The same server on a small database and on one with many users, in turn. The further rows are made in the
 * database: two passkeys for each user, of which nobody has the key.
 */
const { values: args } = parseArgs({
  options: {
    users: { type: 'string', default: '5000000' },
    rounds: { type: 'string', default: '5' },
  },
});

const FURTHER_USERS = `
  INSERT INTO users (id, user_handle, username)
  SELECT gen_random_uuid(), sha256(n::text::bytea), 'further-' || n FROM generate_series($1::int, $2::int) n`;

const FURTHER_CREDENTIALS = `
  INSERT INTO credential_records (id, user_id, rp_id, credential_id, public_key, sign_count, transports, aaguid,
                                  user_handle, backup_eligible, backup_state, uv_initialized, attestation_format)
  SELECT gen_random_uuid(), u.id, 'localhost', sha256((u.username || k)::bytea), decode(repeat('a5', 77), 'hex'), 0,
         '{internal,hybrid}', gen_random_uuid(), u.user_handle, true, true, true, 'none'
    FROM generate_series($1::int, $2::int) n JOIN users u ON u.username = 'further-' || n, generate_series(1, 2) k`;

const BATCH = 250_000;

async function enlarge(database: BenchDatabase, users: number): Promise<void> {
  for (let first = 1; first <= users; first += BATCH) {
    const range = [first, Math.min(users, first + BATCH - 1)];
    await database.client.query(FURTHER_USERS, range);
    await database.client.query(FURTHER_CREDENTIALS, range);
  }
  await database.client.query('VACUUM ANALYZE');
}

/** What a sign-in reads, as its statements do (authentication.repository.ts, verification-record.repository.ts). */
const READS: Record<string, [string, unknown[]]> = {
  'options: the user and the passkeys': [
    `SELECT c.credential_id, c.transports FROM users a
       LEFT JOIN credential_records c ON c.user_id = a.id AND c.rp_id = $2 WHERE a.username = $1`,
    ['person-1', 'localhost'],
  ],
  'verify: the record, the credential and its owner': [
    `SELECT r.challenge, c.public_key, u.suspended, i.user_id FROM verification_records r
       LEFT JOIN interactions i ON i.id = r.interaction_id AND i.expires_at > now()
       LEFT JOIN credential_records c ON c.rp_id = r.rp_id AND c.credential_id = $3
       LEFT JOIN users u ON u.id = c.user_id
      WHERE r.interaction_id = $1 AND r.id = $2 AND r.status = 'pending'`,
    [Buffer.alloc(32), randomUUID(), Buffer.alloc(32)],
  ],
};

async function plans(database: BenchDatabase): Promise<string[]> {
  const lines: string[] = [];
  for (const [name, [text, values]] of Object.entries(READS)) {
    const { rows } = await database.client.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (COSTS OFF) ${text}`,
      values,
    );
    lines.push(`${name}:`, '', '```', ...rows.map((row) => row['QUERY PLAN']), '```', '');
  }
  return lines;
}

async function heapOnly(database: BenchDatabase): Promise<string[]> {
  const { rows } = await database.client.query<{ relname: string; updates: string; hot: string }>(
    `SELECT relname, n_tup_upd AS updates, n_tup_hot_upd AS hot FROM pg_stat_user_tables
      WHERE n_tup_upd > 0 AND schemaname = 'public' ORDER BY relname`,
  );
  return rows.map(
    ({ relname, updates, hot }) => `- ${relname}: ${updates} updates, ${hot} of them heap-only`,
  );
}

async function scale(adminUrl: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'passkey-scale-'));
  const databases = [await BenchDatabase.create(adminUrl), await BenchDatabase.create(adminUrl)] as const;
  try {
    const people = makePeople(1000);
    await writeFile(join(folder, 'people.json'), JSON.stringify(people));
    const servers = [];
    for (const database of databases) {
      const first = await start(product({ DATABASE_URL: database.url }, folder));
      await first.stop();
      await database.fill(people);
    }
    const [small, large] = databases;
    await enlarge(large, Number(args.users));
    for (const [name, database] of [
      ['server', large],
      ['server at 1,000 users', small],
    ] as const) {
      servers.push({ ...(await start(product({ DATABASE_URL: database.url }, folder))), name });
    }
    const load = new Load(join(folder, 'people.json'), large);
    const series = await runRounds(servers, load, {
      rounds: Number(args.rounds),
      connections: [16],
      requests: 4000,
    });
    load.stop();
    for (const server of servers) await server.stop();
    const size = await large.client.query<{ size: string }>(
      'SELECT pg_size_pretty(pg_database_size(current_database())) AS size',
    );
    const text = [
      `# The server at ${args.users} users, ${Number(args.users) * 2} credentials (${size.rows[0]?.size}) beside 1,000`,
      '',
      ...ratiosTable(series, ['server at 1,000 users']),
      '',
      ...figuresTable(series),
      '',
      ...(await heapOnly(large)),
      '',
      ...(await plans(large)),
    ].join('\n');
    console.log(text);
    await writeFile('bench/scale-results.md', text);
  } finally {
    for (const database of databases) await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

scale(process.env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres').then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
