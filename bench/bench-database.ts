import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { fillProduct, hex } from './fill';
import type { Person } from './people';

const FLOOR_TABLES = `
  CREATE SCHEMA floor;
  CREATE TABLE floor.people (id uuid PRIMARY KEY, username text NOT NULL UNIQUE);
  CREATE TABLE floor.credentials (
    id uuid PRIMARY KEY, user_id uuid NOT NULL, credential_id text NOT NULL UNIQUE, public_key bytea NOT NULL,
    counter bigint NOT NULL, backed_up boolean NOT NULL, transports text[] NOT NULL, last_used_at timestamptz
  ) WITH (fillfactor = 80);
  CREATE INDEX ON floor.credentials (user_id);
  CREATE TABLE floor.records (
    id uuid PRIMARY KEY, browser bytea NOT NULL, challenge text NOT NULL, user_id uuid NOT NULL,
    status smallint NOT NULL DEFAULT 0, expires_at timestamptz NOT NULL,
    username text, credential_id text, public_key bytea, transports text[]
  ) WITH (fillfactor = 80);
  CREATE INDEX ON floor.records (browser) WHERE status = 3;
  CREATE TABLE floor.sessions (cookie bytea PRIMARY KEY, user_id uuid NOT NULL, expires_at timestamptz NOT NULL);`;

/** A database of the bench's own on the server of DATABASE_URL. */
export class BenchDatabase {
  private constructor(
    readonly url: string,
    private readonly name: string,
    private readonly adminUrl: string,
    readonly client: Client,
  ) {}

  static async create(adminUrl: string): Promise<BenchDatabase> {
    const name = `passkey_bench_${randomBytes(6).toString('hex')}`;
    await administer(adminUrl, `CREATE DATABASE ${name}`);
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    const client = new Client({ connectionString: url.href, application_name: 'passkey-bench' });
    await client.connect();
    return new BenchDatabase(url.href, name, adminUrl, client);
  }

  /** The same people for the product and for the floor. The product's migrations have run. */
  async fill(people: Person[]): Promise<void> {
    await this.client.query(FLOOR_TABLES);
    await fillProduct((text, values) => this.client.query(text, values), people);
    const rows = JSON.stringify(people.map(({ coseKey, ...person }) => ({ ...person, key: hex(coseKey) })));
    const given = `json_to_recordset($1) AS p(id uuid, username text, "recordId" uuid, "credentialId" text, key bytea)`;
    await this.client.query(`INSERT INTO floor.people SELECT id, username FROM ${given}`, [rows]);
    await this.client.query(
      `INSERT INTO floor.credentials
       SELECT "recordId", id, "credentialId", key, 0, true, '{internal,hybrid}' FROM ${given}`,
      [rows],
    );
    await this.client.query('VACUUM ANALYZE');
  }

  /** Processes of the database server that work for us now; none where it is on another machine. */
  async processes(): Promise<number[]> {
    const { rows } = await this.client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    );
    return rows.map(({ pid }) => pid);
  }

  async drop(): Promise<void> {
    await this.client.end();
    await administer(this.adminUrl, `DROP DATABASE ${this.name} WITH (FORCE)`);
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
