import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DataFolderError } from './data-folder.error';
import { MAX_SOCKET_PATH } from './data-folder-lock';

/** As the `pg` driver names it in its folder. */
export const SOCKET = '.s.PGSQL.5432';

/**
 * A folder of the owner's alone for the Unix socket, whose path the `pg` driver takes from the root: in the data folder, which may
 * be all that may be written; in that for temporary files where the path would be too long.
 * @throws DataFolderError when it can't be made
 */
export async function makeSocketFolder(dataDir: string): Promise<string> {
  const folder = join(resolve(dataDir), 'socket');
  try {
    if (join(folder, SOCKET).length > MAX_SOCKET_PATH) {
      return await mkdtemp(join(tmpdir(), 'passkey-postgres-'));
    }
    // Of a server that was killed: this one holds the folder's lock.
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { mode: 0o700 });
    return folder;
  } catch (error) {
    throw new DataFolderError(`there is no place for the socket of ${dataDir}: ${(error as Error).message}`);
  }
}
