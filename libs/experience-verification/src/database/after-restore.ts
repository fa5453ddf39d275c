import type { DataSource } from 'typeorm';
import { tableNamesOf } from './tables';

/** What is good for a while only. */
const TABLES = {
  sessions: 'sessions',
  interactions: 'interactions',
  verifications: 'verification_records',
  recoveryLinks: 'recovery_links',
  administratorLinks: 'administrator_links',
  messages: 'waiting_messages',
  invitations: 'invitations',
} as const;

/**
 * To be called on a database that a backup has brought back, before it is used: ends sessions, interactions,
 * ceremonies, recovery links, invitations and messages that wait, for what was signed out, spent, tried or sent since the backup would count
 * again. Pending codes go with their records.
 * @returns how many there were
 */
export function endWhatRunsOut(dataSource: DataSource): Promise<Record<keyof typeof TABLES, number>> {
  const { tables } = tableNamesOf(dataSource);
  return dataSource.transaction(async (transaction) => {
    // All of a large table takes its time.
    await transaction.query(`SET LOCAL statement_timeout = 0`);
    const entries = Object.entries(TABLES) as [keyof typeof TABLES, string][];
    const ended = Object.fromEntries(entries.map(([name]) => [name, 0])) as Record<
      keyof typeof TABLES,
      number
    >;
    for (const [name, table] of entries) {
      const [, count] = await transaction.query<[unknown, number]>(`DELETE FROM ${tables}${table}`);
      ended[name] = count;
    }
    return ended;
  });
}
