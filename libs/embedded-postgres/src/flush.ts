import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** PostgreSQL flushes what it writes; these files were copied. */
export async function flush(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  for (const path of [...paths, folder]) {
    const file = await open(path);
    await file.sync();
    await file.close();
  }
}
