import { randomUUID } from 'node:crypto';
import type { PostgresCluster } from './postgres-cluster';

/** A new database in the cluster. */
export async function createDatabase(cluster: PostgresCluster): Promise<{ name: string; url: string }> {
  const name = `faults_${randomUUID().replaceAll('-', '')}`;
  await cluster.query(`CREATE DATABASE ${name}`);
  return { name, url: cluster.url(name) };
}

/** Of these usernames those that have no account with a passkey. */
export async function missingOf(cluster: PostgresCluster, database: string, names: string[]) {
  const rows = await cluster.query<{ username: string }>(
    `SELECT i.value AS username FROM passkey.user_identifiers i JOIN passkey.credential_records c USING (user_id)`,
    database,
  );
  const present = new Set(rows.map(({ username }) => username));
  return names.filter((name) => !present.has(name));
}
