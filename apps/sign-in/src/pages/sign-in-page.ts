import { type Authorization, requireWebAuthn } from 'passkey-sign-in-client';
import { ACCOUNT_PAGE } from '../addresses';
import { passkeys } from '../passkey-client';
import { keepInvitation } from '../sign-up';
import { product, setTitle } from '../texts/page-title';
import { texts } from '../texts/texts';
import { typedIdentifier } from '../typed-identifier';
import { findAuthorization, offerToAskAgain, showApplication, showConsent } from './authorization';
import { sayThatAccountIsDeleted } from './deleted-account';
import { element, onClick } from './elements';
import { explainCreation, resetCreation, startCreationView } from './creation-view';
import { onSubmit, run } from './form';
import { clearMessage, placeMessage, showNews, showProblem } from './message';
import { keepRecoveryLink, startRecoveryLinkView } from './recovery-link-view';
import { resetRecovery, startRecoveryView } from './recovery-view';
import { goOn } from './signed-in';
import { waitForPerson } from './waiting';

const { page } = texts;
const TITLES = {
  'sign-in': page.signIn,
  create: page.createAccount,
  recover: page.recover,
  'recovery-link': page.recover,
};
type View = keyof typeof TITLES;

const autofill = passkeys.autofill({
  onPicked: () => {
    showNews(texts.news.signingIn);
  },
  onSignedIn: goOn,
  onFailed: showProblem,
});

const viewOfAddress = (): View => {
  const name = location.hash.slice(1);
  return Object.hasOwn(TITLES, name) ? (name as View) : 'sign-in';
};

/** Null where the view asks for none. */
const identifierOf = (view: View) =>
  view === 'recovery-link' ? null : element(`${view}-identifier`, HTMLInputElement);

let shown: View = 'sign-in';

/** Of somebody who is signed in: the passkey button proves that it is still them. */
let proveAgain: (() => Promise<void>) | null = null;

/** Shows the view that the address names, with the name that was typed in the one before. */
function showView(): void {
  keepRecoveryLink();
  const invited = keepInvitation();
  const view = viewOfAddress();
  for (const name of Object.keys(TITLES)) element(name, HTMLElement).hidden = name !== view;
  const identifier = identifierOf(view);
  if (identifier) identifier.value ||= invited ?? identifierOf(shown)?.value ?? '';
  setTitle(TITLES[view]);
  resetCreation();
  resetRecovery();
  clearMessage();
  placeMessage(identifier ?? element('use-recovery-link', HTMLButtonElement));
  explainCreation();
  shown = view;
}

const NEED_WEBAUTHN = '[data-needs-webauthn]';

/** Autofill would begin another interaction than the one in which a code was sent. */
function listenOrNot(): void {
  if (shown !== 'sign-in') void autofill.disarm();
  else autofill.arm();
}

async function start(): Promise<void> {
  if (product !== undefined)
    element('sign-in-title', HTMLHeadingElement).textContent = texts.signInTo(product);
  onSubmit(element('sign-in-form', HTMLFormElement), async (typed = '') => {
    waitForPerson(texts.news.confirmSignIn);
    goOn(await passkeys.signIn({ identifier: typedIdentifier(typed) }));
  });
  onClick('passkey-button', (button) =>
    run(button, async () => {
      waitForPerson(texts.news.confirmSignIn);
      if (proveAgain) await proveAgain();
      else goOn(await passkeys.signIn());
    }),
  );
  // What the browser keeps, to come back to, is of a sign-in that is over.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
  startCreationView();
  startRecoveryView();
  startRecoveryLinkView();
  showView();
  sayThatAccountIsDeleted();
  let canListen = false;
  addEventListener('hashchange', () => {
    showView();
    element(`${shown}-title`, HTMLHeadingElement).focus();
    if (canListen) listenOrNot();
  });
  try {
    requireWebAuthn();
  } catch (error) {
    showProblem(error);
    for (const button of document.querySelectorAll<HTMLButtonElement>(NEED_WEBAUTHN)) button.disabled = true;
    return;
  }
  const account = await findAccount();
  let authorization: Authorization | null = null;
  try {
    authorization = await findAuthorization();
  } catch (error) {
    offerToAskAgain(error);
    // Whoever is signed in has nothing else to do here: the application waits for an answer.
    if (account) return;
  }
  if (authorization) {
    showApplication(authorization);
    // What is proved or allowed here is of nobody else.
    if (account) passkeys.expectAccount(account.id);
    if (account && authorization.prompt === 'consent') {
      showConsent(authorization, account);
      return;
    }
    // A stronger or newer proof is asked for; who it is does not change, and other applications' sessions go on.
    if (account) {
      proveAgain = async () => {
        await passkeys.stepUp();
        goOn(authorization);
      };
    }
    if (authorization.prompt === 'create' && location.hash === '') location.hash = '#create';
  } else if (account && shown !== 'recovery-link') {
    location.replace(ACCOUNT_PAGE);
    return;
  }
  // Autofill would begin another session, and end the one that other applications have something of.
  if (proveAgain) return;
  canListen = true;
  listenOrNot();
}

/** Null where nobody is signed in. */
const findAccount = () => passkeys.api.getAccount().catch(() => null);

void start();
