import type { AddPasskeyOptions, Passkey } from 'passkey-sign-in-client';
import { passkeys } from '../passkey-client';
import { texts } from '../texts/texts';
import { change } from './change';
import { confirmed } from './dialog';
import { element } from './elements';
import { showProblemText } from './message';
import { passkeyItem } from './passkey-item';
import { titleOf } from './passkey-text';

let known: Passkey[] = [];

/** Those shown last. */
export const knownPasskeys = (): Passkey[] => known;

export async function showPasskeys(): Promise<Passkey[]> {
  known = await passkeys.api.listPasskeys();
  const items = known.map((passkey) => passkeyItem(passkey, { rename, upgrade, delete: remove }));
  element('passkeys', HTMLUListElement).replaceChildren(...items);
  return known;
}

/** Adds a passkey, and offers to name it. */
export async function add(button: HTMLButtonElement | null, how?: AddPasskeyOptions): Promise<boolean> {
  let added: Passkey | undefined;
  const done = await change(
    button,
    async () => {
      ({ passkey: added } = await passkeys.addPasskey(how));
      await showPasskeys();
    },
    how?.name === undefined ? texts.news.passkeyReadyToName : texts.news.passkeyReady,
  );
  if (added) itemOf(added)?.querySelector('button')?.focus();
  return done;
}

const itemOf = ({ id }: Passkey) =>
  element('passkeys', HTMLUListElement).children[known.findIndex((passkey) => passkey.id === id)];

async function rename(passkey: Passkey): Promise<void> {
  const name = element('rename-name', HTMLInputElement);
  name.value = passkey.name ?? '';
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
