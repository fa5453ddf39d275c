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
    `SELECT u.username FROM passkey.users u JOIN passkey.credential_records c ON c.user_id = u.id`,
    database,
  );
  const present = new Set(rows.map(({ username }) => username));
  return names.filter((name) => !present.has(name));
}
