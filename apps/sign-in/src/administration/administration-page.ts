import { hasCode } from 'passkey-sign-in-client';
import { SIGN_IN_PAGE } from '../addresses';
import { passkeys } from '../passkey-client';
import { toSignInOr } from '../pages/change';
import { element, textElement } from '../pages/elements';
import { clearMessage, showProblem } from '../pages/message';
import { sayWhoIsSignedInNow, watchAccount } from '../pages/other-account';
import { comeBackToAdministration } from '../pages/signed-in';
import { ADMINISTRATOR_LINK } from '../sign-up';
import { setTitle } from '../texts/page-title';
import { showApplication, showApplications } from './applications-view';
import { showEvents } from './events-view';
import { showGroup, showGroups } from './groups-view';
import { showInvitations } from './invitations-view';
import { call, manageAs } from './management';
import { button, linkTo, type Show, show, startSecret } from './parts';
import { showSettings } from './settings-view';
import { isGerman, words } from './texts';
import { showUser, showUsers } from './users-view';

const page = element('account', HTMLElement);
const navigation = element('navigation', HTMLElement);

const VIEWS: Record<string, (show: Show, id?: string) => Promise<void>> = {
  users: (show, id) => (id === undefined ? showUsers(show) : showUser(show, id)),
  applications: (show, id) => (id === undefined ? showApplications(show) : showApplication(show, id)),
  groups: (show, id) => (id === undefined ? showGroups(show) : showGroup(show, id)),
  invitations: showInvitations,
  events: showEvents,
  settings: showSettings,
};

const LINK = '#administrator-link=';

/** Keeps the secret of a link while the person signs in, and takes it out of the address. */
function keepLink(): void {
  if (!location.hash.startsWith(LINK)) return;
  sessionStorage.setItem(ADMINISTRATOR_LINK, location.hash.slice(LINK.length));
  history.replaceState(null, '', location.pathname);
}

/** Changes with each view that is opened: what is answered late is not shown in the place of another. */
let turn = 0;

async function route(): Promise<void> {
  const mine = ++turn;
  const [name = '', id] = location.hash.slice(1).split('/');
  const view = Object.hasOwn(VIEWS, name) ? name : 'users';
  for (const link of navigation.querySelectorAll('a')) {
    if (link.hash === `#${view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  try {
    await VIEWS[view]?.((...shown) => {
      if (mine === turn) show(...shown);
    }, id);
  } catch (error) {
    if (mine !== turn) return;
    if (hasCode(error, 'request.not_found')) show(words.administration, words.noApplications);
    else toSignInOr(showProblem)(error);
  }
}

function startNavigation(): void {
  navigation.setAttribute('aria-label', words.administration);
  const names = ['users', 'applications', 'groups', 'invitations', 'events', 'settings'] as const;
  navigation.append(...names.map((name) => linkTo(`#${name}`, words[name])));
  navigation.hidden = false;
  // What was done is still told where it leads to another view by itself.
  page.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('a')) clearMessage();
  });
  addEventListener('hashchange', () => {
    void route().then(() => {
      document.getElementById('view-title')?.focus();
    });
  });
}

function offerClaim(secret: string): void {
  const claim = button(
    words.claim,
    async () => {
      await call('POST', '/api/administrators/claim', { secret });
      sessionStorage.removeItem(ADMINISTRATOR_LINK);
      startNavigation();
      await route();
    },
    { news: words.claimed },
  );
  claim.className = 'primary';
  show(words.claim, textElement('p', words.claimHow), claim);
}

async function start(): Promise<void> {
  keepLink();
  startSecret();
  setTitle(words.administration);
  if (!isGerman) {
    page.lang = 'en';
    page.dir = 'ltr';
  }
  try {
    const account = await passkeys.api.getAccount();
    manageAs(account.id);
    sayWhoIsSignedInNow(account);
    watchAccount(account.id, element('account', HTMLElement));
    const secret = sessionStorage.getItem(ADMINISTRATOR_LINK);
    if (account.administrator) {
      sessionStorage.removeItem(ADMINISTRATOR_LINK);
      startNavigation();
      await route();
    } else if (secret !== null) offerClaim(secret);
    else show(words.notAdministrator, textElement('p', words.notAdministratorHow));
  } catch (error) {
    if (hasCode(error, 'auth.unauthorized')) {
      comeBackToAdministration();
      location.replace(SIGN_IN_PAGE);
      return;
    }
    showProblem(error);
  }
  page.removeAttribute('aria-busy');
}

void start();
