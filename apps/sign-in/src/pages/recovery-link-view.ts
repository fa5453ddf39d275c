import { passkeys } from '../passkey-client';
import { onClick } from './elements';
import { run } from './form';
import { goOn } from './signed-in';

const FRAGMENT = '#recovery-link';

/** Of the link that opened the page. */
let secret = '';

/** Takes the secret out of the address, where it could be read over a shoulder or kept in the history. */
export function keepRecoveryLink(): void {
  if (!location.hash.startsWith(`${FRAGMENT}=`)) return;
  secret = location.hash.slice(FRAGMENT.length + 1);
  history.replaceState(null, '', FRAGMENT);
}

/** The link is spent by the person alone: what opens pages to look at them presses no button. */
export function startRecoveryLinkView(): void {
  onClick('use-recovery-link', (button) =>
    run(button, async () => {
      goOn(await passkeys.recoverWithLink(secret));
    }),
  );
}
