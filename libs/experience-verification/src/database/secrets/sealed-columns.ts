import type { DataSource } from 'typeorm';
import { tableNamesOf } from '../tables';
import { Sealing } from './sealing';

/** A column whose values `Sealing` has sealed. */
export interface SealedColumn {
  /** Without schema and prefix. */
  table: string;
  /** The column of the names that they fit: the table's key. */
  name: string;
  sealed: string;
  /** What their key is derived for. */
  purpose: string;
}

export const INSTALLATION_SECRET: SealedColumn = {
  table: 'installation_secrets',
  name: 'installation_id',
  sealed: 'sealed',
  purpose: 'installation secret',
};

export const WAITING_MESSAGE: SealedColumn = {
  table: 'waiting_messages',
  name: 'id',
  sealed: 'sealed',
  purpose: 'messages',
};

/** All of the module's own. */
export const experienceVerificationSealedColumns: SealedColumn[] = [INSTALLATION_SECRET, WAITING_MESSAGE];

/** Rows that are looked at a time. */
const ROWS = 500;

/**
 * How many values of sealed columns none of the secrets opens, by table. Of `installation_secrets` it means that the secret is
 * none that the database is used with; of others that they were lost before, since that one is sealed anew last.
 */
export async function countUnopened(
  dataSource: DataSource,
  secrets: readonly string[],
  columns: readonly SealedColumn[],
): Promise<Record<string, number>> {
  const { tables } = tableNamesOf(dataSource);
  const counts: Record<string, number> = {};
  for (const { table, name, sealed, purpose } of columns) {
    const sealing = new Sealing(secrets, purpose);
    let after: unknown = null;
    for (;;) {
      const rows = await dataSource.query<{ name: string | Buffer; sealed: Buffer }[]>(
        `SELECT ${name} AS name, ${sealed} AS sealed FROM ${tables}${table}
          WHERE (${name} > $1) IS NOT FALSE ORDER BY ${name} LIMIT ${ROWS}`,
        [after],
      );
      const unopened = rows.filter(
        (row) => sealing.open(row.sealed, Buffer.from(row.name as string)) === null,
      );
      if (unopened.length > 0) counts[table] = (counts[table] ?? 0) + unopened.length;
      if (rows.length < ROWS) break;
      after = rows.at(-1)?.name;
    }
  }
  return counts;
}
