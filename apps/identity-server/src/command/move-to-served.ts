import type { Command } from 'commander';
import { openIdProviderSealedColumns } from 'nestjs-passkey-openid-provider';
import {
  countUnopened,
  experienceVerificationSealedColumns,
  MoveError,
  moveTables,
} from 'nestjs-passkey-sign-in';
import type { DataSource } from 'typeorm';
import type { Configuration } from '../configuration';
import { Database } from '../database/database';
import { CommandError } from './command-error';
import {
  AFTERWARDS,
  endEverything,
  named,
  requireDatabase,
  requireStopped,
  withUnpacked,
} from './data-folder';
import { type Output, toTable } from './output';
import { readSettings, type Settings } from './settings';

const SEALED = [...experienceVerificationSealedColumns, ...openIdProviderSealedColumns];

/**
 * What no server could read is not moved.
 * @returns rows that could not be read before either, by table
 * @throws CommandError when SECRET is not that of the database
 */
async function examineSecret(
  source: DataSource,
  { secrets = [] }: Configuration,
): Promise<Record<string, number>> {
  const { installation_secrets: isOther, ...unreadable } = await countUnopened(source, secrets, SEALED);
  if (isOther === undefined) return unreadable;
  throw new CommandError(
    'SECRET: is not what the database is sealed under: name that one, which is kept in the file secret of DATA_DIR, and in backups, where none was set',
    2,
  );
}

async function move(source: DataSource, configuration: Configuration, url: string, output: Output) {
  const unreadable = await examineSecret(source, configuration);
  const target = await Database.connect({ url }, true);
  try {
    const tables = await moveTables(source, target.dataSource, (rows) => {
      output.progress(rows, null, 'rows');
    });
    return { tables, unreadable };
  } catch (error) {
    throw error instanceof MoveError ? new CommandError(`DATABASE_URL: ${error.message}`) : error;
  } finally {
    await target.close();
  }
}

async function moveFrom(
  folder: string,
  isBackup: boolean,
  url: string,
  { configuration }: Settings,
  output: Output,
): ReturnType<typeof move> {
  const database = await Database.open({ dataDir: folder, embeddedIsMeant: true });
  try {
    if (isBackup) await endEverything(database.dataSource);
    return await move(database.dataSource, configuration, url, output);
  } finally {
    await database.close();
  }
}

async function moveToServed(file: string | undefined, settings: Settings, output: Output): Promise<void> {
  const { databaseUrl: url, dataDir } = settings.configuration;
  if (url === undefined) {
    throw new CommandError('DATABASE_URL: must name the empty PostgreSQL database to move to', 2);
  }
  if (file !== undefined) {
    await withUnpacked(file, dataDir, async (folder) => {
      tell(await moveFrom(folder, true, url, settings, output), AFTERWARDS, output);
    });
    return;
  }
  await requireStopped(dataDir);
  await requireDatabase(dataDir);
  const left = `The embedded database in ${dataDir} is as it was: start no server on it any more.`;
  tell(await moveFrom(dataDir, false, url, settings, output), left, output);
}

function tell(moved: Awaited<ReturnType<typeof move>>, afterwards: string, output: Output): void {
  const { tables, unreadable } = moved;
  const rows = Object.entries(tables).map(([table, count]) => [table, String(count)]);
  const unread = Object.entries(unreadable).map(
    ([table, count]) =>
      `${table}: ${count} rows are sealed under another secret, and of no use to any server`,
  );
  output.result(
    moved,
    [toTable(['TABLE', 'ROWS'], rows), 'As many as before, of each table.', ...unread, afterwards].join('\n'),
  );
}

/** `move-to-served`. */
export function addMoveToServed(program: Command): void {
  program
    .command('move-to-served')
    .description('copy the embedded database, or a backup of it, into the empty PostgreSQL of DATABASE_URL')
    .argument('[backup]', 'a backup; else the database in DATA_DIR, on which no server may run')
    .action((file: string | undefined, _options: unknown, command: Command) =>
      named(moveToServed(file, ...readSettings(command))),
    );
}
