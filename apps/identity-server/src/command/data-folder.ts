import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFolderError, unpackBackup } from 'nestjs-embedded-postgres';
import { endWhatWasIssued } from 'nestjs-passkey-openid-provider';
import { endWhatRunsOut } from 'nestjs-passkey-sign-in';
import type { DataSource } from 'typeorm';
import { callControl } from '../control/control-client';
import { CommandError } from './command-error';

/** @throws CommandError where a data folder has no database */
export async function requireDatabase(dataDir: string): Promise<void> {
  if (await stat(join(dataDir, 'postgres')).catch(() => null)) return;
  throw new CommandError(`there is no database in ${dataDir}`, 2);
}

/** @throws CommandError where a server has a data folder's database open */
export async function requireStopped(dataDir: string): Promise<void> {
  const running = await callControl(dataDir, 'GET', '/health/live');
  if (running) throw new CommandError(`a server runs on ${dataDir}: stop it first`, 2);
}

/**
 * Unpacks a backup into a folder that is gone afterwards: in the data folder, for that may be the only place to be written, and
 * a file system of its own, out of which nothing is moved by its name.
 */
export async function withUnpacked<T>(
  file: string,
  dataDir: string,
  work: (folder: string, madeAt: string) => Promise<T>,
): Promise<T> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(dataDir, 'restored-'));
  try {
    const { madeAt } = await unpackBackup(file, folder);
    return await work(folder, madeAt);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of a database that a backup has brought back, what would count again. */
export async function endEverything(dataSource: DataSource): ReturnType<typeof endWhatRunsOut> {
  await endWhatWasIssued(dataSource);
  return endWhatRunsOut(dataSource);
}

/** What the operator has to know, of whatever was done after the backup. */
export const AFTERWARDS = `What was done after the backup is undone: passkeys and users that were deleted, or suspended, since are
there again. Delete them again where you know of any: passkey-server user passkeys USER --delete ID`;

/** Errors of the data folder are the operator's to read. */
export const named = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw error instanceof DataFolderError ? new CommandError(error.message) : error;
  });
