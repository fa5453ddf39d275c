import { Writable } from 'node:stream';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createApplication } from '../../apps/identity-server/src/application';
import { readConfiguration } from '../../apps/identity-server/src/configuration';
import { Database } from '../../apps/identity-server/src/database/database';
import { createTestDatabase, type TestDatabase } from './test-database';

export const ORIGIN = 'http://localhost:3000';
export const MANAGEMENT_TOKEN = 'management-token-of-the-tests';

const DEFAULTS = {
  RP_ORIGINS: ORIGIN,
  RP_NAME: 'Test',
  MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN,
  LOG_LEVEL: 'debug',
  RATE_LIMIT: 'off',
  SECRET: 'secret-of-the-tests-0123456789abcdef',
};

/** The identity server in this process, on a database of its own unless one is given. */
export class TestServer {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly database: Database,
    readonly url: string,
    /** Log lines so far. */
    readonly log: Record<string, unknown>[],
    private readonly owned: TestDatabase | null,
  ) {}

  /** `env.PORT` is any free one when it is left out; with `pagesFolder` it serves the built pages too. */
  static async start(
    env: Record<string, string> = {},
    shared?: TestDatabase,
    pagesFolder?: string,
  ): Promise<TestServer> {
    const testDatabase = shared ?? (await createTestDatabase());
    const log: Record<string, unknown>[] = [];
    const sink = new Writable({
      write: (line: Buffer, _encoding, done) => {
        log.push(JSON.parse(line.toString()) as Record<string, unknown>);
        done();
      },
    });
    let database: Database | undefined;
    try {
      const configuration = readConfiguration({ ...DEFAULTS, ...testDatabase.env, ...env });
      database = await Database.open(configuration);
      const logger = pino({ level: configuration.logLevel }, sink);
      const app = await createApplication(configuration, database, logger, pagesFolder);
      await app.listen(env['PORT'] ?? 0, '127.0.0.1');
      const { port } = app.getHttpServer().address() as AddressInfo;
      return new TestServer(app, database, `http://127.0.0.1:${port}`, log, shared ? null : testDatabase);
    } catch (error) {
      await database?.close();
      if (!shared) await testDatabase.drop();
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

  async stop(): Promise<void> {
    await this.app.close();
    await this.owned?.drop();
  }
}
