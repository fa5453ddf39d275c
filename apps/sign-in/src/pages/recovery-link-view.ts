import { hasCode } from 'passkey-sign-in-client';
import { passkeys } from '../passkey-client';
import { onClick } from './elements';
import { run } from './form';
import { goOn } from './signed-in';

const FRAGMENT = '#recovery-link';

const KEPT = 'recovery-link';

/** Takes the secret out of the address, where it could be read over a shoulder or kept in the history. */
export function keepRecoveryLink(): void {
  if (!location.hash.startsWith(`${FRAGMENT}=`)) return;
  sessionStorage.setItem(KEPT, location.hash.slice(FRAGMENT.length + 1));
  history.replaceState(null, '', FRAGMENT);
}

const forgetRecoveryLink = (): void => {
  sessionStorage.removeItem(KEPT);
};

/** The link is spent by the person alone: what opens pages to look at them presses no button. */
export function startRecoveryLinkView(): void {
  onClick('use-recovery-link', (button) =>
    run(button, async () => {
      try {
        goOn(await passkeys.recoverWithLink(sessionStorage.getItem(KEPT) ?? ''));
        forgetRecoveryLink();
      } catch (error) {
        if (hasCode(error, 'recovery.link_not_found')) forgetRecoveryLink();
        throw error;
      }
    }),
  );
}
