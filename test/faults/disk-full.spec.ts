import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { missingInFolder } from './support/embedded-accounts';
import { Registrations } from './support/registrations';
import { ServerProcess } from './support/server-process';
import { SmallDisk } from './support/small-disk';

const disk = SmallDisk.mount(160);
if (disk.refusal) console.log(`skipped, since no file system can be mounted: ${disk.refusal}`);

(disk.refusal ? describe.skip : describe)('the embedded database, on a disk that is full', () => {
  const dataDir = join(disk.folder, 'data');
  beforeAll(async () => {
    await mkdir(dataDir);
    // Its log in files of 1 MB: so the next one is needed soon.
    const database = await PGlite.create({
      dataDir: join(dataDir, 'postgres'),
      initDbStartParams: ['--wal-segsize=1'],
    });
    await database.close();
  });
  const servers: ServerProcess[] = [];
  const start = async (folder: string, ready = true) => {
    const server = await ServerProcess.start({ DATA_DIR: folder }, { ready });
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop('SIGKILL')));
    disk.clear();
  });
  afterAll(() => {
    disk.unmount();
  });

  it.each([
    ['its log', 0.5],
    ['its tables', 0],
  ])('which has no room for %s, gives 503 until there is room, and loses nothing', async (_what, leftMb) => {
    const server = await start(dataDir);
    const ready = async () => (await fetch(`${server.url}/health/ready`)).status;
    const load = new Registrations(() => server, 4);
    let full: number;
    let cleared: number;
    let recovered: number;
    try {
      await load.until(10);
      disk.fill(leftMb);
      await load.untilRefused();
      full = performance.now() + 100;
      for (let second = 0; second < 4; second += 1) {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        expect(await ready()).toBe(503);
      }
      cleared = performance.now();
      disk.clear();
      await load.until(1);
      recovered = performance.now() - cleared;
      await load.until(20);
      expect(await ready()).toBe(200);
    } finally {
      await load.stop();
    }
    console.log(`served again ${Math.round(recovered)} ms after there was room`);
    const meanwhile = load.outcomes.filter(({ at }) => at > full && at < cleared);
    expect(meanwhile.length).toBeGreaterThan(20);
    const failed = load.outcomes.filter(({ status }) => status === null || status >= 300);
    for (const outcome of [...failed, ...meanwhile]) {
      expect(outcome).toMatchObject({
        status: 503,
        code: 'database.unavailable',
        retryAfter: expect.stringMatching(/^\d+$/),
      });
    }
    expect(await server.stop()).toBe(0);
    expect(await missingInFolder(dataDir, load.acknowledged)).toEqual([]);
  });

  it('ends in order while it waits for room', async () => {
    const server = await start(dataDir);
    const load = new Registrations(() => server, 2);
    await load.until(1);
    disk.fill(0);
    await load.untilRefused();
    expect(await server.stop('SIGTERM')).toBe(0);
    await load.stop();
    disk.clear();
    expect(await missingInFolder(dataDir, load.acknowledged)).toEqual([]);
  });

  it.each([
    ['a folder that is there', 'data'],
    ['a new folder', 'new'],
  ])('does not open %s, and says why in one line', async (_what, folder) => {
    disk.fill(20);
    const started = await start(join(disk.folder, folder), false);
    await expect(started.untilReady()).rejects.toThrow('the server ended');
    expect(started.output).toMatch(/^DATA_DIR: .* has 20 MB of room.*\n$/);
  });
});
