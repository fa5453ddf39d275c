import type { Management } from './management';

/** The most that the management API gives in one page. */
const MOST_IN_PAGE = 200;

/** Reads a list of the management API, a page after the other. */
export async function wholeList<T>(
  management: Management,
  path: string,
  member: string,
  most = Infinity,
): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: String(Math.min(MOST_IN_PAGE, most - found.length)) });
    if (cursor !== null) query.set('cursor', cursor);
    const page: Record<string, unknown> = await management.call('GET', `${path}?${query.toString()}`);
    found.push(...(page[member] as T[]));
    cursor = page['nextCursor'] as string | null;
  } while (cursor !== null && found.length < most);
  return found;
}
