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
} as const;

/**
 * To be called on a database that a backup has brought back, before it is used: ends sessions, interactions,
 * ceremonies, recovery links and messages that wait, for what was signed out, spent, tried or sent since the backup would count
 * again. Pending codes go with their records.
 * @returns how many there were
 */
export function endWhatRunsOut(dataSource: DataSource): Promise<Record<keyof typeof TABLES, number>> {
  const { tables } = tableNamesOf(dataSource);
  return dataSource.transaction(async (transaction) => {
    const ended = {
      sessions: 0,
      interactions: 0,
      verifications: 0,
      recoveryLinks: 0,
      administratorLinks: 0,
      messages: 0,
    };
    for (const [name, table] of Object.entries(TABLES) as [keyof typeof TABLES, string][]) {
      const [, count] = await transaction.query<[unknown, number]>(`DELETE FROM ${tables}${table}`);
      ended[name] = count;
    }
    return ended;
  });
}
