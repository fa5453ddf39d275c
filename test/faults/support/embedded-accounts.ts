import { Database } from '../../../apps/identity-server/src/database/database';

/** Of these usernames those that have no account with a passkey in a data folder that no server has open. */
export async function missingInFolder(dataDir: string, names: string[]): Promise<string[]> {
  const database = await Database.open({ dataDir });
  const rows = await database.dataSource.query<{ username: string }[]>(
    `SELECT i.value AS username FROM passkey.user_identifiers i JOIN passkey.credential_records c USING (user_id)`,
  );
  await database.close();
  const present = new Set(rows.map(({ username }) => username));
  return names.filter((name) => !present.has(name));
}
