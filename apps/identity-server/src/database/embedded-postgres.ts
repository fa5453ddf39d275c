import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { lockDataFolder } from './data-folder-lock';

/** PostgreSQL inside this process, its data in a folder. */
export interface EmbeddedPostgres {
  /** Folder of the Unix socket on which it takes connections of the `pg` driver. */
  socketFolder: string;
  close(): Promise<void>;
}

/**
 * Opens the database of a data folder, made at the first start. Its writes are flushed at each commit.
 * @throws ConfigurationError when another server has the folder open
 */
export async function openEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockDataFolder(dataDir);
  const folder = join(dataDir, 'postgres');
  if (!existsSync(folder)) await makeDataFolder(folder);
  const database = await PGlite.create({ dataDir: folder });
  const socketFolder = await mkdtemp(join(tmpdir(), 'passkey-postgres-'));
  const server = new PGLiteSocketServer({ db: database, path: join(socketFolder, '.s.PGSQL.5432') });
  await server.start();
  return {
    socketFolder,
    close: async () => {
      await server.stop();
      await database.close();
      await rm(socketFolder, { recursive: true, force: true });
      await lock.release();
    },
  };
}

/** Under another name until it is whole: a server that is killed meanwhile leaves nothing that does not open. */
async function makeDataFolder(folder: string): Promise<void> {
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const database = await PGlite.create({ dataDir: unfinished });
  await database.close();
  await rename(unfinished, folder);
}
