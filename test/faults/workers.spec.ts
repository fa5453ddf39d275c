import { Browser, freshUsername } from '../support/browser';
import { PostgresServers } from './support/postgres-servers';
import { Registrations } from './support/registrations';
import type { ServerProcess } from './support/server-process';

const LIVE = '/health/live';

describe('a server with WORKERS=2', () => {
  const servers = new PostgresServers({ WORKERS: '2', LOG_LEVEL: 'info' });

  it('answers from two processes, which migrate once and tell their metrics together', async () => {
    const server = await servers.start();
    const [first, second] = await workersOf(server, 2);
    expect(second).not.toBe(first);
    await servers.expectMigratedOnce();

    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.signIn(identifier);

    const before = await askedOf(server);
    for (let call = 0; call < 20; call += 1) await askAnew(server, LIVE);
    // Each time another worker is asked, and each tells of all.
    const told = [await askedOf(server), await askedOf(server), await askedOf(server), await askedOf(server)];
    expect(told.map((count) => count - before)).toEqual([20, 20, 20, 20]);
  });

  it('replaces a worker that is killed, and serves on meanwhile', async () => {
    const server = await servers.start();
    const [killed] = await workersOf(server, 2);
    const load = new Registrations(() => server, 4);
    await load.until(5);
    process.kill(killed!, 'SIGKILL');
    await load.until(5);
    await workersOf(server, 3);
    await load.until(5);
    await load.stop();
    const wrong = load.outcomes.filter(({ status }) => status !== null && status >= 300);
    expect(wrong).toEqual([]);
    expect(await servers.missingOf(load.acknowledged)).toEqual([]);
    expect(server.output).toMatch(/"signal":"SIGKILL","msg":"A worker ended"/);
  });

  it('that gets SIGTERM under load answers what is under way, and ends with 0', async () => {
    const server = await servers.start();
    const workers = await workersOf(server, 2);
    await servers.expectOrderlyEnd(server);
    for (const worker of workers) expect(() => process.kill(worker, 0)).toThrow('ESRCH');
  });

  it('whose process is killed leaves no worker behind', async () => {
    const server = await servers.start();
    const workers = await workersOf(server, 2);
    await server.stop('SIGKILL');
    for (const worker of workers) await untilGone(worker);
  });

  it('ends with one line when it can not start', async () => {
    const embedded = await servers.start({ DATABASE_URL: '', DATA_DIR: 'data' }, { ready: false });
    expect(await exitOf(embedded)).toBe(1);
    expect(embedded.output).toMatch(/^WORKERS: needs DATABASE_URL[^\n]*\n$/);

    const { cluster, database } = servers;
    await cluster.query('CREATE ROLE reader LOGIN');
    const url = cluster.url(database.name, 'reader');
    const mayNotMigrate = await servers.start({ DATABASE_URL: url }, { ready: false });
    expect(await exitOf(mayNotMigrate)).toBe(1);
    expect(mayNotMigrate.output).toMatch(/^[^\n]+\n$/);
  });
});

/** Over a connection of its own: the primary process gives each to the next worker. */
const askAnew = async (server: ServerProcess, path: string): Promise<string> =>
  (await fetch(server.url + path, { headers: { connection: 'close' } })).text();

const askedOf = async (server: ServerProcess): Promise<number> => {
  const metrics = await askAnew(server, '/metrics');
  return Number(
    /^http_request_duration_seconds_count{.*route="\/health\/live".*} (\d+)$/m.exec(metrics)?.[1] ?? 0,
  );
};

/** Process ids of the workers that have answered so far, by the log, once they are `count`. */
async function workersOf(server: ServerProcess, count: number): Promise<number[]> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    const answered = server.output.matchAll(/"pid":(\d+).*"path":"\/health\/live"/g);
    const workers = [...new Set([...answered].map(([, pid]) => Number(pid)))];
    if (workers.length === count) return workers;
    await askAnew(server, LIVE);
  }
  throw new Error(`fewer than ${count} workers have answered`);
}

async function untilGone(pid: number): Promise<void> {
  for (const deadline = Date.now() + 5_000; Date.now() < deadline;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`process ${pid} lives on`);
}

async function exitOf({ child }: ServerProcess): Promise<number | null> {
  while (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child.exitCode;
}
