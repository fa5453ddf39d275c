import type { Passkey, Session } from 'passkey-sign-in-client';
import { titleOf } from '../pages/passkey-text';
import { call, nameOrIdOf, type User } from './management';
import {
  actions,
  button,
  facts,
  form,
  item,
  linkTo,
  list,
  moreOf,
  type Page,
  part,
  removal,
  type Show,
  showSecret,
  timeText,
} from './parts';
import { words } from './texts';

interface UserPage {
  users: User[];
  nextCursor: string | null;
}

let searched = '';

const stateOf = ({ suspended, administrator }: User): string =>
  [suspended ? words.suspended : words.active, administrator ? words.administrator : '']
    .filter(Boolean)
    .join(' · ');

const userItem = (user: User): HTMLLIElement =>
  item(
    linkTo(`#users/${user.id}`, nameOrIdOf(user)),
    [[user.primaryEmail, user.primaryPhone].filter(Boolean).join(' · '), stateOf(user)].filter(Boolean),
  );

async function pageOf(cursor: string | null): Promise<Page> {
  const query = new URLSearchParams({ limit: '25' });
  if (searched !== '') query.set('search', searched);
  if (cursor !== null) query.set('cursor', cursor);
  const { users, nextCursor } = await call<UserPage>('GET', `/api/users?${query.toString()}`);
  return { items: users.map(userItem), nextCursor };
}

export async function showUsers(show: Show): Promise<void> {
  const first = await pageOf(null);
  const shown = list(first.items, words.nobody);
  const search = form(
    [{ name: 'search', label: words.search, value: searched }],
    words.find,
    async (typed) => {
      searched = typed['search'] ?? '';
      await showUsers(show);
    },
  );
  search.setAttribute('role', 'search');
  const add = form(
    [
      { name: 'username', label: words.username },
      { name: 'primaryEmail', label: words.email },
      { name: 'primaryPhone', label: words.phone },
    ],
    words.add,
    async (typed) => {
      const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
      const { id } = await call<User>('POST', '/api/users', given);
      location.hash = `#users/${id}`;
    },
  );
  show(words.users, search, shown, ...moreOf(first.nextCursor, shown, pageOf), part(words.newUser, add));
}

export async function showUser(show: Show, id: string): Promise<void> {
  const path = `/api/users/${id}`;
  const [user, passkeys, sessions] = await Promise.all([
    call<User>('GET', path),
    call<Passkey[]>('GET', `${path}/passkeys`),
    call<Session[]>('GET', `${path}/sessions`),
  ]);
  const name = nameOrIdOf(user);
  const again = () => showUser(show, id);
  const passkeyItems = passkeys.map((passkey) =>
    item(
      titleOf(passkey),
      [words.lastUsed(timeText(passkey.lastUsedAt))],
      button(words.delete, () => call('DELETE', `${path}/passkeys/${passkey.id}`).then(again), {
        name: `${words.delete}: ${titleOf(passkey)}`,
        sure: words.sureDelete(titleOf(passkey)),
        danger: true,
      }),
    ),
  );
  const sessionItems = sessions.map((session) =>
    item(
      session.browser ?? words.browser,
      [[session.address, words.lastUsed(timeText(session.lastSeenAt))].filter(Boolean).join(' · ')],
      button(words.endSession, () => call('DELETE', `${path}/sessions/${session.id}`).then(again), {
        name: `${words.endSession}: ${session.browser ?? words.browser}`,
      }),
    ),
  );
  const endAll = button(words.endSessions, () => call('DELETE', `${path}/sessions`).then(again), {
    sure: words.sureEndSessions(name),
  });
  show(
    name,
    linkTo('#users', words.back),
    facts(
      [words.username, user.username],
      [words.email, user.primaryEmail],
      [words.phone, user.primaryPhone],
      [words.state, stateOf(user)],
      [words.created, timeText(user.createdAt)],
      [words.id, user.id],
    ),
    stepsOf(user, again),
    part(words.passkeys, list(passkeyItems)),
    part(words.sessions, list(sessionItems), ...(sessions.length > 0 ? [actions(endAll)] : [])),
    linkTo(`#events/${id}`, words.events),
  );
}

/** What can be done with a user. */
function stepsOf(user: User, again: () => Promise<void>): HTMLElement {
  const path = `/api/users/${user.id}`;
  const name = nameOrIdOf(user);
  const suspend = (suspended: boolean) => () => call('PATCH', path, { suspended }).then(again);
  const role = `/api/administrators/${user.id}`;
  return actions(
    button(
      words.recoveryLink,
      async () => {
        const link = await call<{ url: string; expiresAt: string }>('POST', `${path}/recovery-link`);
        void showSecret(words.recoveryLinkTitle, words.recoveryLinkHint(timeText(link.expiresAt)), link.url);
      },
      { news: '' },
    ),
    user.suspended
      ? button(words.restore, suspend(false))
      : button(words.suspend, suspend(true), { sure: words.sureSuspend(name) }),
    user.administrator
      ? button(words.takeAdministrator, () => call('DELETE', role).then(again))
      : button(words.makeAdministrator, () => call('PUT', role).then(again), {
          sure: words.sureAdministrator(name),
        }),
    removal(path, name, '#users'),
  );
}
