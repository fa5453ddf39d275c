import { readNamed } from './files';

/** @throws Error that repeats nothing of the text, since it may be a secret that stands where JSON should */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [at = ''] = /at position \d+( \(line \d+ column \d+\))?/.exec((error as Error).message) ?? [];
    throw new Error(['is no JSON', at].filter(Boolean).join(' '), { cause: error });
  }
}

/** @throws Error likewise */
export function readJson(path: string): unknown {
  const text = readNamed(path);
  try {
    return fromJson(text);
  } catch (error) {
    throw new Error(`${path} ${(error as Error).message}`, { cause: error });
  }
}
