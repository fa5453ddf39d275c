import type { AccountEvent } from 'passkey-sign-in-client';
import { passkeys } from '../passkey-client';
import { formats, texts } from '../texts/texts';
import { change } from './change';
import { element, onClick, textElement } from './elements';
import { dayText } from './passkey-text';

const AT_ONCE = 10;

/** Of the page after those that are shown. */
let nextCursor: string | null = null;

async function showMore(button: HTMLButtonElement): Promise<void> {
  let items: HTMLLIElement[] = [];
  const done = await change(button, async () => {
    const page = await passkeys.api.listEvents(nextCursor ?? undefined, AT_ONCE);
    ({ nextCursor } = page);
    items = page.events.map(eventItem);
    element('events', HTMLUListElement).append(...items);
  });
  if (!done) return;
  button.hidden = nextCursor === null;
  button.textContent = texts.page.showEarlierEvents;
  items[0]?.focus();
}

function eventItem(event: AccountEvent): HTMLLIElement {
  const item = document.createElement('li');
  item.className = 'passkey';
  item.tabIndex = -1;
  const lines = describe(event).map((line) => textElement('p', line));
  item.append(textElement('h3', titleOf(event)), ...lines);
  return item;
}

function titleOf({ type, changed }: AccountEvent): string {
  const { types, unknown, changed: whatChanged } = texts.events;
  if (type === 'user.changed' && changed.length > 0) {
    return whatChanged([...new Set(changed.map(memberName))].join(', '));
  }
  const named: Record<string, string | undefined> = types;
  return named[type] ?? unknown;
}

function memberName(member: string): string {
  const { username, email, phone } = texts.identifiers;
  const names: Record<string, string | undefined> = {
    username,
    primaryEmail: email,
    primaryPhone: phone,
  };
  return names[member] ?? texts.events.otherMember;
}

function describe({ createdAt, browser, address, by }: AccountEvent): string[] {
  const when = `${dayText(createdAt)}, ${formats.time(new Date(createdAt))}`;
  return [
    browser === null ? when : `${when} · ${browser}`,
    address === null ? '' : texts.sessions.from(address),
    by === null ? '' : texts.events.byOthers,
  ].filter(Boolean);
}

export function startEvents(): void {
  onClick('show-events', showMore);
}
