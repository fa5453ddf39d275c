import { execFile } from 'node:child_process';
import { chmod, chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '../../support/free-port';
import { newestPostgres } from '../../support/newest-postgres';

const run = promisify(execFile);

/** PostgreSQL refuses to run as root. */
const asPostgres = (command: string[]): [string, string[]] =>
  process.getuid?.() === 0
    ? ['runuser', ['-u', 'postgres', '--', ...command]]
    : [command[0]!, command.slice(1)];

/** A PostgreSQL of its own, which a test may stop, kill and slow down. */
export class PostgresCluster {
  private constructor(
    private readonly binaries: string,
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<PostgresCluster> {
    const { binaries } = newestPostgres();
    const folder = await mkdtemp(join(tmpdir(), 'passkey-cluster-'));
    if (process.getuid?.() === 0) {
      const { stdout } = await run('id', ['-u', 'postgres']);
      await chown(folder, Number(stdout), -1);
    }
    await chmod(folder, 0o700);
    const cluster = new PostgresCluster(binaries, folder, await freePort());
    await cluster.run('initdb', '-D', folder, '-U', 'postgres', '-A', 'trust', '--no-sync');
    cluster.settings = { max_connections: '60', ...settings };
    await cluster.start();
    return cluster;
  }

  private settings: Record<string, string> = {};

  url(database = 'postgres', user = 'postgres', password = ''): string {
    return `postgres://${user}${password && `:${password}`}@127.0.0.1:${this.port}/${database}`;
  }

  async start(): Promise<void> {
    const options = Object.entries(this.settings).map(([name, value]) => `-c ${name}=${value}`);
    const flags = `-p ${this.port} -h 127.0.0.1 -k ${this.folder} ${options.join(' ')}`;
    await this.run('pg_ctl', '-D', this.folder, '-w', '-l', join(this.folder, 'log'), '-o', flags, 'start');
  }

  /** `immediate` is as if it crashed: it recovers from its log at the next start. */
  async stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    await this.run('pg_ctl', '-D', this.folder, '-w', '-m', mode, 'stop');
  }

  async query<T = Record<string, unknown>>(
    sql: string,
    database = 'postgres',
    parameters: unknown[] = [],
  ): Promise<T[]> {
    const client = new Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      return (await client.query(sql, parameters)).rows as T[];
    } finally {
      await client.end();
    }
  }

  /** What it has told so far. */
  log(): Promise<string> {
    return readFile(join(this.folder, 'log'), 'utf8');
  }

  async drop(): Promise<void> {
    await this.stop('immediate').catch(() => undefined);
    await rm(this.folder, { recursive: true, force: true });
  }

  private async run(binary: string, ...parameters: string[]): Promise<void> {
    const [command, rest] = asPostgres([join(this.binaries, binary), ...parameters]);
    await run(command, rest, { cwd: tmpdir() });
  }
}
