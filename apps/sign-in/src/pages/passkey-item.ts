import type { Passkey } from '../api/my-account';

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

const DAY_MS = 86_400_000;

const day = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** `today`, `yesterday`, or the date. */
export function dayText(iso: string, now = new Date()): string {
  const date = new Date(iso);
  const days = Math.round((day(now) - day(date)) / DAY_MS);
  if (days <= 0) return 'today';
  return days === 1 ? 'yesterday' : DATE.format(date);
}

/** What a passkey is, in words that a person understands. */
export function describe({ name, provider, deviceType, backedUp, discoverable }: Passkey): string {
  const where =
    deviceType === 'singleDevice'
      ? 'Stays on one device'
      : backedUp
        ? 'Synced: works on your other devices too'
        : 'Can be synced, but is not backed up yet';
  return [
    where,
    discoverable === false && 'Needs your username',
    name !== null && provider && `Kept by ${provider.name}`,
  ]
    .filter(Boolean)
    .join('. ');
}

export const titleOf = ({ name, provider }: Passkey): string => name ?? provider?.name ?? 'Passkey';

/** The list item of a passkey. */
export function passkeyItem(
  passkey: Passkey,
  on: Record<'rename' | 'remove', (passkey: Passkey) => unknown>,
): HTMLLIElement {
  const item = document.createElement('li');
  item.className = 'passkey';
  const title = document.createElement('h3');
  title.textContent = titleOf(passkey);
  const kind = document.createElement('p');
  kind.textContent = describe(passkey);
  const used = document.createElement('p');
  const lastUsed = passkey.lastUsedAt ? `last used ${dayText(passkey.lastUsedAt)}` : 'not used yet';
  used.textContent = `Created ${dayText(passkey.createdAt)}, ${lastUsed}`;
  const text = document.createElement('div');
  text.append(title, kind, used);
  const actions = document.createElement('div');
  actions.className = 'actions';
  actions.append(
    button('Rename', passkey, () => {
      on.rename(passkey);
    }),
    button('Delete', passkey, () => {
      on.remove(passkey);
    }),
  );
  item.append(keyIcon(), text, actions);
  return item;
}

function button(verb: string, passkey: Passkey, click: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = verb;
  element.setAttribute('aria-label', `${verb} ${titleOf(passkey)}`);
  element.addEventListener('click', click);
  return element;
}

function keyIcon(): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const attributes = { viewBox: '0 0 24 24', width: '22', height: '22', 'aria-hidden': 'true' };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M13 9a4 4 0 1 1-8 0a4 4 0 1 1 8 0M12 12l8 8M16.5 16.5l2.5-2.5');
  svg.append(path);
  return svg;
}
