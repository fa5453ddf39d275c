import type { Account } from 'passkey-sign-in-client';
import { SIGN_IN_PAGE } from '../addresses';
import { passkeys } from '../passkey-client';
import { startAccountDeletion } from './account-deletion';
import { whileBusy } from './busy';
import { toSignInOr } from './change';
import { element, onClick } from './elements';
import { startEvents } from './event-list';
import { showIdentifiers, startIdentifiers } from './identifiers';
import { showProblem } from './message';
import { add, knownPasskeys, markInUse, showPasskeys } from './passkey-list';
import { showApplications } from './application-list';
import { sayWhoIsSignedInNow, watchAccount } from './other-account';
import { leadOn } from './next-steps';
import { offerPasskey } from './passkey-offer';
import { showRecoveryCodesStatus, startRecoveryCodes } from './recovery-codes';
import { showSessions, startSessions } from './session-list';

async function showAccount(): Promise<Account> {
  const account = await passkeys.api.getAccount();
  passkeys.expectAccount(account.id);
  showIdentifiers(account);
  element('administration', HTMLElement).hidden = !account.administrator;
  sayWhoIsSignedInNow(account);
  watchAccount(account.id, element('account', HTMLElement));
  return account;
}

async function start(): Promise<void> {
  onClick('add-passkey', (button) => add(button));
  onClick('sign-out', (button) => {
    whileBusy(button, passkeys.api.signOut).then(() => {
      location.replace(SIGN_IN_PAGE);
    }, toSignInOr(showProblem));
  });
  startIdentifiers();
  startRecoveryCodes();
  startSessions(knownPasskeys);
  startEvents();
  startAccountDeletion();
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
