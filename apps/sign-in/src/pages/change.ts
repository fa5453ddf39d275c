import { hasCode } from 'passkey-sign-in-client';
import { SIGN_IN_PAGE } from '../addresses';
import { whileBusy } from './busy';
import { showOtherAccount } from './other-account';
import { clearMessage, showNews, showProblem } from './message';

/** Makes one change of the account, and says how it went. */
export async function change(
  button: HTMLButtonElement | null,
  work: () => Promise<unknown>,
  news = '',
): Promise<boolean> {
  clearMessage();
  try {
    await whileBusy(button, work);
    showNews(news);
    return true;
  } catch (error) {
    toSignInOr(showProblem)(error);
    return false;
  }
}

/** Whoever is signed out is sent to sign in. */
export const toSignInOr =
  (otherwise: (error: unknown) => void) =>
  (error: unknown): void => {
    if (hasCode(error, 'auth.unauthorized')) location.replace(SIGN_IN_PAGE);
    else if (hasCode(error, 'session.account_mismatch')) showOtherAccount();
    else otherwise(error);
  };
