import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Database } from '../../apps/identity-server/src/database/database';
import { keepSecret } from '../../apps/identity-server/src/database/kept-secret';
import { Browser, freshUsername } from '../support/browser';
import { TestServer } from '../support/test-server';

/** How many bytes this process may write into a file: of any that is made there comes nothing more. */
const limitFiles = (bytes: string) =>
  promisify(execFile)('prlimit', [`--pid=${process.pid}`, `--fsize=${bytes}:unlimited`]);

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

  it('has one secret for all servers that make it at once, and never a part of one', async () => {
    const folder = join(dataDir, 'new');
    const secrets = await Promise.all(Array.from({ length: 20 }, () => keepSecret(folder)));
    expect(new Set(secrets)).toEqual(new Set([expect.stringMatching(/^[\w-]{43}$/)]));
    expect(await readdir(folder)).toEqual(['secret']);
    expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
    expect(await keepSecret(folder)).toBe(secrets[0]);
  });

  it('has no secret rather than an empty one where it could not be written', async () => {
    const folder = join(dataDir, 'full');
    const goOn = () => undefined;
    process.on('SIGXFSZ', goOn);
    await limitFiles('0');
    await expect(keepSecret(folder).finally(() => limitFiles('unlimited'))).rejects.toThrow('EFBIG');
    process.off('SIGXFSZ', goOn);
    expect(await readdir(folder)).toEqual([]);
    expect(await keepSecret(folder)).toMatch(/^[\w-]{43}$/);
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
