import type { SignedIn, Submitted } from 'passkey-sign-in-client';
import { ACCOUNT_PAGE, ADMINISTRATION_PAGE } from '../addresses';

const ELSEWHERE = 'passkey-is-elsewhere';
const ADMINISTRATION = 'administration-waits';

/** Goes where the server says, as long as that is on this site. */
export function goOn(signedIn: Submitted & Partial<SignedIn>): void {
  if (signedIn.authenticatorAttachment === 'cross-platform') sessionStorage.setItem(ELSEWHERE, 'true');
  else forgetThatItIsElsewhere();
  const target = new URL(signedIn.redirectTo, location.href);
  const onward = target.origin === location.origin ? target.href : ACCOUNT_PAGE;
  location.assign(onward === ACCOUNT_PAGE && administrationWaits() ? ADMINISTRATION_PAGE : onward);
}

/** Has whoever signs in next, in this tab, come back to the page for administrators. */
export const comeBackToAdministration = (): void => {
  sessionStorage.setItem(ADMINISTRATION, 'true');
};

function administrationWaits(): boolean {
  const waits = sessionStorage.getItem(ADMINISTRATION) !== null;
  sessionStorage.removeItem(ADMINISTRATION);
  return waits;
}

/** Whether the passkey of this sign-in is on another device, and this one may get its own. */
export const passkeyIsElsewhere = (): boolean => sessionStorage.getItem(ELSEWHERE) !== null;

export const forgetThatItIsElsewhere = (): void => {
  sessionStorage.removeItem(ELSEWHERE);
};
