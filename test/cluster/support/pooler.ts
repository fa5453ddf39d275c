import { execFileSync } from 'node:child_process';
import { needPackages } from '../../support/debian-packages';
import { freePort } from '../../support/free-port';
import { Daemon, folderWith } from './daemon';

export type PoolerKind = 'PgBouncer, transaction' | 'PgBouncer, session' | 'pgpool-II';

/** Sessions of the database that are lent for transactions: fewer than the server has connections. */
const SESSIONS = 6;

/** From 1.21 on PgBouncer gives each session those that its clients have prepared, where it is told to. */
export function knowsPreparedStatements(): boolean {
  const said = execFileSync('pgbouncer', ['--version'], { encoding: 'utf8' });
  const [major = 0, minor = 0] = said.match(/\d+/g)?.map(Number) ?? [];
  return major > 1 || minor >= 21;
}

async function pgbouncer(mode: string, upstream: number, port: number): Promise<Daemon> {
  const folder = await folderWith({
    'pgbouncer.ini': [
      '[databases]',
      `* = host=127.0.0.1 port=${upstream}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = trust',
      'auth_file = users',
      `pool_mode = ${mode}`,
      `default_pool_size = ${mode === 'session' ? 60 : SESSIONS}`,
      'max_client_conn = 500',
      ...(knowsPreparedStatements() ? ['max_prepared_statements = 100'] : []),
    ],
    users: ['"postgres" ""'],
  });
  return Daemon.start(['pgbouncer', 'pgbouncer.ini'], folder, port);
}

async function pgpool(upstream: number, port: number): Promise<Daemon> {
  const folder = await folderWith({
    'pgpool.conf': [
      `backend_clustering_mode = 'raw'`,
      `backend_hostname0 = '127.0.0.1'`,
      `backend_port0 = ${upstream}`,
      `listen_addresses = '127.0.0.1'`,
      `port = ${port}`,
      `pcp_port = ${await freePort()}`,
      ...['socket_dir', 'pcp_socket_dir', 'work_dir', 'logdir'].map((name) => `${name} = '.'`),
      `pid_file_name = './pid'`,
      'enable_pool_hba = off',
    ],
    'pcp.conf': [],
  });
  return Daemon.start(['pgpool', '-n', '-f', 'pgpool.conf', '-F', 'pcp.conf'], folder, port);
}

/** A pooler of Debian's before a PostgreSQL on this machine. */
export class Pooler {
  private constructor(
    private readonly daemon: Daemon,
    private readonly port: number,
  ) {}

  static async start(kind: PoolerKind, upstream: number): Promise<Pooler> {
    needPackages({ '/usr/sbin/pgbouncer': 'pgbouncer', '/usr/sbin/pgpool': 'pgpool2' });
    const port = await freePort();
    const [, mode] = kind.split(', ');
    return new Pooler(await (mode ? pgbouncer(mode, upstream, port) : pgpool(upstream, port)), port);
  }

  url(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  stop(): Promise<void> {
    return this.daemon.stop();
  }
}
