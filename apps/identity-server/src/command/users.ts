import type { Command } from 'commander';
import { CommandError } from './command-error';
import { type Management, withManagement } from './management';
import { type Output, toTable } from './output';
import { readSettings, type Settings } from './settings';
import { wholeList } from './whole-list';

export interface User {
  id: string;
  username: string | null;
  primaryEmail: string | null;
  primaryPhone: string | null;
  suspended: boolean;
  createdAt: string;
}

interface Passkey {
  id: string;
  name: string | null;
  provider?: { name: string } | null;
  createdAt: string;
  lastUsedAt: string | null;
}

/** What a user is named by. */
export const USER = 'id, user name, email address or telephone number';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** By id, or as the user would sign in. */
export async function findUser(management: Management, typed: string): Promise<User> {
  if (UUID.test(typed)) return management.call('GET', `/api/users/${typed}`);
  const query = new URLSearchParams({ identifier: typed }).toString();
  const { users } = await management.call<{ users: User[] }>('GET', `/api/users?${query}`);
  const [user] = users;
  if (!user) throw new CommandError(`There is no user ${typed}.`, 1, 'user.user_not_exist');
  return user;
}

export const usersAsTable = (users: User[]): string =>
  toTable(
    ['ID', 'USERNAME', 'EMAIL', 'PHONE', 'SUSPENDED', 'CREATED'],
    users.map((user) => [
      user.id,
      user.username,
      user.primaryEmail,
      user.primaryPhone,
      user.suspended ? 'yes' : 'no',
      user.createdAt,
    ]),
  );

const onServer = <T>(
  { configuration, host }: Settings,
  work: (management: Management) => Promise<T>,
): Promise<T> => withManagement(configuration, host, work);

interface NewUserOptions {
  username?: string;
  email?: string;
  phone?: string;
  emailVerified?: true;
  phoneVerified?: true;
}

async function add(given: NewUserOptions, settings: Settings, output: Output): Promise<void> {
  const user = await onServer(settings, (management) =>
    management.call<User>('POST', '/api/users', {
      username: given.username,
      primaryEmail: given.email,
      primaryPhone: given.phone,
      emailVerified: given.emailVerified,
      phoneVerified: given.phoneVerified,
    }),
  );
  output.result(user, usersAsTable([user]));
}

async function list(typed: string | undefined, limit: number, settings: Settings, output: Output) {
  const users = await onServer(settings, async (management) =>
    typed === undefined
      ? wholeList<User>(management, '/api/users', 'users', limit)
      : [await findUser(management, typed)],
  );
  output.result(users, users.length > 0 ? usersAsTable(users) : 'There are no users.');
}

async function suspend(typed: string, suspended: boolean, settings: Settings, output: Output) {
  const user = await onServer(settings, async (management) => {
    const { id } = await findUser(management, typed);
    return management.call<User>('PATCH', `/api/users/${id}`, { suspended });
  });
  output.result(user, usersAsTable([user]));
}

async function passkeys(typed: string, removed: string | undefined, settings: Settings, output: Output) {
  const found = await onServer(settings, async (management) => {
    const { id } = await findUser(management, typed);
    if (removed !== undefined)
      await management.call('DELETE', `/api/users/${id}/passkeys/${encodeURIComponent(removed)}`);
    return management.call<Passkey[]>('GET', `/api/users/${id}/passkeys`);
  });
  const rows = found.map(({ id, name, provider, createdAt, lastUsedAt }) => [
    id,
    name ?? provider?.name ?? null,
    createdAt,
    lastUsedAt,
  ]);
  const table = toTable(['ID', 'NAME', 'CREATED', 'LAST USED'], rows);
  output.result(found, found.length > 0 ? table : 'The user has no passkey.');
}

async function recoveryLink(typed: string, settings: Settings, output: Output) {
  const link = await onServer(settings, async (management) => {
    const { id } = await findUser(management, typed);
    return management.call<{ url: string; expiresAt: string }>('POST', `/api/users/${id}/recovery-link`);
  });
  output.note(`Whoever opens it is the user. It works once, until ${link.expiresAt}:`);
  output.result(link, link.url);
}

function toLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new CommandError('--limit must be a whole number above 0', 2);
}

/** `user add|list|suspend|passkeys|recovery-link`. */
export function addUserCommands(program: Command): void {
  const user = program.command('user').description('manage users');
  user
    .command('add')
    .description('create a user, who has no passkey yet')
    .option('--username <name>', 'user name')
    .option('--email <address>', 'email address')
    .option('--phone <number>', 'telephone number')
    .option('--email-verified', 'the address is known to be theirs')
    .option('--phone-verified', 'the number is known to be theirs')
    .action((options: NewUserOptions, command: Command) => add(options, ...readSettings(command)));
  user
    .command('list')
    .description('list users, or find one')
    .argument('[user]', USER)
    .option('--limit <number>', 'users at most', '1000')
    .action((typed: string | undefined, { limit }: { limit: string }, command: Command) =>
      list(typed, toLimit(limit), ...readSettings(command)),
    );
  user
    .command('suspend')
    .description('suspend a user: sessions end, and passkeys sign in no longer')
    .argument('<user>', USER)
    .option('--undo', 'let the user sign in again')
    .action((typed: string, { undo }: { undo?: true }, command: Command) =>
      suspend(typed, !undo, ...readSettings(command)),
    );
  user
    .command('passkeys')
    .description("list a user's passkeys, or delete one")
    .argument('<user>', USER)
    .option('--delete <id>', 'delete this passkey first')
    .action((typed: string, options: { delete?: string }, command: Command) =>
      passkeys(typed, options.delete, ...readSettings(command)),
    );
  user
    .command('recovery-link')
    .description('make a link that lets a user in once, within 15 minutes, to add a new passkey')
    .argument('<user>', USER)
    .action((typed: string, _options: unknown, command: Command) =>
      recoveryLink(typed, ...readSettings(command)),
    );
}
