import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { examinePooler } from '../apps/identity-server/src/database/pooler';
import { Browser, freshUsername } from './support/browser';
import { TestServer } from './support/test-server';
import { blankDatabase, emptyDatabase } from './support/worker-database';

// Migrations take their time on a busy machine.
jest.setTimeout(60_000);

describe('the database', () => {
  it('keeps accounts when the server is restarted', async () => {
    const testDatabase = await emptyDatabase();
    const first = await TestServer.start({}, testDatabase);
    const before = new Browser(first);
    const identifier = freshUsername();
    await before.register(identifier);
    await first.stop();

    const second = await TestServer.start({}, testDatabase);
    expect(second.database.migrated).toEqual([]);
    const after = new Browser(second, before.authenticator);
    await after.signIn(identifier);
    expect((await after.get('/api/my-account')).body).toMatchObject({ username: identifier.value });
    for (const [name, value] of before.cookies) after.cookies.set(name, value);
    expect((await after.get('/api/my-account')).status).toBe(200);
    await second.stop();
  });

  // The embedded database has no other roles or settings.
  const onServed = process.env['TEST_DATABASE_URL'] ? it : () => undefined;
  onServed('may write its dates as it likes', async () => {
    const testDatabase = await emptyDatabase();
    const first = await testDatabase.open();
    const [{ name }] = await first.dataSource.query<[{ name: string }]>('SELECT current_database() AS name');
    await first.dataSource.query(`ALTER DATABASE "${name}" SET datestyle TO 'German'`);
    await first.close();
    const server = await TestServer.start({}, testDatabase);
    const browser = new Browser(server);
    await browser.register(freshUsername());
    const { body } = await browser.get<{ createdAt: string }[]>('/api/my-account/passkeys');
    expect(Date.now() - Date.parse(body[0]!.createdAt)).toBeLessThan(60_000);
    await server.query(`ALTER DATABASE "${name}" RESET datestyle`);
    await server.stop();
  });

  it('is made by the migrations as the entities describe it, and unmade by their way down', async () => {
    const testDatabase = await blankDatabase();
    const database = await testDatabase.open();
    const { upQueries } = await database.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
    // The TypeORM CLI finds nothing left to do, and undoes what it knows.
    await database.dataSource.runMigrations();
    for (let left = database.migrated.length; left > 0; left -= 1) {
      await database.dataSource.undoLastMigration();
    }
    const tables = await database.dataSource.query<{ name: string }[]>(
      `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
        WHERE table_schema IN ('public', 'passkey') ORDER BY name`,
    );
    expect(tables.map(({ name }) => name)).toEqual([
      'passkey.applied_expansions',
      'passkey.applied_migrations',
      'public.migrations',
    ]);
    await database.close();
    await testDatabase.drop();
  });

  // The embedded database takes one server: see embedded/data-folder.spec.ts.
  const onServers = process.env['TEST_DATABASE_URL'] ? it : () => undefined;
  onServers('is migrated once by servers that start at once', async () => {
    const testDatabase = await blankDatabase();
    const opened = await Promise.all(Array.from({ length: 4 }, () => testDatabase.open()));
    const migrated = opened.flatMap((database) => database.migrated);
    expect(migrated).toHaveLength(new Set(migrated).size);
    expect(migrated.length).toBeGreaterThan(0);
    await Promise.all(opened.map((database) => database.close()));
    await testDatabase.drop();
  });
});

describe('a pooler before the database', () => {
  /** Lends a session whose transaction began, at each look, at that time; undefined: it has none. */
  const lends = (...since: (string | undefined)[]) => {
    const client = {
      processID: 1,
      release: () => undefined,
      query: (text: string) => {
        const session = { pid: 2, statementTimeout: 5_000 };
        const [began] = text.includes('pg_stat_activity') ? since.splice(0, 1) : [];
        return Promise.resolve({
          rows: text.includes('pg_stat_activity')
            ? began === undefined
              ? []
              : [{ since: began }]
            : [session],
        });
      },
    };
    const driver = { master: { connect: () => Promise.resolve(client) } };
    const dataSource = { driver, entityMetadatas: [] } as unknown as DataSource;
    return examinePooler(dataSource, pino({ level: 'silent' }));
  };

  it('is refused where a write stays in the transaction that it began', async () => {
    await expect(lends('10:00', '10:00')).rejects.toThrow(
      /^DATABASE_URL: the pooler .* leaves writes uncommitted/,
    );
  });

  it.each([
    ['has none', []],
    ['has ended it', ['10:00']],
    ['is in another by then', ['10:00', '10:01']],
  ])("is not for another's transaction on the same session, which %s", async (_what, since) => {
    await expect(lends(...since)).resolves.toBeUndefined();
  });
});
