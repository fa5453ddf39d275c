import { type Account, hasCode } from 'passkey-sign-in-client';
import { nameOf } from '../account-name';
import { SIGN_IN_PAGE } from '../addresses';
import { passkeys } from '../passkey-client';
import { texts } from '../texts/texts';
import { showNews } from './message';

const CHANGED = 'account-has-changed';

/** Shows who is signed in now, and nothing more of whom the page showed. */
export function showOtherAccount(): void {
  sessionStorage.setItem(CHANGED, 'true');
  location.reload();
}

/** Says so, if the page was loaded because of it. */
export function sayWhoIsSignedInNow(account: Account): void {
  if (sessionStorage.getItem(CHANGED) === null) return;
  sessionStorage.removeItem(CHANGED);
  showNews(texts.news.otherAccount(nameOf(account) ?? ''));
}

/** Codes that are not shown again stay on the screen until they are put away. */
const codes = document.querySelector<HTMLDialogElement>('#codes');

/**
 * Looks again whose account it is, whenever somebody comes back to the page.
 * @param main what shows something of the account
 */
export function watchAccount(
  shown: string,
  main: HTMLElement,
  onSignedOut = () => {
    location.replace(SIGN_IN_PAGE);
  },
): void {
  const lookAgain = () => {
    void passkeys.api.getAccount().then(
      ({ id }) => {
        if (id === shown) main.hidden = false;
        else if (!codes?.open) showOtherAccount();
      },
      (error: unknown) => {
        if (!hasCode(error, 'auth.unauthorized')) main.hidden = false;
        else if (!codes?.open) onSignedOut();
      },
    );
  };
  addEventListener('focus', lookAgain);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) lookAgain();
  });
  codes?.addEventListener('close', lookAgain);
  // A page that the browser keeps, to come back to, shows nothing before it has looked.
  addEventListener('pagehide', () => {
    main.hidden = true;
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) lookAgain();
  });
}
