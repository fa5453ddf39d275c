import { type Command, Option } from 'commander';
import { CommandError } from './command-error';
import { type Management, withManagement } from './management';
import { type Output, toTable } from './output';
import { readSettings, type Settings } from './settings';
import { wholeList } from './whole-list';

interface Application {
  id: string;
  name: string;
  type: string;
  redirectUris: string[];
  groups: string[];
  configured: boolean;
  secret?: string;
}

interface NewApplicationOptions {
  type: string;
  redirectUri: string[];
  postLogoutRedirectUri: string[];
  group: string[];
  thirdParty?: true;
}

const asTable = (applications: Application[]): string =>
  toTable(
    ['ID', 'NAME', 'TYPE', 'REDIRECT URIS', 'GROUPS'],
    applications.map(({ id, name, type, redirectUris, groups }) => [
      id,
      name,
      type,
      redirectUris.join(' ') || null,
      groups.join(' ') || null,
    ]),
  );

/** Where the server is no OpenID Provider the API has no such route. */
const onServer = <T>(
  { configuration, host }: Settings,
  work: (management: Management) => Promise<T>,
): Promise<T> =>
  withManagement(configuration, host, work).catch((error: unknown) => {
    if (!(error instanceof CommandError) || error.code !== 'request.not_found') throw error;
    throw new CommandError('OIDC=off: the server has no applications', 2);
  });

async function add(name: string, options: NewApplicationOptions, settings: Settings, output: Output) {
  const application = await onServer(settings, (management) =>
    management.call<Application>('POST', '/api/applications', {
      name,
      type: options.type,
      redirectUris: options.redirectUri,
      postLogoutRedirectUris: options.postLogoutRedirectUri,
      groups: options.group,
      thirdParty: options.thirdParty,
    }),
  );
  const { id, secret } = application;
  const told = [
    `client_id: ${id}`,
    secret === undefined ? null : `client_secret: ${secret} (shown this once)`,
  ];
  output.result(application, told.filter(Boolean).join('\n'));
}

async function list(settings: Settings, output: Output): Promise<void> {
  const found = await onServer(settings, (management) =>
    wholeList<Application>(management, '/api/applications', 'applications'),
  );
  output.result(found, found.length > 0 ? asTable(found) : 'There are no applications.');
}

const collected = (value: string, before: string[]): string[] => [...before, value];

/** `application add|list`. */
export function addApplicationCommands(program: Command): void {
  const application = program.command('application').description('manage applications that sign people in');
  const type = new Option('--type <type>', 'what kind it is')
    .choices(['web', 'spa', 'native', 'machine', 'device'])
    .default('web');
  application
    .command('add')
    .description('add an application; its secret is shown once')
    .argument('<name>', 'what people know it by')
    .addOption(type)
    .option('--redirect-uri <uri>', 'where people are led back to; once for each', collected, [])
    .option(
      '--post-logout-redirect-uri <uri>',
      'where they are led after a sign-out; likewise',
      collected,
      [],
    )
    .option('--group <name>', 'whose members alone may use it; once for each', collected, [])
    .option('--third-party', "somebody else's: its users are asked for consent")
    .action((name: string, options: NewApplicationOptions, command: Command) =>
      add(name, options, ...readSettings(command)),
    );
  application
    .command('list')
    .description('list applications')
    .action((_options: unknown, command: Command) => list(...readSettings(command)));
}
