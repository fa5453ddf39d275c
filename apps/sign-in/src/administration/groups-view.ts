import { call, type Group, nameOrIdOf, type User } from './management';
import { actions, button, form, item, linkTo, list, part, removal, type Show } from './parts';
import { words } from './texts';

const GROUPS = '/api/groups';

export async function showGroups(show: Show): Promise<void> {
  const groups = await call<Group[]>('GET', GROUPS);
  const items = groups.map(({ id, name }) => item(linkTo(`#groups/${id}`, name), []));
  const add = form([{ name: 'name', label: words.name }], words.add, async ({ name = '' }) => {
    const { id } = await call<Group>('POST', GROUPS, { name });
    location.hash = `#groups/${id}`;
  });
  show(words.groups, list(items), part(words.newGroup, add));
}

export async function showGroup(show: Show, id: string): Promise<void> {
  const path = `${GROUPS}/${id}`;
  const [{ name }, { members }] = await Promise.all([
    call<Group>('GET', path),
    call<{ members: string[] }>('GET', `${path}/members?limit=200`),
  ]);
  const again = () => showGroup(show, id);
  const users = await Promise.all(members.map((one) => call<User>('GET', `/api/users/${one}`)));
  const items = users.map((user) =>
    item(
      linkTo(`#users/${user.id}`, nameOrIdOf(user)),
      [],
      button(words.remove, () => call('DELETE', `${path}/members/${user.id}`).then(again), {
        name: `${words.remove}: ${nameOrIdOf(user)}`,
      }),
    ),
  );
  const add = form([{ name: 'search', label: words.memberToAdd }], words.add, async ({ search = '' }) => {
    await call('PUT', `${path}/members/${await idOf(search)}`);
    await again();
  });
  const rename = form(
    [{ name: 'name', label: words.name, value: name }],
    words.rename,
    async (typed) => {
      await call('PATCH', path, { name: typed['name'] });
      await again();
    },
    words.saved,
  );
  show(
    name,
    linkTo('#groups', words.back),
    part(words.members, list(items), add),
    rename,
    actions(removal(path, name, '#groups')),
  );
}

/** Of the one user who has it, to the letter; nobody is added by a part of a name. */
async function idOf(typed: string): Promise<string> {
  const query = new URLSearchParams({ search: typed }).toString();
  const { users } = await call<{ users: User[] }>('GET', `/api/users?${query}`);
  const wanted = typed.toLowerCase();
  const found = users.find((user) =>
    [user.id, user.username, user.primaryEmail, user.primaryPhone].some(
      (one) => one?.toLowerCase() === wanted,
    ),
  );
  return found?.id ?? typed;
}
