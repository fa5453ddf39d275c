import type { SignedIn, Submitted } from 'passkey-sign-in-client';
import { ACCOUNT_PAGE } from '../addresses';

const ELSEWHERE = 'passkey-is-elsewhere';

/** Goes where the server says, as long as that is on this site. */
export function goOn(signedIn: Submitted & Partial<SignedIn>): void {
  if (signedIn.authenticatorAttachment === 'cross-platform') sessionStorage.setItem(ELSEWHERE, 'true');
  else forgetThatItIsElsewhere();
  const target = new URL(signedIn.redirectTo, location.href);
  location.assign(target.origin === location.origin ? target.href : ACCOUNT_PAGE);
}

/** Whether the passkey of this sign-in is on another device, and this one may get its own. */
export const passkeyIsElsewhere = (): boolean => sessionStorage.getItem(ELSEWHERE) !== null;

export const forgetThatItIsElsewhere = (): void => {
  sessionStorage.removeItem(ELSEWHERE);
};
