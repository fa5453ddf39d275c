import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../apps/identity-server/src/database/database';
import { Browser, freshUsername } from '../support/browser';
import { TestServer } from '../support/test-server';

describe('a data folder', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'passkey-folder-'));
    await chmod(dataDir, 0o755);
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  const start = () =>
    TestServer.start({}, { open: () => Database.open({ dataDir }), drop: () => Promise.resolve() });

  it('is opened by one alone of servers that start at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => Database.open({ dataDir })));
    const opened = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [(outcome.reason as Error).message] : [],
    );
    expect(opened).toHaveLength(1);
    const [{ migrated }] = opened as [Database];
    expect(migrated).toHaveLength(new Set(migrated).size);
    expect(migrated.length).toBeGreaterThan(0);
    for (const message of refusals) expect(message).toBe(`DATA_DIR: ${dataDir} is in use by another server`);
    await Promise.all(opened.map((database) => database.close()));
  });

  it('that was there, and open to others, is closed to them', async () => {
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  });

  it('keeps accounts when the server is restarted', async () => {
    const first = await start();
    const before = new Browser(first);
    const identifier = freshUsername();
    await before.register(identifier);
    await first.stop();

    const second = await start();
    expect(second.database.migrated).toEqual([]);
    const after = new Browser(second, before.authenticator);
    await after.signIn(identifier);
    expect((await after.get('/api/my-account')).body).toMatchObject({ username: identifier.value });
    for (const [name, value] of before.cookies) after.cookies.set(name, value);
    expect((await after.get('/api/my-account')).status).toBe(200);
    await second.stop();
  });
});
