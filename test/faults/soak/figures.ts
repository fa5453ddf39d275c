import { readdirSync, readFileSync } from 'node:fs';
import type { PostgresCluster } from '../support/postgres-cluster';
import type { ServerProcess } from '../support/server-process';
import type { Sample } from './growth';

const TABLES = `SELECT c.relname AS name,
    (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %s', c.oid::regclass), false, true, '')))[1]::text::int AS rows
  FROM pg_class c WHERE c.relnamespace = 'passkey'::regnamespace AND c.relkind = 'r'`;

const OF_ALL = `SELECT
  (SELECT count(*) FROM pg_stat_activity WHERE application_name = 'passkey-sign-in')::int AS connections,
  (SELECT sum(pg_total_relation_size(oid)) / 1048576.0 FROM pg_class
    WHERE relnamespace = 'passkey'::regnamespace AND relkind = 'r')::float8 AS tables,
  (SELECT sum(size) / 1048576.0 FROM pg_ls_waldir())::float8 AS wal`;

/** Figures of a server and its database over time. */
export class Figures {
  readonly memory: Sample[] = [];
  readonly handles: Sample[] = [];
  readonly connections: Sample[] = [];
  /** In MB, with indexes. */
  readonly tables: Sample[] = [];
  readonly wal: Sample[] = [];
  /** In MB, since the begin. */
  readonly log: Sample[] = [];
  readonly lived: Sample[] = [];
  readonly rows: Record<string, Sample[]> = {};
  private logged = 0;

  constructor(
    private readonly server: ServerProcess,
    private readonly cluster: PostgresCluster,
    private readonly database: string,
  ) {}

  /** @param at seconds since the begin */
  async take(at: number, lived: number): Promise<void> {
    const { pid } = this.server.child;
    const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    this.memory.push([at, Number(resident) / 1024]);
    this.handles.push([at, readdirSync(`/proc/${pid}/fd`).length]);
    this.logged += this.server.output.length;
    this.server.output = '';
    this.log.push([at, this.logged / 1_048_576]);
    this.lived.push([at, lived]);
    const [all] = await this.cluster.query<Record<'connections' | 'tables' | 'wal', number>>(
      OF_ALL,
      this.database,
    );
    for (const name of ['connections', 'tables', 'wal'] as const) this[name].push([at, all![name]]);
    for (const { name, rows } of await this.cluster.query<{ name: string; rows: number }>(
      TABLES,
      this.database,
    )) {
      (this.rows[name] ??= []).push([at, rows]);
    }
  }
}
