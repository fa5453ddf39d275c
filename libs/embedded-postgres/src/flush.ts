import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A file, or which names a folder has. */
export async function flushEntry(path: string): Promise<void> {
  const entry = await open(path);
  await entry.sync().finally(() => entry.close());
}

/** PostgreSQL flushes what it writes; these files were copied. */
export async function flush(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  for (const path of [...paths, folder]) await flushEntry(path);
}
