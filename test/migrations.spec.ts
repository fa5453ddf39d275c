import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EmbeddedPostgres } from '@passkey/embedded-postgres';
import {
  experienceVerificationEntities,
  experienceVerificationMigrations,
  migrate,
} from '@passkey/experience-verification';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../ormconfig';
import { createTestDatabase, type TestDatabase } from './support/test-database';

const NAMES = experienceVerificationMigrations.map((Migration) => new Migration().name);

/** The embedded database has one session: there is nobody to wait for. */
const onPostgres = process.env['TEST_DATABASE_URL'] ? describe : () => undefined;

describe('migrations', () => {
  let testDatabase: TestDatabase;
  let close: (() => Promise<void>)[];
  let embedded: EmbeddedPostgres | null;
  beforeEach(async () => {
    testDatabase = await createTestDatabase();
    const { DATABASE_URL: url, DATA_DIR: dataDir } = testDatabase.env;
    embedded = url === undefined ? await EmbeddedPostgres.open(dataDir) : null;
    close = [];
  });
  afterEach(async () => {
    await Promise.all(close.map((one) => one()));
    await embedded?.close();
    await testDatabase.drop();
  });

  const options = () => dataSourceOptions(embedded ?? { url: testDatabase.env.DATABASE_URL! });
  const connect = async (): Promise<DataSource> => {
    const dataSource = await new DataSource(options()).initialize();
    close.push(() => dataSource.destroy());
    return dataSource;
  };
  const noted = async (dataSource: DataSource): Promise<string[]> =>
    (await dataSource.query<{ name: string }[]>(`SELECT name FROM migrations ORDER BY id`)).map(
      ({ name }) => name,
    );

  it('run once when they are started several times at once', async () => {
    const dataSource = await connect();
    const servers = embedded ? [dataSource] : [dataSource, ...(await Promise.all([connect(), connect()]))];
    const starts = [...servers, ...servers].map((server) => migrate(server));
    expect((await Promise.all(starts)).flat()).toEqual(NAMES);
    expect(await noted(dataSource)).toEqual(NAMES);
    expect(await migrate(dataSource)).toEqual([]);
  });

  it('leave nothing behind when one of them fails', async () => {
    const dataSource = await connect();
    const log = jest.spyOn(console, 'log').mockImplementation();
    class Wrong1999999999999 {
      name = 'Wrong1999999999999';
      up = () => Promise.reject(new Error('wrong'));
      down = () => Promise.resolve();
    }
    dataSource.migrations.push(new Wrong1999999999999());
    await expect(migrate(dataSource)).rejects.toThrow('wrong');
    log.mockRestore();
    expect(await dataSource.query(`SELECT to_regclass('users') AS "table"`)).toEqual([{ table: null }]);
    dataSource.migrations.pop();
    expect(await migrate(dataSource)).toEqual(NAMES);
  });

  onPostgres('while another server holds the lock', () => {
    it('say what they wait for, and go on, or give up in one line', async () => {
      const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
      const dataSource = await connect();
      const other = new Client({ connectionString: testDatabase.env.DATABASE_URL });
      await other.connect();
      await other.query(`BEGIN`);
      await other.query(`SELECT pg_advisory_xact_lock(7283964105)`);
      await expect(migrate(dataSource, 50)).rejects.toMatchObject({
        code: 'locked',
        message: 'another server has been migrating it for 0.05 seconds',
      });
      const waiting = migrate(dataSource);
      await expect(Promise.race([waiting, new Promise((done) => setTimeout(done, 100))])).resolves.toBe(
        undefined,
      );
      expect(warn.mock.calls.at(-1)).toEqual([
        'Another server is migrating the database: waiting for it, at most 600 seconds',
      ]);
      await other.end();
      expect(await waiting).toEqual(NAMES);
      warn.mockRestore();
    });
  });

  onPostgres('of servers with `migrationsRun`', () => {
    /** A host as README shows it. */
    const host = async (migrationsTransactionMode: 'all' | 'each'): Promise<DataSource> => {
      const typeorm = TypeOrmModule.forRoot({
        type: 'postgres',
        url: testDatabase.env.DATABASE_URL!,
        installExtensions: false,
        entities: experienceVerificationEntities,
        migrations: experienceVerificationMigrations,
        migrationsRun: true,
        migrationsTransactionMode,
        retryDelay: 20,
      });
      const app = await Test.createTestingModule({ imports: [typeorm] })
        .setLogger({ log: () => undefined, warn: () => undefined, error: () => undefined })
        .compile();
      close.push(() => app.close());
      return app.get(DataSource);
    };

    it.each(['all', 'each'] as const)(
      'run once when they start at once, transaction for %s',
      async (mode) => {
        const servers = await Promise.all(Array.from({ length: 5 }, () => host(mode)));
        const names = await noted(servers[0]!);
        expect(names.toSorted()).toEqual(NAMES.toSorted());
      },
    );
  });
});
