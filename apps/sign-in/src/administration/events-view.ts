import { textElement } from '../pages/elements';
import { type AuditEvent, call } from './management';
import { actions, doing, form, item, list, moreOf, type Page, show, timeText } from './parts';
import { words } from './texts';

interface EventPage {
  events: AuditEvent[];
  nextCursor: string | null;
}

/** Events that one file holds at most. */
const MOST = 10_000;

let filter: Record<string, string> = {};

const pageOf = (cursor: string | null, limit: number): Promise<EventPage> => {
  const query = new URLSearchParams({ ...filter, limit: String(limit) });
  if (cursor !== null) query.set('cursor', cursor);
  return call<EventPage>('GET', `/api/audit-events?${query.toString()}`);
};

const eventItem = ({ type, userId, createdAt, details }: AuditEvent): HTMLLIElement =>
  item(
    type,
    [
      timeText(createdAt),
      userId ?? '',
      Object.entries(details)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(' · '),
    ].filter(Boolean),
  );

async function itemsOf(cursor: string | null): Promise<Page> {
  const { events, nextCursor } = await pageOf(cursor, 50);
  return { items: events.map(eventItem), nextCursor };
}

export async function showEvents(userId?: string): Promise<void> {
  if (userId !== undefined) filter = { ...filter, userId };
  const first = await itemsOf(null);
  const shown = list(first.items);
  const choose = form(
    [
      { name: 'type', label: words.eventType, value: filter['type'] },
      { name: 'userId', label: words.ofUser, value: filter['userId'] },
    ],
    words.filter,
    async (typed) => {
      const before = filter;
      filter = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
      try {
        await showEvents();
      } catch (error) {
        filter = before;
        throw error;
      }
    },
  );
  const download = textElement('button', words.export);
  download.type = 'button';
  download.addEventListener('click', () => void doing(download, exportAll));
  show(words.events, choose, actions(download), shown, ...moreOf(first.nextCursor, shown, itemsOf));
}

/** A line of JSON each, newest first. */
async function exportAll(): Promise<void> {
  const lines: string[] = [];
  let cursor: string | null = null;
  do {
    const page: EventPage = await pageOf(cursor, 200);
    lines.push(...page.events.map((event) => JSON.stringify(event)));
    cursor = page.nextCursor;
  } while (cursor !== null && lines.length < MOST);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`${lines.join('\n')}\n`], { type: 'application/jsonl' }));
  link.download = words.fileName;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 1_000);
}
