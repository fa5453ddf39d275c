import { readFileSync } from 'node:fs';

/**
 * The text of a file that a variable names.
 * @throws Error that does not repeat the path, since it may be a secret that stands where its file should
 */
export function readNamed(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`names no file that can be read: ${code}`, { cause: error });
  }
}
