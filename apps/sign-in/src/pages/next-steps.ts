import type { Passkey } from 'passkey-sign-in-client';
import { element, onClick } from './elements';
import { hasRecoveryCodes } from './recovery-codes';

const DECLINED = 'next-steps-declined';

/** Leads whoever would be locked out with one lost device to recovery codes and a second passkey. */
export function leadOn(known: Passkey[]): void {
  if (known.length > 1 || hasRecoveryCodes() || localStorage.getItem(DECLINED) !== null) return;
  const section = element('next-steps', HTMLElement);
  section.hidden = false;
  onClick('decline-next-steps', () => {
    localStorage.setItem(DECLINED, 'true');
    section.hidden = true;
    element('passkeys-title', HTMLHeadingElement).focus();
  });
}
