import { Database } from '../apps/identity-server/src/database/database';
import { Browser, freshUsername } from './support/browser';
import { createTestDatabase } from './support/test-database';
import { TestServer } from './support/test-server';
import { blankDatabase } from './support/worker-database';

// Making a data folder takes its time on a busy machine.
jest.setTimeout(60_000);

describe('the database', () => {
  it('keeps accounts when the server is restarted', async () => {
    const testDatabase = await createTestDatabase();
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
    await testDatabase.drop();
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
    expect(tables.map(({ name }) => name)).toEqual(['passkey.applied_migrations', 'public.migrations']);
    await database.close();
    await testDatabase.drop();
  });

  it('is migrated once by servers that start at once, or opened by one alone when embedded', async () => {
    const testDatabase = await createTestDatabase();
    const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = testDatabase.env;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, () => Database.open({ databaseUrl, dataDir })),
    );
    const opened = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [(outcome.reason as Error).message] : [],
    );
    const migrated = opened.flatMap((database) => database.migrated);
    expect(migrated).toHaveLength(new Set(migrated).size);
    expect(migrated.length).toBeGreaterThan(0);
    expect(opened).toHaveLength(databaseUrl === undefined ? 1 : 4);
    for (const message of refusals) expect(message).toBe(`DATA_DIR: ${dataDir} is in use by another server`);
    await Promise.all(opened.map((database) => database.close()));
    await testDatabase.drop();
  });
});
