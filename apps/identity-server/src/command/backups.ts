import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { requireNoDatabase, takeRestored } from 'nestjs-embedded-postgres';
import { callControl, CONTROL, refusalIn } from '../control/control-client';
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
import type { Output } from './output';
import { readSettings, type Settings } from './settings';

/** PostgreSQL's own programs take their password from the environment, as PGPASSWORD or a passfile. */
const SERVED = {
  backup: 'DATABASE_URL names a PostgreSQL server: pg_dump --format=custom --file=FILE makes its backup',
  restore:
    'DATABASE_URL names a PostgreSQL server: pg_restore --dbname=DATABASE FILE brings a backup back, and passkey-server after-restore ends what would count again',
};

async function openBackup({
  configuration,
}: Settings): Promise<{ backup: Readable; close: () => Promise<void> }> {
  const { dataDir } = configuration;
  const answer = await callControl(dataDir, 'POST', CONTROL.backup);
  if (answer) {
    if (answer.statusCode !== 200) throw notMade(await refusalIn(answer));
    return { backup: answer, close: () => Promise.resolve() };
  }
  await requireDatabase(dataDir);
  const database = await Database.open({ ...configuration, embeddedIsMeant: true });
  try {
    return { backup: await database.backUp(), close: () => database.close() };
  } catch (error) {
    await database.close();
    throw notMade((error as Error).message);
  }
}

const notMade = (reason: string) => new CommandError(`the backup was not made: ${reason}`);

async function backUp(file: string, settings: Settings, output: Output): Promise<void> {
  if (settings.configuration.databaseUrl !== undefined) throw new CommandError(SERVED.backup, 2);
  const path = resolve(file);
  if (await stat(path).catch(() => null)) throw new CommandError(`${file} is there already`, 2);
  const unfinished = join(dirname(path), `.${basename(path)}.unfinished`);
  const { backup, close } = await openBackup(settings);
  try {
    let read = 0;
    let told = 0;
    backup.on('data', (chunk: Buffer) => {
      read += chunk.length;
      if (read - told < 16 * 1_048_576) return;
      told = read;
      output.progress(Math.round(read / 1_048_576), null, 'MB');
    });
    await pipeline(backup, createWriteStream(unfinished, { mode: 0o600 }));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw notMade((error as Error).message);
  } finally {
    await close();
  }
  const { size } = await stat(path);
  output.result({ file: path, bytes: size }, `${path}: ${(size / 1_048_576).toFixed(1)} MB`);
}

/** Where the secret of a database is that was set aside; null where it had none of its own. */
async function secretSetAside(database: string): Promise<string | null> {
  const path = join(dirname(database), `secret${extname(database)}`);
  return (await stat(path).catch(() => null)) && path;
}

async function restore(
  file: string,
  { replace }: { replace?: true },
  { configuration }: Settings,
  output: Output,
): Promise<void> {
  if (configuration.databaseUrl !== undefined) throw new CommandError(SERVED.restore, 2);
  const { dataDir } = configuration;
  if (!replace) await requireNoDatabase(dataDir);
  await requireStopped(dataDir);
  await withUnpacked(file, dataDir, async (place, madeAt) => {
    const database = await Database.open({ dataDir: place, embeddedIsMeant: true });
    const ended = await endEverything(database.dataSource).finally(() => database.close());
    const before = await takeRestored(place, dataDir);
    const secretBefore = before === null ? null : await secretSetAside(before);
    const secret = secretBefore === null ? '' : `, its secret in ${secretBefore}`;
    const setAside = before === null ? '' : `\nThe database before is in ${before}${secret}.`;
    output.result(
      { madeAt, dataDir, ended, before, secretBefore },
      `Restored to ${dataDir} as of ${madeAt}; all ${ended.sessions} sessions are ended.${setAside}\n${AFTERWARDS}`,
    );
  });
}

async function afterRestore({ configuration }: Settings, output: Output): Promise<void> {
  const { databaseUrl: url } = configuration;
  if (url === undefined) {
    throw new CommandError('DATABASE_URL is not set: restore does it for the embedded database', 2);
  }
  const database = await Database.connect({ url }, true);
  const ended = await endEverything(database.dataSource).finally(() => database.close());
  output.result({ ended }, `All ${ended.sessions} sessions are ended.\n${AFTERWARDS}`);
}

/** `backup`, `restore`, `after-restore`. */
export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .description('write the embedded database into one file, while the server runs')
    .argument('<file>', 'where to, such as passkeys.tar.gz')
    .action((file: string, _options: unknown, command: Command) =>
      named(backUp(file, ...readSettings(command))),
    );
  program
    .command('restore')
    .description('check a backup and put it in DATA_DIR; no server may run there')
    .argument('<file>', 'a backup')
    .option('--replace', 'set aside the database that is there, with its secret')
    .action((file: string, options: { replace?: true }, command: Command) =>
      named(restore(file, options, ...readSettings(command))),
    );
  program
    .command('after-restore')
    .description('end what would count again in a database of DATABASE_URL that a backup has brought back')
    .action((_options: unknown, command: Command) => afterRestore(...readSettings(command)));
}
