import type { DataSource } from 'typeorm';
import { tableNamesOf } from './tables';

/** The id of the database that the module's tables are in: another one means other, or lost, data. */
export async function installationOf(dataSource: DataSource): Promise<string> {
  const { tables } = tableNamesOf(dataSource);
  const [row] = await dataSource.query<{ id: string }[]>(
    `SELECT id FROM ${tables}installations ORDER BY made_at, id LIMIT 1`,
  );
  if (!row) throw new Error('the database has no installation id: the row of its table was deleted');
  return row.id;
}
