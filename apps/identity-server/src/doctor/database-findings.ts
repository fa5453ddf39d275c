import { examineMigrations, installationOf, installationSecretOf, SecretError } from 'nestjs-passkey-sign-in';
import type { DataSource } from 'typeorm';
import { type Configuration, ConfigurationError } from '../configuration';
import { keptSecret } from '../database/kept-secret';
import { lastInstallation } from '../database/seen-installation';
import { type Finding, Findings } from './finding';

/** What is known of it before. */
type Expected = Pick<Configuration, 'installationId' | 'dataDir' | 'databaseUrl' | 'secrets'>;

/** What a database says of itself. */
export interface DatabaseFindings {
  findings: Finding[];
  /** Null where there is none yet. */
  installation: string | null;
}

/** Seconds that clocks may differ before it is worth a word: cookies and certificates go by the server's. */
const CLOCK_TOLERANCE = 2;

/** Looks at a database that answers, and changes nothing. */
export async function examineDatabase(dataSource: DataSource, expected: Expected): Promise<DatabaseFindings> {
  const database = new Findings('database');
  const clock = new Findings('clock');
  const before = Date.now();
  const [row] = await dataSource.query<{ version: string; encoding: string; now: number }[]>(
    `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
            (1000 * extract(epoch FROM clock_timestamp()))::float8 AS now`,
  );
  const after = Date.now();
  if (!row) throw new Error('the database answers nothing');
  database.ok(`PostgreSQL ${row.version} answers within ${after - before} ms`);
  if (row.encoding === 'UTF8') database.ok('its encoding is UTF8');
  else database.problem(`its encoding is ${row.encoding}, which has no place for all names: it must be UTF8`);
  const ahead = secondsAhead(row.now, before, after);
  if (Math.abs(ahead) <= CLOCK_TOLERANCE) clock.ok("the database's clock is this machine's");
  else {
    const direction = ahead > 0 ? 'ahead of' : 'behind';
    clock.warn(`the database's clock is ${Math.abs(ahead).toFixed(1)} s ${direction} this machine's`);
  }
  const installation = await examineSchema(dataSource, expected, database);
  return { findings: [...database.list, ...clock.list], installation };
}

/** How far a clock that was read between two moments is ahead, at the least; negative when it is behind. */
export function secondsAhead(read: number, before: number, after: number): number {
  if (read > after) return (read - after) / 1000;
  return read < before ? (read - before) / 1000 : 0;
}

async function examineSchema(
  dataSource: DataSource,
  expected: Expected,
  findings: Findings,
): Promise<string | null> {
  const { installationId, dataDir } = expected;
  const { applied, pending, unknown } = await examineMigrations(dataSource);
  if (unknown.length > 0) {
    findings.problem(`its schema is newer than this server, which does not know ${unknown.join(', ')}`);
  }
  if (applied.length === 0) {
    findings.ok('it is empty: the first start makes the tables');
    return null;
  }
  if (pending.length > 0) {
    findings.warn(
      `its schema is older than this server: the next start, or \`migrate\`, runs ${pending.join(', ')}`,
    );
  } else {
    if (unknown.length === 0) findings.ok('its schema is up to date');
    await examineSecret(dataSource, expected, findings);
  }
  const id = await installationOf(dataSource).catch(() => null);
  if (id === null) {
    findings.warn('it has no installation id');
    return null;
  }
  const last = await lastInstallation(dataDir);
  if (installationId !== undefined && installationId !== id) {
    findings.problem(`it is another one than INSTALLATION_ID expects: its id is ${id}`);
  } else if (last !== null && last !== id) {
    findings.warn(`it is another one than at the last start (${last}): its id is ${id}`);
  } else findings.ok(`its installation id is ${id}`);
  return id;
}

async function examineSecret(dataSource: DataSource, expected: Expected, findings: Findings): Promise<void> {
  try {
    const secrets = expected.secrets ?? (await secretOfFolder(expected));
    if (secrets.length === 0) return;
    await installationSecretOf(dataSource, secrets);
    findings.ok('SECRET is what it is sealed under');
  } catch (error) {
    if (error instanceof SecretError) findings.problem(`SECRET: ${error.message}`);
    else if (error instanceof ConfigurationError) findings.problem(error.message);
    else throw error;
  }
}

/** The embedded database's is kept in its folder where no other is said. */
async function secretOfFolder({ databaseUrl, dataDir }: Expected): Promise<string[]> {
  if (databaseUrl !== undefined) return [];
  const kept = await keptSecret(dataDir).catch((error: unknown) => {
    if (error instanceof ConfigurationError) throw error;
    return null;
  });
  return kept === null ? [] : [kept];
}
