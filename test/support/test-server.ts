import type { IncomingMessage, ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createApplication } from '../../apps/identity-server/src/application';
import { readConfiguration } from '../../apps/identity-server/src/configuration';
import { readPages } from '../../apps/identity-server/src/pages/page-languages';
import { Database } from '../../apps/identity-server/src/database/database';
import { openTelemetry } from '../../apps/identity-server/src/telemetry/open-telemetry';
import type { TestDatabase } from './test-database';
import { until } from './until';
import { emptyDatabase, sharedDatabase } from './worker-database';

export const ORIGIN = 'http://localhost:3000';
export const MANAGEMENT_TOKEN = 'management-token-of-the-tests-0123456789';

const DEFAULTS = {
  RP_ORIGINS: ORIGIN,
  RP_NAME: 'Test',
  MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN,
  LOG_LEVEL: 'debug',
  RATE_LIMIT: 'off',
  SECRET: 'secret-of-the-tests-0123456789abcdef',
  // A whole run may be made over shared statements.
  GATHER_LEAST: process.env['GATHER_LEAST'] ?? '',
};

/** The identity server in this process, on the database of its worker unless another is given. */
export class TestServer {
  /** Of this spec file. */
  private static running = 0;

  private constructor(
    readonly app: NestFastifyApplication,
    readonly database: Database,
    readonly url: string,
    /** Log lines so far. */
    readonly log: Record<string, unknown>[],
    /** Not answered yet. */
    private readonly requests: Set<IncomingMessage>,
  ) {}

  /**
   * `env.PORT` is any free one when it is left out; with `pagesFolder` it serves the built pages too. The database is
   * empty unless another server of this spec file is running on it.
   */
  static async start(
    env: Record<string, string> = {},
    testDatabase?: TestDatabase,
    pagesFolder?: string,
  ): Promise<TestServer> {
    const configuration = readConfiguration({ ...DEFAULTS, ...env });
    const log: Record<string, unknown>[] = [];
    const sink = new Writable({
      write: (line: Buffer, _encoding, done) => {
        log.push(JSON.parse(line.toString()) as Record<string, unknown>);
        done();
      },
    });
    const database = await (configuration.databaseUrl === undefined
      ? (testDatabase ?? (TestServer.running > 0 ? sharedDatabase() : await emptyDatabase())).open()
      : Database.open(configuration));
    try {
      const telemetry = await openTelemetry(configuration);
      const { logLevel: level } = configuration;
      const logger = pino({ level, base: undefined, mixin: telemetry?.logFields }, sink);
      const pages = pagesFolder ? readPages(pagesFolder, configuration.languages, logger) : undefined;
      const app = await createApplication(configuration, database, logger, pages, telemetry);
      await app.listen(env['PORT'] ?? 0, '127.0.0.1');
      const { port } = app.getHttpServer().address() as AddressInfo;
      const requests = new Set<IncomingMessage>();
      app.getHttpServer().on('request', (request: IncomingMessage, response: ServerResponse) => {
        requests.add(request);
        response.once('close', () => requests.delete(request));
      });
      TestServer.running += 1;
      return new TestServer(app, database, `http://127.0.0.1:${port}`, log, requests);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** Rows of a statement, asked of the database behind the server's back. */
  query<T = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.database.dataSource.query(sql, parameters);
  }

  /** Reasons logged with errors of this code: what the client is not told. */
  reasons(code: string): unknown[] {
    return this.log.filter((line) => line['code'] === code).map((line) => line['reason']);
  }

  /** @throws Error that says what is still open when the server has not ended in 10 seconds */
  async stop(): Promise<void> {
    let ended = false;
    const end = this.app.close().finally(() => (ended = true));
    const closing = () => {
      // A connection on which nothing was ever asked is not idle to Node.js.
      if (this.requests.size === 0) this.app.getHttpServer().closeAllConnections();
      return ended;
    };
    await Promise.race([end, until(closing, () => `the server does not end: ${this.underWay()}`, 10)]);
    TestServer.running -= 1;
  }

  private underWay(): string {
    const { master: pool } = this.database.dataSource.driver as unknown as {
      master?: Record<'totalCount' | 'idleCount' | 'waitingCount', number>;
    };
    const requests = [...this.requests].map(({ method, url }) => `${method} ${url}`);
    return `requests ${requests.join(', ') || 'none'}, of the pool ${pool?.totalCount} open, ${pool?.idleCount} idle, ${pool?.waitingCount} waited for`;
  }
}
