import { type Account, browserCan, type Passkey } from 'passkey-sign-in-client';
import { passkeys } from '../passkey-client';
import { texts } from '../texts/texts';
import { element, onClick } from './elements';
import { showNews } from './message';
import { add, showPasskeys } from './passkey-list';
import { forgetThatItIsElsewhere, passkeyIsElsewhere } from './signed-in';

/** Why the person needs a passkey on this device, if so. */
async function reasonToOffer(account: Account, known: Passkey[]): Promise<keyof typeof texts.offer | null> {
  const madeSince = known.some(({ createdAt }) => createdAt >= account.authenticatedAt);
  if (madeSince) return null;
  if (!account.amr.includes('pop')) return 'recovered';
  return passkeyIsElsewhere() && (await browserCan('passkeyPlatformAuthenticator')) ? 'elsewhere' : null;
}

/** How long the page waits for a passkey without a prompt before it offers one. */
const PATIENCE_MS = 1_000;

/**
 * Leads whoever has no passkey here to one: the browser makes it without a prompt where it can (conditional
 * create), and otherwise it is offered.
 * @returns whether it was
 */
export async function offerPasskey(account: Account, known: Passkey[]): Promise<boolean> {
  const reason = await reasonToOffer(account, known);
  if (!reason) return false;
  const section = element('offer', HTMLElement);
  const close = () => {
    section.hidden = true;
    forgetThatItIsElsewhere();
    history.replaceState(null, '', location.pathname);
  };
  const made = passkeys.addPasskeyQuietly().then(async (passkey) => {
    if (!passkey) return;
    close();
    await showPasskeys();
    showNews(texts.news.passkeyMade);
  });
  element('offer-why', HTMLParagraphElement).textContent = texts.offer[reason];
  section.hidden = false;
  onClick('accept-offer', async (button) => {
    if (await add(button)) close();
  });
  onClick('decline-offer', close);
  await Promise.race([made, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  return true;
}
