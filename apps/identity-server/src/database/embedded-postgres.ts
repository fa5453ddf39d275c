import { mkdir, mkdtemp, rm } from 'node:fs/promises';
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
  const database = await PGlite.create({ dataDir: join(dataDir, 'postgres') });
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
