import { passkeys } from '../passkey-client';
import { change } from './change';
import { confirmed } from './dialog';
import { element, onClick, textElement } from './elements';
import { dayText } from './passkey-text';

/** From so many on, new ones are due. */
const FEW = 3;

let remaining = 0;

export async function showRecoveryCodesStatus(): Promise<void> {
  const status = await passkeys.api.getRecoveryCodesStatus();
  ({ remaining } = status);
  const made = status.createdAt === null ? '' : `, made ${dayText(status.createdAt)}`;
  const codes = remaining === 1 ? '1 unused code' : `${remaining} unused codes`;
  element('recovery-status', HTMLParagraphElement).textContent =
    remaining === 0
      ? 'You have none. With one you get in even when all your passkeys are lost.'
      : `You have ${codes}${made}.${remaining <= FEW ? ' Make new ones before you run out.' : ''}`;
  element('create-recovery-codes', HTMLButtonElement).textContent =
    remaining === 0 ? 'Create recovery codes' : 'Create new codes';
}

async function create(button: HTMLButtonElement): Promise<void> {
  if (remaining > 0 && !(await confirmed('replace-codes'))) return;
  const done = await change(button, async () => {
    const { codes } = await passkeys.withStepUp(() => passkeys.api.createRecoveryCodes());
    element('recovery-codes', HTMLOListElement).replaceChildren(
      ...codes.map((code) => textElement('li', code)),
    );
    await showRecoveryCodesStatus();
  });
  if (!done) return;
  element('codes-news', HTMLParagraphElement).textContent = '';
  await confirmed('codes');
  // They are shown this once.
  element('recovery-codes', HTMLOListElement).replaceChildren();
}

const shownCodes = () =>
  [...element('recovery-codes', HTMLOListElement).children].map(({ textContent }) => textContent);

function asText(): string {
  const title = `Recovery codes for ${location.host}, ${element('account-title', HTMLHeadingElement).textContent}`;
  return [title, 'Each works once.', '', ...shownCodes(), ''].join('\n');
}

async function copy(): Promise<void> {
  const news = element('codes-news', HTMLParagraphElement);
  await navigator.clipboard.writeText(asText()).then(
    () => (news.textContent = 'Copied.'),
    () => (news.textContent = 'Your browser does not allow copying here. Download or print them.'),
  );
}

function download(): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([asText()], { type: 'text/plain' }));
  link.download = 'recovery-codes.txt';
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 1_000);
}

export function startRecoveryCodes(): void {
  onClick('create-recovery-codes', create);
  onClick('copy-codes', copy);
  onClick('download-codes', download);
  onClick('print-codes', () => {
    print();
  });
  // Escape would lose them unseen.
  element('codes', HTMLDialogElement).addEventListener('cancel', (event) => {
    event.preventDefault();
  });
}
