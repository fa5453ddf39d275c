import type { DataSource } from 'typeorm';
import { tableNamesOf } from '../tables';
import { INSTALLATION_SECRET } from './sealed-columns';
import { Sealing } from './sealing';

/** The secret is none under which the database was sealed, or it can't be told which of several was. */
export class SecretError extends Error {}

interface Kept {
  id: string;
  sealed: Buffer;
}

export async function keptSecretOf(dataSource: DataSource): Promise<Kept | undefined> {
  const { tables } = tableNamesOf(dataSource);
  const [row] = await dataSource.query<Kept[]>(
    `SELECT installation_id AS id, sealed FROM ${tables}installation_secrets`,
  );
  return row;
}

/**
 * The secret that the installation began with; undefined where it has begun with none yet. Changes nothing.
 * @throws SecretError when a server with these secrets would not start on the database
 */
export async function installationSecretOf(
  dataSource: DataSource,
  secrets: readonly string[],
): Promise<string | undefined> {
  const kept = await keptSecretOf(dataSource);
  if (kept) {
    const opened = new Sealing(secrets, INSTALLATION_SECRET.purpose).open(kept.sealed, Buffer.from(kept.id));
    if (typeof opened === 'string') return opened;
    throw new SecretError('is not what the database was sealed under: name that one too, after a comma');
  }
  if (secrets.length < 2) return undefined;
  throw new SecretError(
    'is a list, and the database has not been used with any: start once with the one that it has had',
  );
}
