import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join, relative } from 'node:path';
import { ConfigurationError } from '../configuration';

/** Longest path of a Unix socket that every system takes. */
const MAX_SOCKET_PATH = 100;

/**
 * Keeps a second server out of a data folder, which only one process may open. The lock is a listening Unix
 * socket: it goes with its process, also when that is killed.
 * @throws ConfigurationError when another server holds it
 */
export async function lockDataFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const path = relative(process.cwd(), join(folder, 'server.lock'));
  if (path.length > MAX_SOCKET_PATH)
    throw new ConfigurationError('DATA_DIR', `the path ${folder} is too long`);
  if (await answers(path)) throw new ConfigurationError('DATA_DIR', `${folder} is in use by another server`);
  await rm(path, { force: true });
  const server = await listen(path);
  return {
    release: () =>
      new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      ),
  };
}

const answers = (path: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

const listen = (path: string) =>
  new Promise<Server>((resolve, reject) => {
    const server = createServer((socket) => socket.end());
    server.once('error', reject);
    server.listen(path, () => {
      resolve(server.unref());
    });
  });
