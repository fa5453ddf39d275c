import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/free-port';

export type PoolerKind = 'PgBouncer, transaction' | 'PgBouncer, session' | 'pgpool-II';

/** Sessions of the database that a pooler lends: fewer than the server has connections to it. */
const SESSIONS = 6;

const pgbouncer = (mode: string, upstream: number, port: number, folder: string) => ({
  'pgbouncer.ini': [
    '[databases]',
    `* = host=127.0.0.1 port=${upstream}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = trust',
    `auth_file = ${folder}/users`,
    `pool_mode = ${mode}`,
    `default_pool_size = ${mode === 'session' ? 60 : SESSIONS}`,
    'max_client_conn = 500',
  ],
  users: ['"postgres" ""'],
});

const pgpool = async (upstream: number, port: number, folder: string) => ({
  'pgpool.conf': [
    `backend_clustering_mode = 'raw'`,
    `backend_hostname0 = '127.0.0.1'`,
    `backend_port0 = ${upstream}`,
    `listen_addresses = '127.0.0.1'`,
    `port = ${port}`,
    `socket_dir = '${folder}'`,
    `pcp_socket_dir = '${folder}'`,
    `pcp_port = ${await freePort()}`,
    `pid_file_name = '${folder}/pid'`,
    `work_dir = '${folder}'`,
    `logdir = '${folder}'`,
    'num_init_children = 40',
    'max_pool = 2',
    'enable_pool_hba = off',
  ],
  'pool_hba.conf': ['host all all 127.0.0.1/32 trust'],
  'pcp.conf': [],
});

/** A pooler of Debian's before a PostgreSQL on this machine. */
export class Pooler {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async start(kind: PoolerKind, upstream: number): Promise<Pooler> {
    const folder = await mkdtemp(join(tmpdir(), 'passkey-pooler-'));
    const port = await freePort();
    const files =
      kind === 'pgpool-II'
        ? await pgpool(upstream, port, folder)
        : pgbouncer(kind.split(', ')[1]!, upstream, port, folder);
    for (const [name, lines] of Object.entries(files)) {
      await writeFile(join(folder, name), [...lines, ''].join('\n'));
    }
    await chmod(folder, 0o755);
    const command =
      kind === 'pgpool-II'
        ? [
            'pgpool',
            '-n',
            '-f',
            `${folder}/pgpool.conf`,
            '-F',
            `${folder}/pcp.conf`,
            '-a',
            `${folder}/pool_hba.conf`,
          ]
        : ['pgbouncer', `${folder}/pgbouncer.ini`];
    // Neither runs as root.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await chown(folder, Number(execFileSync('id', ['-u', 'postgres'])), -1);
    const [name = '', ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    const child = spawn(name, rest, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const pooler = new Pooler(child, folder, port);
    await pooler.untilItListens(() => said);
    return pooler;
  }

  url(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  async stop(): Promise<void> {
    const exit = once(this.child, 'exit');
    process.kill(-this.child.pid!, 'SIGKILL');
    await exit;
    await rm(this.folder, { recursive: true, force: true });
  }

  private async untilItListens(said: () => string): Promise<void> {
    for (const deadline = Date.now() + 20_000; Date.now() < deadline && this.child.exitCode === null;) {
      const socket = connect(this.port, '127.0.0.1');
      const listens = await Promise.race([
        once(socket, 'connect').then(() => true),
        once(socket, 'error').then(() => false),
      ]).catch(() => false);
      socket.destroy();
      if (listens) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the pooler did not start: ${said()}`);
  }
}
