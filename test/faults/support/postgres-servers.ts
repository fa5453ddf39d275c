import { createDatabase, missingOf } from './fault-database';
import { PostgresCluster } from './postgres-cluster';
import { Registrations } from './registrations';
import { ServerProcess } from './server-process';

/** Servers of a describe block on a PostgreSQL of its own: each test has a new database, and ends with its servers. */
export class PostgresServers {
  readonly all: ServerProcess[] = [];
  cluster!: PostgresCluster;
  database!: { name: string; url: string };

  /** @param env of every server */
  constructor(private readonly env: Record<string, string> = {}) {
    beforeAll(async () => {
      this.cluster = await PostgresCluster.start();
    });
    beforeEach(async () => {
      this.database = await createDatabase(this.cluster);
    });
    afterEach(() => this.killAll());
    afterAll(() => this.cluster.drop());
  }

  async start(
    env: Record<string, string> = {},
    options: Parameters<typeof ServerProcess.start>[1] = {},
  ): Promise<ServerProcess> {
    const given = { DATABASE_URL: this.database.url, ...this.env, ...env };
    const server = await ServerProcess.start(given, options);
    this.all.push(server);
    return server;
  }

  async killAll(): Promise<void> {
    await Promise.all(this.all.splice(0).map((server) => server.stop('SIGKILL')));
  }

  /** Each migration was run once. */
  async expectMigratedOnce(): Promise<void> {
    const rows = await this.cluster.query<{ name: string }>(
      'TABLE passkey.applied_migrations UNION ALL TABLE passkey.applied_expansions',
      this.database.name,
    );
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(2);
  }

  missingOf(usernames: string[]): Promise<string[]> {
    return missingOf(this.cluster, this.database.name, usernames);
  }

  /** SIGTERM under load: what is under way is answered, and rightly; nothing acknowledged is lost; it ends with 0. */
  async expectOrderlyEnd(server: ServerProcess): Promise<void> {
    const load = new Registrations(() => server, 8);
    await load.until(10);
    const began = performance.now();
    const code = await server.stop('SIGTERM');
    const took = performance.now() - began;
    await load.stop();
    expect(code).toBe(0);
    expect(took).toBeLessThan(11_000);
    const refused = load.outcomes.filter(({ status }) => status === null);
    const answered = load.outcomes.filter(({ status }) => status !== null);
    // Once it is gone nothing more is answered; before, everything is, and rightly.
    expect(Math.min(...refused.map(({ at }) => at))).toBeGreaterThan(began + 900);
    expect(answered.filter(({ status }) => status! >= 300)).toEqual([]);
    expect(await this.missingOf(load.acknowledged)).toEqual([]);
  }
}
