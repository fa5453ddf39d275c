import { randomBytes } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../configuration/variables';
import { makeWholeFile } from './whole-file';

const pathIn = (dataDir: string): string => join(dataDir, 'secret');

/**
 * The secret that the embedded database's folder has.
 * @throws ConfigurationError where its file is empty
 */
export async function keptSecret(dataDir: string): Promise<string> {
  const path = pathIn(dataDir);
  const secret = await readFile(path, 'utf8');
  if (secret !== '') return secret;
  throw new ConfigurationError(
    'SECRET',
    `${path} is empty: put back what a backup has of it, or delete it where the database was never used with one`,
  );
}

/** The same, made at the first start: one, of several that start at once. */
export async function keepSecret(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = pathIn(dataDir);
  const isThere = await stat(path).catch(() => null);
  if (!isThere) await makeWholeFile(path, randomBytes(32).toString('base64url'));
  return keptSecret(dataDir);
}
