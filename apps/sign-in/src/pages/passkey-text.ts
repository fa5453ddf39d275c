import type { Passkey } from '@passkey/client';

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

export const titleOf = ({ name, provider }: Passkey): string => name ?? provider?.name ?? 'Passkey';

/** What a passkey is, in words that a person understands. */
export function describe({ name, provider, deviceType, backedUp }: Passkey): string {
  const where =
    deviceType === 'singleDevice'
      ? 'Stays on one device: lost with it'
      : backedUp
        ? 'Synced: works on your other devices too, and is backed up'
        : 'Can be synced, but is not backed up yet';
  return name !== null && provider ? `Kept by ${provider.name}. ${where}` : where;
}

export function describeUse({ createdAt, lastUsedAt }: Passkey): string {
  const used = lastUsedAt === null ? 'not used yet' : `last used ${dayText(lastUsedAt)}`;
  return `Created ${dayText(createdAt)}, ${used}`;
}

/** What its owner should know, and do. */
export function warnings({ discoverable, cloneSuspectedAt }: Passkey): string[] {
  return [
    discoverable === false
      ? 'Needs your username: you must type it first when you sign in with this one.'
      : '',
    cloneSuspectedAt === null
      ? ''
      : `It may have been copied: two devices seem to use it (noticed ${dayText(cloneSuspectedAt)}). Delete it, and make a new one.`,
  ].filter(Boolean);
}
