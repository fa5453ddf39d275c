import type { RecoveryCodesStatus } from 'passkey-sign-in-client';
import { passkeys } from '../passkey-client';
import { texts } from '../texts/texts';
import { change } from './change';
import { confirmed, ignoreEscape } from './dialog';
import { element, onClick, textElement } from './elements';
import { dayText } from './passkey-text';

/** From so many on, new ones are due. */
const FEW = 3;

let remaining = 0;

export const hasRecoveryCodes = (): boolean => remaining > 0;

export async function showRecoveryCodesStatus(): Promise<void> {
  const status = await passkeys.api.getRecoveryCodesStatus();
  ({ remaining } = status);
  element('recovery-status', HTMLParagraphElement).textContent = statusText(status);
  element('create-recovery-codes', HTMLButtonElement).textContent =
    remaining === 0 ? texts.page.createRecoveryCodes : texts.page.createNewCodes;
}

function statusText({ remaining, createdAt }: RecoveryCodesStatus): string {
  const { none, unused, unusedSince, few } = texts.codes;
  if (remaining === 0) return none;
  const left = createdAt === null ? unused(remaining) : unusedSince(remaining, dayText(createdAt));
  return remaining <= FEW ? `${left} ${few}` : left;
}

async function create(button: HTMLButtonElement): Promise<void> {
  if (remaining > 0 && !(await confirmed('replace-codes'))) return;
  const done = await change(button, async () => {
    const { codes } = await passkeys.withStepUp(() => passkeys.api.createRecoveryCodes());
    element('recovery-codes', HTMLOListElement).replaceChildren(
      ...codes.map((code) => textElement('li', code)),
    );
  });
  if (!done) return;
  element('codes-news', HTMLParagraphElement).textContent = '';
  await confirmed('codes');
  // They are shown this once, before anything else is asked that may fail.
  element('recovery-codes', HTMLOListElement).replaceChildren();
  await change(button, showRecoveryCodesStatus);
}

const shownCodes = () =>
  [...element('recovery-codes', HTMLOListElement).children].map(({ textContent }) => textContent);

function asText(): string {
  const account = element('account-title', HTMLHeadingElement).textContent;
  const { title, each } = texts.codes;
  return [title(location.host, account), each, '', ...shownCodes(), ''].join('\n');
}

async function copy(): Promise<void> {
  const news = element('codes-news', HTMLParagraphElement);
  await navigator.clipboard.writeText(asText()).then(
    () => (news.textContent = texts.news.copied),
    () => (news.textContent = texts.news.notCopied),
  );
}

function download(): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([asText()], { type: 'text/plain' }));
  link.download = texts.codes.fileName;
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
  ignoreEscape('codes');
}
