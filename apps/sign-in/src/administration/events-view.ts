import { type AuditEvent, call } from './management';
import { actions, form, item, linkTo, list, moreOf, type Page, type Show, timeText } from './parts';
import { words } from './texts';

interface EventPage {
  events: AuditEvent[];
  nextCursor: string | null;
}

const TIMES = ['since', 'until'];

let filter: Record<string, string> = {};

/** As a field for a time has it: of the browser's zone, to the minute. */
function localTime(iso?: string): string {
  if (iso === undefined) return '';
  const time = new Date(iso);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

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

export async function showEvents(show: Show, userId?: string): Promise<void> {
  if (userId !== undefined) filter = { ...filter, userId };
  const first = await itemsOf(null);
  const shown = list(first.items);
  const choose = form(
    [
      {
        name: 'outcome',
        label: words.outcome,
        value: filter['outcome'] ?? '',
        options: Object.entries(words.outcomes),
      },
      { name: 'type', label: words.eventType, value: filter['type'] },
      { name: 'userId', label: words.ofUser, value: filter['userId'] },
      { name: 'since', label: words.since, value: localTime(filter['since']), type: 'datetime-local' },
      { name: 'until', label: words.before, value: localTime(filter['until']), type: 'datetime-local' },
    ],
    words.filter,
    async (typed) => {
      const before = filter;
      filter = Object.fromEntries(
        Object.entries(typed)
          .filter(([, value]) => value !== '')
          .map(([name, value]) => [name, TIMES.includes(name) ? new Date(value).toISOString() : value]),
      );
      try {
        await showEvents(show);
      } catch (error) {
        filter = before;
        throw error;
      }
    },
  );
  const download = linkTo(
    `./api/audit-events/export?${new URLSearchParams(filter).toString()}`,
    words.export,
  );
  download.download = words.fileName;
  show(words.events, choose, actions(download), shown, ...moreOf(first.nextCursor, shown, itemsOf));
}
