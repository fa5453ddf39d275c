import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { Client } from 'pg';
import { toPostgresUrl } from '../configuration/database';
import { Variables } from '../configuration/variables';
import { BODY_LIMIT } from '../http/json-body';
import { CommandError } from './command-error';
import { SOURCES, type SourceName } from './import-statements';
import { withManagement } from './management';
import type { Output } from './output';
import { readEnvironment, readSettings, type Settings } from './settings';

/** Passkeys that the API takes at a time, and bytes of them, with room for what is around them. */
const AT_A_TIME = 50;
const BYTES_AT_A_TIME = BODY_LIMIT - 100;

/** Those of a table are fetched so many at a time. */
const ROWS = 1_000;

interface Sum {
  imported: number;
  unchanged: number;
  refused: { credentialId: string; reason: string }[];
}

/** The former system's passkeys, in the form of the import. */
type Passkeys = AsyncGenerator<unknown, void>;

/** From its database, as it is at this moment. */
async function* fromDatabase(url: string, system: SourceName, rpId: string): Passkeys {
  const client = new Client({ connectionString: url, application_name: 'passkey-server import' });
  try {
    await client.connect();
    await client.query(`BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY`);
    await client.query({
      text: `DECLARE passkeys CURSOR FOR ${SOURCES[system](client.escapeLiteral(rpId))}`,
    });
    for (;;) {
      const { rows } = await client.query<{ passkey: unknown }>(`FETCH ${ROWS} FROM passkeys`);
      if (rows.length === 0) return;
      for (const { passkey } of rows) yield passkey;
    }
  } catch (error) {
    throw new CommandError(`SOURCE_DATABASE_URL: ${(error as Error).message}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** From a file of one JSON document a line. */
async function* fromFile(path: string): Passkeys {
  const lines = createInterface({ input: path === '-' ? process.stdin : createReadStream(path) });
  let number = 0;
  try {
    for await (const line of lines) {
      number += 1;
      if (line.trim() !== '') yield JSON.parse(line) as unknown;
    }
  } catch (error) {
    const isText = error instanceof SyntaxError;
    throw new CommandError(isText ? `${path}, line ${number}: is not JSON` : (error as Error).message, 2);
  }
}

/** As many at a time as the API takes. */
async function* inBatches(passkeys: Passkeys): AsyncGenerator<unknown[], void> {
  let batch: unknown[] = [];
  let bytes = 0;
  for await (const passkey of passkeys) {
    const size = Buffer.byteLength(JSON.stringify(passkey)) + ','.length;
    if (batch.length > 0 && (batch.length === AT_A_TIME || bytes + size > BYTES_AT_A_TIME)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(passkey);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

async function importAll(
  passkeys: Passkeys,
  { configuration, host }: Settings,
  output: Output,
  isTrial: boolean,
): Promise<void> {
  const sum: Sum = { imported: 0, unchanged: 0, refused: [] };
  let done = 0;
  if (isTrial) {
    for await (const passkey of passkeys) if (passkey !== undefined) done += 1;
    output.result({ found: done }, `${done} passkeys would be imported.`);
    return;
  }
  await withManagement(configuration, host, async (management) => {
    for await (const batch of inBatches(passkeys)) {
      const { results } = await management.call<{
        results: { credentialId: string; status: string; code?: string; problem?: string }[];
      }>('POST', '/api/passkeys/import', { passkeys: batch });
      done += batch.length;
      for (const { credentialId, status, code, problem } of results) {
        if (status === 'imported') sum.imported += 1;
        else if (status === 'unchanged') sum.unchanged += 1;
        else sum.refused.push({ credentialId, reason: problem ?? code ?? '' });
      }
      output.progress(done, null, 'passkeys');
    }
  });
  const lines = sum.refused.map(
    ({ credentialId, reason }) => `refused: ${credentialId || 'without credentialId'}: ${reason}`,
  );
  const counts = `${sum.imported} imported, ${sum.unchanged} there already, ${sum.refused.length} refused`;
  output.result(sum, [...lines, counts].join('\n'));
  if (sum.refused.length > 0) process.exitCode = 1;
}

/** `import logto|hanko|better-auth|file`. */
export function addImportCommands(program: Command): void {
  const group = program
    .command('import')
    .description("bring another system's users and passkeys; once more changes nothing");
  for (const system of Object.keys(SOURCES) as SourceName[]) {
    group
      .command(system)
      .description(`from the PostgreSQL database that SOURCE_DATABASE_URL (or _FILE) names`)
      .option('--dry-run', 'count what is there')
      .action((options: { dryRun?: true }, command: Command) => {
        const [settings, output] = readSettings(command);
        const url = sourceUrl(readEnvironment(command));
        const { rpId } = settings.configuration;
        return importAll(fromDatabase(url, system, rpId), settings, output, options.dryRun === true);
      });
  }
  group
    .command('file')
    .description('from lines of JSON, as docs/moving.md describes them')
    .argument('<path>', 'file, or - for standard input')
    .option('--dry-run', 'count what is there')
    .action((path: string, options: { dryRun?: true }, command: Command) =>
      importAll(fromFile(path), ...readSettings(command), options.dryRun === true),
    );
}

/** It may hold a password, which stands in no argument that others of this machine see. */
function sourceUrl(env: NodeJS.ProcessEnv): string {
  const url = new Variables(env).parsed('SOURCE_DATABASE_URL', toPostgresUrl);
  if (url !== undefined) return url;
  throw new CommandError('SOURCE_DATABASE_URL: is not set', 2);
}
