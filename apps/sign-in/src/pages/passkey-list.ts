import type { AddPasskeyOptions, Passkey, Session } from 'passkey-sign-in-client';
import { passkeys } from '../passkey-client';
import { formats, texts } from '../texts/texts';
import { change } from './change';
import { confirmed } from './dialog';
import { creating } from './creation';
import { element, textElement } from './elements';
import { showProblemText } from './message';
import { passkeyItem } from './passkey-item';
import { titleOf } from './passkey-text';

let known: Passkey[] = [];

/** Those shown last. */
export const knownPasskeys = (): Passkey[] => known;

export async function showPasskeys(): Promise<Passkey[]> {
  known = await withNames(await passkeys.api.listPasskeys());
  const items = known.map((passkey) => passkeyItem(passkey, { rename, upgrade, delete: remove }));
  element('passkeys', HTMLUListElement).replaceChildren(...items);
  return known;
}

/**
 * Gives those that were made in this browser since the sign-in, and that no provider names, a name by which they are told
 * apart: it stays when the browser is another.
 */
async function withNames(listed: Passkey[]): Promise<Passkey[]> {
  const isUnnamed = ({ name, provider, lastUsedAt }: Passkey) => name === null && !provider && !lastUsedAt;
  if (!listed.some(isUnnamed)) return listed;
  const current = (await passkeys.api.listSessions()).find((session) => session.current);
  const browser = current?.browser;
  if (!browser) return listed;
  const isOurs = (passkey: Passkey) => isUnnamed(passkey) && passkey.createdAt >= current.authenticatedAt;
  return Promise.all(
    listed.map(async (passkey) => {
      if (!isOurs(passkey)) return passkey;
      // A name may have no marks of direction, which dates have in some languages.
      const date = formats.date(new Date(passkey.createdAt)).replace(/\p{Bidi_C}/gu, '');
      // What it is called is no reason to show none.
      return passkeys.api.renamePasskey(passkey.id, `${browser}, ${date}`).catch(() => passkey);
    }),
  );
}

/** Adds a passkey, and offers to name it. */
export async function add(button: HTMLButtonElement | null, how?: AddPasskeyOptions): Promise<boolean> {
  let added: Passkey | undefined;
  const done = await change(
    button,
    async () => {
      ({ passkey: added } = await creating(() => passkeys.addPasskey(how)));
      await showPasskeys();
    },
    how?.name === undefined ? texts.news.passkeyReadyToName : texts.news.passkeyReady,
  );
  if (added) itemOf(added)?.querySelector('button')?.focus();
  return done;
}

const itemOf = ({ id }: Passkey) =>
  element('passkeys', HTMLUListElement).children[known.findIndex((passkey) => passkey.id === id)];

/** Says of which passkey the person is signed in with. */
export function markInUse(of: Passkey[], sessions: Session[]): void {
  const used = sessions.find(({ current }) => current)?.passkeyId;
  const passkey = of.find(({ id }) => id === used);
  if (passkey) itemOf(passkey)?.querySelector('div')?.append(textElement('p', texts.passkey.inUse));
}

/** Names the passkey that a dialog is about. */
function say(id: string, passkey: Passkey): void {
  element(id, HTMLParagraphElement).textContent = titleOf(passkey);
}

async function rename(passkey: Passkey): Promise<void> {
  const name = element('rename-name', HTMLInputElement);
  name.value = titleOf(passkey);
  say('rename-which', passkey);
  if (!(await confirmed('rename')) || !name.value.trim()) return;
  await change(
    null,
    async () => {
      await passkeys.api.renamePasskey(passkey.id, name.value.trim());
      await showPasskeys();
    },
    texts.news.renamed(name.value.trim()),
  );
  itemOf(passkey)?.querySelector('button')?.focus();
}

/** Makes one that works without a username, in place of one that does not. */
async function upgrade(passkey: Passkey): Promise<void> {
  await add(null, { replacing: passkey, name: passkey.name ?? titleOf(passkey) });
}

async function remove(passkey: Passkey): Promise<void> {
  if (known.length === 1) {
    showProblemText(texts.passkey.only);
    return;
  }
  say('delete-which', passkey);
  if (!(await confirmed('delete'))) return;
  await change(
    null,
    async () => {
      await passkeys.deletePasskey(passkey);
      await showPasskeys();
    },
    texts.news.deleted(titleOf(passkey)),
  );
  element('passkeys-title', HTMLHeadingElement).focus();
}
