import type { Command } from 'commander';
import { withManagement } from './management';
import type { Output } from './output';
import { readSettings, type Settings } from './settings';
import { findUser, USER, type User, usersAsTable } from './users';

async function link({ configuration, host }: Settings, output: Output): Promise<void> {
  const made = await withManagement(configuration, host, (management) =>
    management.call<{ url: string; expiresAt: string }>('POST', '/api/administrators/link'),
  );
  output.note(`Whoever opens it, and signs in, is an administrator. It works once, until ${made.expiresAt}:`);
  output.result(made, made.url);
}

async function list({ configuration, host }: Settings, output: Output): Promise<void> {
  const found = await withManagement(configuration, host, (management) =>
    management.call<User[]>('GET', '/api/administrators'),
  );
  output.result(found, found.length > 0 ? usersAsTable(found) : 'There is no administrator.');
}

async function set(
  typed: string,
  method: 'PUT' | 'DELETE',
  { configuration, host }: Settings,
  output: Output,
): Promise<void> {
  const user = await withManagement(configuration, host, async (management) => {
    const { id } = await findUser(management, typed);
    await management.call(method, `/api/administrators/${id}`);
    return management.call<User>('GET', `/api/users/${id}`);
  });
  output.result(user, usersAsTable([user]));
}

/** `admin link|list|add|remove`. */
export function addAdministratorCommands(program: Command): void {
  const admin = program.command('admin').description('say who may use the page for administrators');
  admin
    .command('link')
    .description('make a link: whoever opens it within an hour, and signs in, is an administrator')
    .action((_options: unknown, command: Command) => link(...readSettings(command)));
  admin
    .command('list')
    .description('list the administrators')
    .action((_options: unknown, command: Command) => list(...readSettings(command)));
  admin
    .command('add')
    .description('make a user an administrator')
    .argument('<user>', USER)
    .action((typed: string, _options: unknown, command: Command) =>
      set(typed, 'PUT', ...readSettings(command)),
    );
  admin
    .command('remove')
    .description('make a user no administrator any more')
    .argument('<user>', USER)
    .action((typed: string, _options: unknown, command: Command) =>
      set(typed, 'DELETE', ...readSettings(command)),
    );
}
