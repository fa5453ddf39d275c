import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const pathIn = (dataDir: string): string => join(dataDir, 'secret');

/** The secret that the embedded database's folder has. */
export const keptSecret = (dataDir: string): Promise<string> => readFile(pathIn(dataDir), 'utf8');

/** The same, made at the first start. */
export async function keepSecret(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  try {
    await writeFile(pathIn(dataDir), randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return keptSecret(dataDir);
}
