import { hasCode } from 'passkey-sign-in-client';
import { SIGN_IN_PAGE } from '../addresses';
import { passkeys } from '../passkey-client';
import { texts } from '../texts/texts';
import { element } from './elements';
import { showNews } from './message';

const CHANGED = 'account-has-changed';

/** Shows who is signed in now, and nothing more of whom the page showed. */
export function showOtherAccount(): void {
  sessionStorage.setItem(CHANGED, 'true');
  location.reload();
}

/** Says so, if the page was loaded because of it. */
export function sayWhoIsSignedInNow(name: string): void {
  if (sessionStorage.getItem(CHANGED) === null) return;
  sessionStorage.removeItem(CHANGED);
  showNews(texts.news.otherAccount(name));
}

/** Whether codes are on the screen that are not shown again: they stay until they are put away. */
const codesAreShown = () => element('codes', HTMLDialogElement).open;

/** Looks again whose account it is, whenever somebody comes back to the page. */
export function watchAccount(shown: string): void {
  const main = element('account', HTMLElement);
  const lookAgain = () => {
    void passkeys.api.getAccount().then(
      ({ id }) => {
        if (id === shown) main.hidden = false;
        else if (!codesAreShown()) showOtherAccount();
      },
      (error: unknown) => {
        if (hasCode(error, 'auth.unauthorized')) location.replace(SIGN_IN_PAGE);
        else main.hidden = false;
      },
    );
  };
  addEventListener('focus', lookAgain);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) lookAgain();
  });
  element('codes', HTMLDialogElement).addEventListener('close', lookAgain);
  // A page that the browser keeps, to come back to, shows nothing before it has looked.
  addEventListener('pagehide', () => {
    main.hidden = true;
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) lookAgain();
  });
}
