import {
  deletePasskey,
  getAccount,
  listPasskeys,
  type Passkey,
  renamePasskey,
  signOut,
} from '../api/my-account';
import { ApiError } from '../api/request';
import { addPasskey } from '../ceremonies/create-passkey';
import { signalAccount } from '../ceremonies/signals';
import { whileBusy } from './busy';
import { element } from './elements';
import { clearMessage, showNews, showProblem } from './message';
import { passkeyItem, titleOf } from './passkey-item';

const passkeyList = element('passkeys', HTMLUListElement);

async function showPasskeys(): Promise<void> {
  const passkeys = await listPasskeys();
  passkeyList.replaceChildren(...passkeys.map((passkey) => passkeyItem(passkey, { rename, remove })));
  void signalAccount();
}

async function showAccount(): Promise<void> {
  const { username, primaryEmail, primaryPhone } = await getAccount();
  const identifiers = { Username: username, Email: primaryEmail, Phone: primaryPhone };
  const title = username ?? primaryEmail ?? primaryPhone;
  element('account-title', HTMLHeadingElement).textContent = title;
  for (const [name, value] of Object.entries(identifiers)) {
    if (value === null || value === title) continue;
    const term = document.createElement('dt');
    term.textContent = name;
    const definition = document.createElement('dd');
    definition.textContent = value;
    element('identifiers', HTMLDListElement).append(term, definition);
  }
}

/** Runs one change of the passkeys, shows them afresh, and says how it went. */
async function change(
  button: HTMLButtonElement | null,
  work: () => Promise<unknown>,
  news: string,
): Promise<void> {
  clearMessage();
  try {
    await whileBusy(button, work);
    await showPasskeys();
    showNews(news);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'auth.unauthorized') location.replace('/');
    showProblem(error);
  }
}

/** Opens a dialog, and tells whether it was confirmed. */
function confirmed(dialog: HTMLDialogElement): Promise<boolean> {
  dialog.returnValue = 'cancel';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener(
      'close',
      () => {
        resolve(dialog.returnValue === 'confirm');
      },
      { once: true },
    );
  });
}

async function rename(passkey: Passkey): Promise<void> {
  const name = element('rename-name', HTMLInputElement);
  name.value = passkey.name ?? '';
  if (!(await confirmed(element('rename', HTMLDialogElement))) || !name.value.trim()) return;
  await change(null, () => renamePasskey(passkey.id, name.value.trim()), `Renamed to ${name.value.trim()}.`);
}

async function remove(passkey: Passkey): Promise<void> {
  if (!(await confirmed(element('delete', HTMLDialogElement)))) return;
  await change(null, () => deletePasskey(passkey.id), `${titleOf(passkey)} is deleted.`);
  element('passkeys-title', HTMLHeadingElement).focus();
}

async function start(): Promise<void> {
  const addButton = element('add-passkey', HTMLButtonElement);
  addButton.addEventListener('click', () => void change(addButton, addPasskey, 'Your new passkey is ready.'));
  const signOutButton = element('sign-out', HTMLButtonElement);
  signOutButton.addEventListener('click', () => {
    whileBusy(signOutButton, signOut).then(() => {
      location.replace('/');
    }, showProblem);
  });
  try {
    await Promise.all([showAccount(), showPasskeys()]);
    element('account', HTMLElement).removeAttribute('aria-busy');
  } catch (error) {
    if (error instanceof ApiError && error.code === 'auth.unauthorized') location.replace('/');
    else showProblem(error);
  }
}

void start();
