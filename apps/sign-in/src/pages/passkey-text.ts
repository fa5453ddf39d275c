import type { Passkey } from 'passkey-sign-in-client';
import { formats, texts } from '../texts/texts';

const DAY_MS = 86_400_000;

const day = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** `today`, `yesterday`, or the date. */
export function dayText(iso: string, now = new Date()): string {
  const date = new Date(iso);
  const daysAgo = Math.round((day(now) - day(date)) / DAY_MS);
  return formats.recentDay(daysAgo) ?? texts.onDate(formats.date(date));
}

export const titleOf = ({ name, provider }: Passkey): string =>
  name ?? provider?.name ?? texts.passkey.unnamed;

/** What a passkey is, in words that a person understands. */
export function describe({ name, provider, deviceType, backedUp }: Passkey): string {
  const { onOneDevice, synced, notYetSynced, keptBy } = texts.passkey;
  const what = deviceType === 'singleDevice' ? onOneDevice : backedUp ? synced : notYetSynced;
  return name !== null && provider ? keptBy(provider.name, what) : what;
}

export function describeUse({ createdAt, lastUsedAt }: Passkey): string {
  const created = dayText(createdAt);
  return lastUsedAt === null
    ? texts.passkey.notUsedYet(created)
    : texts.passkey.lastUsed(created, `${dayText(lastUsedAt)}, ${formats.time(new Date(lastUsedAt))}`);
}

/** What its owner should know, and do. */
export function warnings({ discoverable, cloneSuspectedAt }: Passkey): string[] {
  return [
    discoverable === false ? texts.passkey.needsUsername : '',
    cloneSuspectedAt === null ? '' : texts.passkey.maybeCopied(dayText(cloneSuspectedAt)),
  ].filter(Boolean);
}
