import { type Account, type Authorization, hasCode } from 'passkey-sign-in-client';
import { SERVER } from '../addresses';
import { authorizationOfPage, passkeys } from '../passkey-client';
import { setTitle } from '../texts/page-title';
import { texts } from '../texts/texts';
import { scopeText } from './application-list';
import { element, onClick, textElement } from './elements';
import { run } from './form';
import { addLink, placeMessage, showProblem } from './message';
import { sayWhoIsSignedInNow, showOtherAccount, watchAccount } from './other-account';
import { goOn } from './signed-in';

/**
 * What an application that people sign in to waits for; null where the page was opened for none, or it waits no more.
 * @throws where the server does not say
 */
export async function findAuthorization(): Promise<Authorization | null> {
  if (authorizationOfPage === null) return null;
  try {
    return await passkeys.api.getAuthorization();
  } catch (error) {
    if (!hasCode(error, 'authorization.not_found')) throw error;
    showProblem(error);
    return null;
  }
}

/** Says why nobody knows what the application waits for, and asks again where the person wants to. */
export function offerToAskAgain(problem: unknown): void {
  showProblem(problem);
  const link = textElement('a', texts.page.continue);
  link.href = location.href;
  link.addEventListener('click', (event) => {
    event.preventDefault();
    location.reload();
  });
  addLink(link);
}

/** Says for which application the user signs in, and where its terms are. */
export function showApplication({ application, loginHint }: Authorization): void {
  const { name, termsUri, privacyUri } = application;
  const line = element('application', HTMLElement);
  line.replaceChildren(
    ...logoOf(application),
    textElement('span', texts.authorization.continueTo(name)),
    ...linksOf({ termsUri, privacyUri }),
  );
  line.hidden = false;
  if (loginHint === undefined) return;
  for (const view of ['sign-in', 'create'])
    element(`${view}-identifier`, HTMLInputElement).value ||= loginHint;
}

/** Asks whether the application may see what it asks for, of this account. */
export function showConsent({ application, scopes }: Authorization, account: Account): void {
  const { name } = application;
  const { authorization } = texts;
  for (const view of document.querySelectorAll('main > section')) (view as HTMLElement).hidden = true;
  const section = element('consent', HTMLElement);
  section.hidden = false;
  element('consent-title', HTMLHeadingElement).textContent = authorization.mayIt(name);
  setTitle(authorization.mayIt(name));
  element('application', HTMLElement).hidden = true;
  element('consent-title', HTMLHeadingElement).before(...logoOf(application));
  element('consent-scopes', HTMLUListElement).replaceChildren(
    ...scopes.map((scope) => textElement('li', scopeText(scope))),
  );
  const decide = (approve: boolean) => (button: HTMLButtonElement) =>
    run(button, async () => {
      try {
        goOn(await passkeys.api.consent(approve));
      } catch (error) {
        if (!hasCode(error, 'session.account_mismatch')) throw error;
        showOtherAccount();
      }
    });
  onClick('allow', decide(true));
  onClick('refuse', decide(false));
  placeMessage(element('allow', HTMLButtonElement));
  sayWhoIsSignedInNow(account);
  watchAccount(account.id, section, () => {
    location.reload();
  });
  element('consent-title', HTMLHeadingElement).focus();
}

/** From this server: the application, and whoever keeps its pictures, is not told who is about to sign in. */
function logoOf({ id, logoUri }: Authorization['application']): HTMLImageElement[] {
  if (logoUri === undefined) return [];
  const logo = new Image(40, 40);
  logo.className = 'application-logo';
  logo.alt = '';
  logo.src = `${SERVER}/api/applications/${id}/logo`;
  logo.addEventListener('error', () => {
    logo.remove();
  });
  return [logo];
}

function linksOf({ termsUri, privacyUri }: { termsUri?: string; privacyUri?: string }): HTMLElement[] {
  const { terms, privacy } = texts.authorization;
  return [
    ...(termsUri === undefined ? [] : [linkTo(termsUri, terms)]),
    ...(privacyUri === undefined ? [] : [linkTo(privacyUri, privacy)]),
  ];
}

function linkTo(url: string, text: string): HTMLAnchorElement {
  const link = textElement('a', text);
  link.href = url;
  link.rel = 'noreferrer';
  link.target = '_blank';
  return link;
}
