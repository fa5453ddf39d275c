import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '../configuration';
import { Database } from '../database/database';
import { reasonOf } from '../reason';
import { addAdministratorCommands } from './administrators';
import { addApplicationCommands } from './applications';
import { addBackupCommands } from './backups';
import { CommandError } from './command-error';
import { addCompletion } from './completion';
import { addDoctor } from './diagnose';
import { addMoveToServed } from './move-to-served';
import { addImportCommands } from './moves';
import { readEnvironment, readSettings } from './settings';
import { addUserCommands } from './users';

/** As far up from the bundle as from here. */
const { version } = JSON.parse(readFileSync(join(__dirname, '../../../../package.json'), 'utf8')) as {
  version: string;
};

async function start(_options: unknown, command: Command): Promise<void> {
  readEnvironment(command);
  const { main } = await import('../start.ts');
  await main();
}

async function migrate(_options: unknown, command: Command): Promise<void> {
  const [{ configuration }, output] = readSettings(command);
  const database = await Database.open(configuration);
  await database.close();
  const { migrated } = database;
  output.result(
    { migrated },
    migrated.length > 0 ? `Migrated: ${migrated.join(', ')}` : 'Nothing to migrate.',
  );
}

function makeProgram(): Command {
  const program = new Command('passkey-server')
    .description('Passkey sign-in: the server, and what its operator needs')
    .version(version)
    .option('--json', 'answer in JSON, on standard output')
    .option('--env-file <path>', 'read the configuration from a file too')
    .option('--host <name>', 'host of the relying party, where RP_TENANTS has several')
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .showHelpAfterError(false);
  program.command('start').description('run the server').action(start);
  program.command('migrate').description("bring the database's schema up to date").action(migrate);
  addUserCommands(program);
  addApplicationCommands(program);
  addAdministratorCommands(program);
  addImportCommands(program);
  addBackupCommands(program);
  addMoveToServed(program);
  addDoctor(program);
  addCompletion(program);
  return program;
}

/** What a command says when it was asked wrongly is said here, in one line. */
function sayNothing(command: Command): void {
  for (const one of command.commands) {
    one.exitOverride().configureOutput({ outputError: () => undefined });
    sayNothing(one);
  }
}

/** One line, whatever it was. */
const lineOf = (error: unknown): string => reasonOf(error).replace(/\s+/g, ' ');

/** Runs the command that the arguments name; the exit code is 0, 1 when it could not be done, 2 when asked wrongly. */
export async function run(argv: string[]): Promise<void> {
  const program = makeProgram();
  sayNothing(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const isUsage = error instanceof CommanderError && error.code !== 'commander.help';
    const isAsked =
      error instanceof CommandError ? error.exitCode === 2 : error instanceof ConfigurationError;
    process.exitCode = isUsage || isAsked || error instanceof CommanderError ? 2 : 1;
    if (error instanceof CommanderError && !isUsage) return;
    const message = lineOf(error).replace(/^error: /, '');
    const code = error instanceof CommandError ? error.code : undefined;
    const text = argv.includes('--json') ? JSON.stringify({ error: { code, message } }) : message;
    process.stderr.write(`${text}\n`);
  }
}
