import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { needPackages } from '../../support/debian-packages';
import { freePort } from '../../support/free-port';
import { newestPostgres } from '../../support/newest-postgres';
import { until } from '../../support/until';
import { Daemon, folderWith } from './daemon';

/** Seconds that any state is waited for. */
const PATIENCE = 90;

/** One PostgreSQL, looked after by Patroni. */
export class Node {
  private constructor(
    readonly name: string,
    readonly port: number,
    readonly rest: number,
    private readonly folder: string,
    private daemon: Daemon,
  ) {}

  static async start(name: string, etcd: number, binaries: string): Promise<Node> {
    const [port, rest] = [await freePort(), await freePort()];
    const folder = await folderWith({
      'patroni.yml': [
        'scope: passkey',
        `name: ${name}`,
        `restapi: { listen: '127.0.0.1:${rest}', connect_address: '127.0.0.1:${rest}' }`,
        // By etcd's later API Patroni 3.0.2, once it is awake, takes the lead back from whoever has it.
        `etcd: { host: '127.0.0.1:${etcd}' }`,
        'bootstrap:',
        '  dcs:',
        '    { ttl: 12, loop_wait: 1, retry_timeout: 5, master_start_timeout: 0, synchronous_mode: true }',
        '  initdb: [{ encoding: UTF8 }, { locale: C.UTF-8 }, no-sync]',
        'postgresql:',
        `  listen: 127.0.0.1:${port}`,
        `  connect_address: 127.0.0.1:${port}`,
        '  data_dir: data',
        `  bin_dir: ${binaries}`,
        '  pgpass: pgpass',
        '  use_pg_rewind: true',
        // Else a copy waits for a checkpoint that takes its time: minutes.
        '  basebackup: { checkpoint: fast }',
        '  remove_data_directory_on_rewind_failure: true',
        '  remove_data_directory_on_diverged_timelines: true',
        '  authentication:',
        '    { superuser: { username: postgres }, replication: { username: postgres }, rewind: { username: postgres } }',
        `  parameters: { unix_socket_directories: '.', max_connections: 100, wal_log_hints: 'on', wal_keep_size: 256MB }`,
        '  pg_hba: [local all all trust, host all all 127.0.0.1/32 trust, host replication all 127.0.0.1/32 trust]',
      ],
    });
    return new Node(name, port, rest, folder, await Node.patroni(folder, rest));
  }

  private static patroni(folder: string, rest: number): Promise<Daemon> {
    return Daemon.start(['patroni', 'patroni.yml'], folder, rest);
  }

  /** Patroni first: it would start PostgreSQL again. */
  private signal(signal: NodeJS.Signals): void {
    this.daemon.signal(signal);
    this.signalDatabase(signal);
  }

  private signalDatabase(signal: NodeJS.Signals): void {
    const [line] = readFileSync(join(this.folder, 'data/postmaster.pid'), 'utf8').split('\n');
    const postmaster = Number(line);
    // Stopped first, it makes no process that would be missed.
    process.kill(postmaster, 'SIGSTOP');
    const processes = execFileSync('pgrep', ['--parent', String(postmaster)], { encoding: 'utf8' });
    for (const pid of [...processes.trim().split('\n').map(Number), postmaster]) process.kill(pid, signal);
  }

  /** As when the power goes. */
  kill(): void {
    this.signal('SIGKILL');
  }

  async startAgain(): Promise<void> {
    this.daemon = await Node.patroni(this.folder, this.rest);
  }

  /** As when the network goes: nothing comes from it, and nobody is told. */
  cutOff(): void {
    this.signal('SIGSTOP');
  }

  connectAgain(): void {
    this.signal('SIGCONT');
  }

  /** Without Patroni, which would tell it that another has taken over. */
  connectDatabaseAgain(): void {
    this.signalDatabase('SIGCONT');
  }

  /** From now on its standby gets nothing of what it commits. */
  async stopSending(): Promise<void> {
    const senders = await this.query<{ pid: number }>('SELECT pid FROM pg_stat_replication');
    for (const { pid } of senders) process.kill(pid, 'SIGSTOP');
  }

  /** What it says of the cluster, and what Patroni has said last. */
  async state(): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${this.rest}/cluster`).catch(String);
    const cluster = typeof answer === 'string' ? answer : await answer.text();
    return `${this.name}: ${cluster}\n${this.daemon.said.slice(-3_000)}`;
  }

  async stop(): Promise<void> {
    try {
      this.signal('SIGKILL');
    } catch {
      // It is down.
    }
    await this.daemon.stop();
  }

  url(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  async query<T = Record<string, unknown>>(sql: string, database = 'postgres'): Promise<T[]> {
    const client = new Client({
      connectionString: this.url(database),
      connectionTimeoutMillis: 1_000,
      query_timeout: 2_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query(sql)).rows as T[];
    } finally {
      client.end().catch(() => undefined);
    }
  }

  /** Whether it takes writes now. */
  async takesWrites(): Promise<boolean> {
    const rows = await this.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby').catch(
      () => [],
    );
    return rows[0]?.standby === false;
  }

  /** Whether Patroni says that it is the one that replicates synchronously. */
  async isSynchronousStandby(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.rest}/synchronous`).catch(() => null);
    return answer?.status === 200;
  }
}

/** Two PostgreSQL nodes under Patroni with synchronous replication, etcd, and HAProxy, which leads to the primary. */
export class HighlyAvailablePostgres {
  private constructor(
    private readonly etcd: Daemon,
    private readonly haproxy: Daemon,
    readonly nodes: readonly [Node, Node],
    private readonly port: number,
    private readonly etcdUrl: string,
  ) {}

  static async start(): Promise<HighlyAvailablePostgres> {
    const { binaries } = newestPostgres();
    needPackages({
      '/usr/bin/etcd': 'etcd-server',
      '/usr/bin/patroni': 'patroni',
      '/usr/sbin/haproxy': 'haproxy',
    });
    const [client, peer, port] = [await freePort(), await freePort(), await freePort()];
    const url = `http://127.0.0.1:${client}`;
    const peers = `http://127.0.0.1:${peer}`;
    const etcd = await Daemon.start(
      [
        ...['etcd', '--data-dir', 'etcd', '--unsafe-no-fsync', '--enable-v2'],
        ...['--listen-client-urls', url, '--advertise-client-urls', url],
        ...[
          '--listen-peer-urls',
          peers,
          '--initial-advertise-peer-urls',
          peers,
          '--initial-cluster',
          `default=${peers}`,
        ],
      ],
      await folderWith(),
      client,
    );
    const nodes = [
      await Node.start('one', client, binaries),
      await Node.start('two', client, binaries),
    ] as const;
    const folder = await folderWith({
      'haproxy.cfg': [
        'defaults',
        '  mode tcp',
        '  timeout connect 1s',
        // Else it waits a second before it asks a node again that refused, which another may have replaced.
        '  retries 0',
        '  timeout client 1h',
        '  timeout server 1h',
        'listen primary',
        `  bind 127.0.0.1:${port}`,
        '  option httpchk GET /primary',
        '  http-check expect status 200',
        '  timeout check 500ms',
        '  default-server inter 200ms fastinter 100ms fall 2 rise 1 on-marked-down shutdown-sessions',
        ...nodes.map(({ name, port: own, rest }) => `  server ${name} 127.0.0.1:${own} check port ${rest}`),
      ],
    });
    const haproxy = await Daemon.start(['haproxy', '-f', 'haproxy.cfg'], folder, port);
    const all = new HighlyAvailablePostgres(etcd, haproxy, nodes, port, url);
    await all.untilWhole();
    return all;
  }

  /** Through HAProxy. */
  url(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  /** Without it: the server finds the primary itself. */
  urlOfHosts(database: string): string {
    const hosts = this.nodes.map(({ port }) => `127.0.0.1:${port}`).join();
    return `postgres://postgres@${hosts}/${database}?target_session_attrs=read-write`;
  }

  async primary(): Promise<Node> {
    for (const node of this.nodes) if (await node.takesWrites()) return node;
    throw new Error('no node takes writes');
  }

  async standby(): Promise<Node> {
    const primary = await this.primary();
    return this.nodes.find((node) => node !== primary)!;
  }

  /** Resolves once there are a primary and a standby that has all of it. */
  async untilWhole(): Promise<void> {
    const isWhole = async () => {
      const [one, two] = this.nodes;
      const writing = [await one.takesWrites(), await two.takesWrites()];
      if (writing[0] === writing[1]) return false;
      const [primary, standby] = writing[0] ? [one, two] : [two, one];
      if (await standby.isSynchronousStandby()) return true;
      await this.forgetFormerPrimary(primary);
      return false;
    };
    await until(isWhole, 'no primary and synchronous standby', PATIENCE).catch(async (error: unknown) => {
      const states = await Promise.all(this.nodes.map((node) => node.state()));
      throw new Error(states.join('\n'), { cause: error });
    });
  }

  /** Patroni 3.0.2 names no synchronous standby while its key is one that a former primary has written. */
  private async forgetFormerPrimary({ name }: Node): Promise<void> {
    const { node } = await this.askEtcd('GET', 'sync');
    if (!node) return;
    const { leader } = JSON.parse(node.value) as { leader?: string };
    if (leader !== name) await this.askEtcd('DELETE', 'sync');
  }

  private async askEtcd(method: 'GET' | 'DELETE', key: string): Promise<{ node?: { value: string } }> {
    const answer = await fetch(`${this.etcdUrl}/v2/keys/service/passkey/${key}`, { method });
    return (await answer.json()) as { node?: { value: string } };
  }

  /** As when the time is over in which the primary has to say that it is there. */
  async giveUpPrimary(): Promise<void> {
    await this.askEtcd('DELETE', 'leader');
  }

  /** Has the primary wait for the standby before a commit is acknowledged, or not. */
  async replicateSynchronously(isWanted: boolean): Promise<void> {
    const primary = await this.primary();
    const body = JSON.stringify({ synchronous_mode: isWanted });
    const { status } = await fetch(`http://127.0.0.1:${primary.rest}/config`, { method: 'PATCH', body });
    if (status !== 200) throw new Error(`synchronous_mode: ${status}`);
    const isSet = async () => {
      const [row] = await primary.query<{ names: string }>(
        `SELECT current_setting('synchronous_standby_names') AS names`,
      );
      return (row?.names !== '') === isWanted;
    };
    await until(isSet, `synchronous_mode is not ${isWanted}`, PATIENCE);
  }

  /** Resolves once `node` takes writes. */
  untilPrimary(node: Node): Promise<void> {
    return until(() => node.takesWrites(), `${node.name} is not the primary`, PATIENCE);
  }

  async switchOver(): Promise<void> {
    const [leader, candidate] = [await this.primary(), await this.standby()];
    const { status } = await fetch(`http://127.0.0.1:${leader.rest}/switchover`, {
      method: 'POST',
      body: JSON.stringify({ leader: leader.name, candidate: candidate.name }),
    });
    if (status !== 200) throw new Error(`switchover: ${status}`);
  }

  async stop(): Promise<void> {
    for (const node of this.nodes) await node.stop();
    await this.haproxy.stop();
    await this.etcd.stop();
  }
}
