import type { Account } from 'passkey-sign-in-client';
import { SIGN_IN_PAGE } from '../addresses';
import { passkeys } from '../passkey-client';
import { whileBusy } from './busy';
import { toSignInOr } from './change';
import { element, onClick, textElement } from './elements';
import { showProblem } from './message';
import { add, knownPasskeys, markInUse, showPasskeys } from './passkey-list';
import { showApplications } from './application-list';
import { sayWhoIsSignedInNow, watchAccount } from './other-account';
import { leadOn } from './next-steps';
import { offerPasskey } from './passkey-offer';
import { showRecoveryCodesStatus, startRecoveryCodes } from './recovery-codes';
import { showSessions, startSessions } from './session-list';
import { texts } from '../texts/texts';

async function showAccount(): Promise<Account> {
  const account = await passkeys.api.getAccount();
  passkeys.expectAccount(account.id);
  const { username, primaryEmail, emailVerified, primaryPhone, phoneVerified } = account;
  const { identifiers, proved, notProved } = texts;
  const shown = [
    [identifiers.username, username, null],
    [identifiers.email, primaryEmail, emailVerified],
    [identifiers.phone, primaryPhone, phoneVerified],
  ] as const;
  const title = username ?? primaryEmail ?? primaryPhone;
  element('account-title', HTMLHeadingElement).textContent = title;
  for (const [name, value, isProved] of shown) {
    // The title has the name; of an address it is said here whether it is proved.
    if (value === null || (value === title && isProved === null)) continue;
    const state = isProved === null ? value : isProved ? proved(value) : notProved(value);
    element('identifiers', HTMLDListElement).append(textElement('dt', name), textElement('dd', state));
  }
  sayWhoIsSignedInNow(title ?? '');
  watchAccount(account.id);
  return account;
}

async function start(): Promise<void> {
  onClick('add-passkey', (button) => add(button));
  onClick('sign-out', (button) => {
    whileBusy(button, passkeys.api.signOut).then(() => {
      location.replace(SIGN_IN_PAGE);
    }, toSignInOr(showProblem));
  });
  startRecoveryCodes();
  startSessions(knownPasskeys);
  const shown = Promise.all([
    showAccount(),
    showPasskeys().then(async (known) => {
      markInUse(known, await showSessions(known));
      return known;
    }),
    showApplications(),
    showRecoveryCodesStatus(),
  ]);
  try {
    const [account, known] = await shown;
    if (!(await offerPasskey(account, known))) leadOn(known);
  } catch (error) {
    toSignInOr(showProblem)(error);
  }
  // All at once, so that nothing moves.
  element('account', HTMLElement).removeAttribute('aria-busy');
}

void start();
