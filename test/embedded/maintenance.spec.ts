import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from 'nestjs-embedded-postgres';
import { Database } from '../../apps/identity-server/src/database/database';

/** A file of PostgreSQL's log has 16 MB; up to 5 are kept for later use. */
const LOG_FILE = /^[0-9A-F]{24}$/;
const FILE_BYTES = 16 * 1024 * 1024;
const BOUND_FILES = 8;

/** Connects, and gives what the database would do each minute. */
async function connectWithClock(embedded: EmbeddedPostgres) {
  const clock = jest.spyOn(globalThis, 'setInterval');
  const database = await Database.connect(embedded);
  const [tidyUp] = clock.mock.calls.find(([, interval]) => interval === 60_000)!;
  clock.mockRestore();
  return { database, tidyUp };
}

describe('the embedded database, which has neither autovacuum nor checkpointer', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'passkey-maintenance-'));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('keeps its log and the tables of what expires small', async () => {
    const embedded = await EmbeddedPostgres.open(dataDir);
    const { database, tidyUp } = await connectWithClock(embedded);
    const { dataSource } = database;
    const logFiles = async () =>
      (await readdir(join(dataDir, 'postgres/pg_wal'))).filter((name) => LOG_FILE.test(name)).length;
    const tableSize = async () => {
      const [row] = await dataSource.query<[{ size: string }]>(
        `SELECT pg_relation_size('passkey.interactions') AS size`,
      );
      return Number(row.size);
    };
    const tidyUpNow = async () => {
      tidyUp();
      await embedded.stopMaintenance();
    };
    for (let turn = 0; turn < 3; turn += 1) {
      await dataSource.query(
        `INSERT INTO passkey.interactions (id, event, expires_at)
         SELECT sha256((random()::text || n)::bytea), 'SignIn', now() FROM generate_series(1, 20000) AS n`,
      );
      await dataSource.query(`DELETE FROM passkey.interactions`);
      expect(await tableSize()).toBeGreaterThan(0);
      await tidyUpNow();
      expect(await tableSize()).toBe(0);
    }
    const beginLogFile = () =>
      dataSource.query(`SELECT pg_logical_emit_message(true, 'test', 'x'), pg_switch_wal()`);
    let mostFiles = 0;
    for (let turn = 0; turn < 10; turn += 1) {
      await beginLogFile();
      await beginLogFile();
      await tidyUpNow();
      mostFiles = Math.max(mostFiles, await logFiles());
    }
    const [{ written }] = await dataSource.query<[{ written: string }]>(
      `SELECT (pg_current_wal_lsn() - '0/0') / ${FILE_BYTES} AS written`,
    );
    console.log(`${Math.round(Number(written))} files of log written, at most ${mostFiles} kept`);
    expect(Number(written)).toBeGreaterThan(2 * BOUND_FILES);
    expect(mostFiles).toBeLessThanOrEqual(BOUND_FILES);
    await database.close();
  });
});
