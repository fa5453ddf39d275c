import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import type { BenchDatabase } from './bench-database';

/**
 * Further users with two passkeys each, of which nobody has the key. The tables are made of the same numbers, so that
 * none waits for the other.
 */
const FURTHER_USERS = `
  INSERT INTO passkey.users (id, user_handle)
  SELECT md5('further-' || n)::uuid, sha256(n::text::bytea) FROM generate_series(1, $1::int) n`;

const FURTHER_IDENTIFIERS = `
  INSERT INTO passkey.user_identifiers (tenant, type, value, user_id)
  SELECT 'default', 'username', 'further-' || n, md5('further-' || n)::uuid FROM generate_series(1, $1::int) n`;

/**
 * @param userId SQL
 * @param userHandle SQL
 * @param people SQL of rows, of each of which `n` is unique
 * @param each SQL of the number of passkeys for each
 */
const credentials = (userId: string, userHandle: string, people: string, each: string) => `
  INSERT INTO passkey.credential_records (id, user_id, rp_id, credential_id, public_key, sign_count, transports, aaguid,
                                  user_handle, backup_eligible, backup_state, uv_initialized, attestation_format)
  SELECT gen_random_uuid(), ${userId}, 'localhost', sha256((n || '-' || k)::bytea),
         decode(repeat('a5', 77), 'hex'), 0, '{internal,hybrid}', gen_random_uuid(), ${userHandle}, true,
         true, true, 'none'
    FROM ${people}, generate_series(1, ${each}) k`;

const FURTHER_CREDENTIALS = credentials(
  `md5('further-' || n)::uuid`,
  'sha256(n::text::bytea)',
  'generate_series(1, $1::int) n',
  '2',
);

/** Further passkeys of people, of which nobody has the key. */
export async function addPasskeys(
  { client }: Pick<BenchDatabase, 'client'>,
  people: { id: string }[],
  each: number,
): Promise<void> {
  const users = '(SELECT id AS n, user_handle FROM passkey.users WHERE id = ANY ($1::uuid[])) AS people';
  await client.query(credentials('n', 'user_handle', users, '$2::int'), [people.map(({ id }) => id), each]);
}

/** Interactions under way, one for each fifty users. */
const FURTHER_INTERACTIONS = `
  INSERT INTO passkey.interactions (id, event, user_id, expires_at)
  SELECT sha256(('interaction-' || n)::bytea), 'SignIn', md5('further-' || n)::uuid, now() + interval '1 day'
    FROM generate_series(1, $1::int / 50) n`;

const FILLED = '{passkey.users,passkey.user_identifiers,passkey.credential_records}';

/** What guards the filled tables, and those of other tables that refer to them, which go first and come back last. */
const CONSTRAINTS = `
  SELECT conrelid::regclass AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint
   WHERE conrelid = ANY ('${FILLED}'::regclass[]) AND contype IN ('p', 'u', 'f')
      OR confrelid = ANY ('${FILLED}'::regclass[])
   ORDER BY contype <> 'f', contype`;

const INDEXES = `
  SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
   WHERE indrelid = ANY ('${FILLED}'::regclass[])
     AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`;

const SETTINGS = `SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'`;

interface Definition {
  table: string;
  name: string;
  definition: string;
}

/**
 * Fills the tables without their indexes and constraints, which are made again as the migrations made them.
 * @returns what it took
 */
export async function enlarge(
  { client, url }: Pick<BenchDatabase, 'client' | 'url'>,
  users: number,
): Promise<string> {
  const began = performance.now();
  const second = new Client({ connectionString: url });
  await second.connect();
  try {
    for (const one of [client, second]) await one.query(SETTINGS);
    const { rows: constraints } = await client.query<Definition>(CONSTRAINTS);
    const { rows: indexes } = await client.query<Definition>(INDEXES);
    for (const { table, name } of constraints)
      await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
    await Promise.all([client.query(FURTHER_USERS, [users]), second.query(FURTHER_CREDENTIALS, [users])]);
    await Promise.all([
      client.query(FURTHER_IDENTIFIERS, [users]),
      second.query(FURTHER_INTERACTIONS, [users]),
    ]);
    await Promise.all([
      client.query('VACUUM passkey.users, passkey.user_identifiers'),
      second.query('VACUUM passkey.credential_records'),
    ]);
    const filled = performance.now();
    for (const { definition } of indexes) await client.query(definition);
    for (const { table, name, definition } of constraints.toReversed()) {
      await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
    }
    await client.query('VACUUM ANALYZE');
    // Of what was written the load should not have to wait for. Only some roles may.
    await client.query('CHECKPOINT').catch(() => undefined);
    const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(0);
    return `${users} users filled in ${seconds(began, filled)} s, indexed in ${seconds(filled, performance.now())} s`;
  } finally {
    await second.end();
  }
}
