import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installationOf } from 'nestjs-passkey-sign-in';
import type { Logger } from 'pino';
import { type Configuration, ConfigurationError } from '../configuration';
import type { Database } from './database';

const pathIn = (dataDir: string): string => join(dataDir, 'installation');

/** The id of the database of the last start; null where none is remembered, or a crash has left the file empty. */
export const lastInstallation = async (dataDir: string): Promise<string | null> =>
  (await readFile(pathIn(dataDir), 'utf8').catch(() => '')) || null;

/**
 * The id of the database.
 * @throws ConfigurationError when it is not the one that INSTALLATION_ID expects
 */
export async function expectedInstallation(
  { installationId }: Pick<Configuration, 'installationId'>,
  { dataSource }: Pick<Database, 'dataSource'>,
): Promise<string> {
  const id = await installationOf(dataSource);
  if (installationId === undefined || installationId === id) return id;
  throw new ConfigurationError('INSTALLATION_ID', `is of another database: this one is ${id}`);
}

/**
 * Tells when the database is not that of the server's last start, as DATA_DIR remembers it: passkeys and accounts of the
 * one are unknown to the other.
 */
export async function seeInstallation(
  { dataDir }: Pick<Configuration, 'dataDir'>,
  id: string,
  logger: Pick<Logger, 'warn' | 'debug'>,
): Promise<void> {
  const before = await lastInstallation(dataDir);
  if (before === id) return;
  if (before !== null) {
    logger.warn({ problem: 'the database is another one than at the last start', before, installation: id });
  }
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(pathIn(dataDir), id, { mode: 0o600 });
  } catch (error) {
    logger.debug({ problem: 'the installation could not be remembered', cause: String(error) });
  }
}
