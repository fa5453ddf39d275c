import { readdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join, relative } from 'node:path';
import { DataFolderError } from './data-folder.error';

/** Longest path of a Unix socket that every system takes. */
export const MAX_SOCKET_PATH = 100;

const LOCK = /^server-(\d+)\.lock$/;

/**
 * Keeps a second server out of a data folder, which only one process may open. The lock is a listening Unix
 * socket, which goes with its process, also when that is killed. What a killed one leaves behind can't be
 * replaced without a race, so each server takes the next number, and looks around again once it has it.
 * @throws DataFolderError when another server holds it
 */
export async function lockDataFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const base = relative(process.cwd(), folder);
  const pathOf = (number: number) => join(base, `server-${number}.lock`);
  const inUse = new DataFolderError(`${folder} is in use by another server`);
  if (pathOf(1).length > MAX_SOCKET_PATH) {
    throw new DataFolderError(`the path ${folder} is too long`);
  }
  const anyAnswers = async (numbers: number[]) =>
    (await Promise.all(numbers.map((number) => answers(pathOf(number))))).includes(true);

  const before = await locksIn(folder);
  if (await anyAnswers(before)) throw inUse;
  const mine = Math.max(0, ...before) + 1;
  const server = await listen(pathOf(mine)).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? inUse : error;
  });
  const others = (await locksIn(folder)).filter((number) => number !== mine);
  if (others.some((number) => number > mine) || (await anyAnswers(others))) {
    await close(server);
    throw inUse;
  }
  await Promise.all(others.map((number) => rm(pathOf(number), { force: true })));
  return { release: () => close(server) };
}

const locksIn = async (folder: string): Promise<number[]> =>
  (await readdir(folder)).flatMap((name) => LOCK.exec(name)?.slice(1).map(Number) ?? []);

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

const close = (server: Server) =>
  new Promise<void>((resolve) =>
    server.close(() => {
      resolve();
    }),
  );
