import type { Account } from 'passkey-sign-in-client';
import { passkeys } from '../passkey-client';
import { whileBusy } from './busy';
import { toSignInOr } from './change';
import { element, onClick, textElement } from './elements';
import { showProblem } from './message';
import { add, knownPasskeys, showPasskeys } from './passkey-list';
import { sayWhoIsSignedInNow, watchAccount } from './other-account';
import { offerPasskey } from './passkey-offer';
import { showRecoveryCodesStatus, startRecoveryCodes } from './recovery-codes';
import { showSessions, startSessions } from './session-list';
import { texts } from '../texts/texts';

async function showAccount(): Promise<Account> {
  const account = await passkeys.api.getAccount();
  passkeys.expectAccount(account.id);
  const { username, primaryEmail, primaryPhone } = account;
  const { identifiers } = texts;
  const shown = [
    [identifiers.username, username],
    [identifiers.email, primaryEmail],
    [identifiers.phone, primaryPhone],
  ] as const;
  const title = username ?? primaryEmail ?? primaryPhone;
  element('account-title', HTMLHeadingElement).textContent = title;
  for (const [name, value] of shown) {
    if (value === null || value === title) continue;
    element('identifiers', HTMLDListElement).append(textElement('dt', name), textElement('dd', value));
  }
  sayWhoIsSignedInNow(title ?? '');
  watchAccount(account.id);
  return account;
}

async function start(): Promise<void> {
  onClick('add-passkey', (button) => add(button));
  onClick('sign-out', (button) => {
    whileBusy(button, passkeys.api.signOut).then(() => {
      location.replace('/');
    }, toSignInOr(showProblem));
  });
  startRecoveryCodes();
  startSessions(knownPasskeys);
  const shown = Promise.all([
    showAccount(),
    showPasskeys().then(async (known) => {
      await showSessions(known);
      return known;
    }),
    showRecoveryCodesStatus(),
  ]);
  try {
    const [account, known] = await shown;
    await offerPasskey(account, known);
  } catch (error) {
    toSignInOr(showProblem)(error);
  }
  // All at once, so that nothing moves.
  element('account', HTMLElement).removeAttribute('aria-busy');
}

void start();
