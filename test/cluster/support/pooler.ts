import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needPackages } from '../../support/debian-packages';
import { freePort } from '../../support/free-port';
import { Daemon, folderWith } from './daemon';
import { makeDebian13 } from './debian-13';

export type PoolerKind =
  'PgBouncer, transaction' | 'PgBouncer, session' | 'PgBouncer of Debian 13, transaction' | 'pgpool-II';

/** Sessions of the database that are lent for transactions: fewer than the server has connections. */
const SESSIONS = 6;

/** The command of a PgBouncer, and what to do once it has ended. */
interface Program {
  command: string[];
  drop: () => void;
}

/** Of the Debian that this machine has. */
const installed = (): Program => ({ command: ['pgbouncer'], drop: () => {} });

/** Of Debian 13, with that system's own libraries. */
function ofDebian13(): Program {
  const root = mkdtempSync(join(tmpdir(), 'passkey-debian-'));
  makeDebian13(root, 'pgbouncer');
  chmodSync(root, 0o755);
  const loader = join(root, 'lib64/ld-linux-x86-64.so.2');
  const libraries = join(root, 'usr/lib/x86_64-linux-gnu');
  return {
    command: [loader, '--library-path', libraries, join(root, 'usr/sbin/pgbouncer')],
    drop: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** From 1.21 on PgBouncer gives each session those that its clients have prepared, where it is told to. */
function knowsPreparedStatements([name = '', ...rest]: string[]): boolean {
  const said = execFileSync(name, [...rest, '--version'], { encoding: 'utf8' });
  const [major = 0, minor = 0] = said.match(/\d+/g)?.map(Number) ?? [];
  return major > 1 || minor >= 21;
}

async function pgbouncer(
  command: string[],
  mode: string,
  prepares: boolean,
  upstream: number,
  port: number,
): Promise<Daemon> {
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
      ...(prepares ? ['max_prepared_statements = 100'] : []),
    ],
    users: ['"postgres" ""'],
  });
  return Daemon.start([...command, 'pgbouncer.ini'], folder, port);
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
    private readonly drop: () => void,
    /** Whether it lends sessions for transactions and gives them others' prepared statements. */
    readonly mixesUpPreparedStatements: boolean,
  ) {}

  static async start(kind: PoolerKind, upstream: number): Promise<Pooler> {
    needPackages({ '/usr/sbin/pgbouncer': 'pgbouncer', '/usr/sbin/pgpool': 'pgpool2' });
    const port = await freePort();
    const [, mode] = kind.split(', ');
    if (!mode) return new Pooler(await pgpool(upstream, port), port, () => {}, false);
    const { command, drop } = kind.includes('Debian 13') ? ofDebian13() : installed();
    const prepares = knowsPreparedStatements(command);
    const daemon = await pgbouncer(command, mode, prepares, upstream, port);
    return new Pooler(daemon, port, drop, mode === 'transaction' && !prepares);
  }

  url(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  async stop(): Promise<void> {
    await this.daemon.stop();
    this.drop();
  }
}
