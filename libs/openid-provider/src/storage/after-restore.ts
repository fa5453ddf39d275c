import type { DataSource } from 'typeorm';

/**
 * To be called, beside the module's `endWhatRunsOut`, on a database that a backup has brought back: what was used or taken back
 * since the backup would count again.
 */
export async function endWhatWasIssued(dataSource: DataSource): Promise<void> {
  const payloads = dataSource.entityMetadatas.find(({ tableName }) => tableName === 'oidc_payloads');
  if (!payloads) return;
  await dataSource.transaction(async (transaction) => {
    // All of a large table takes its time.
    await transaction.query(`SET LOCAL statement_timeout = 0`);
    await transaction.query(`DELETE FROM ${payloads.tablePath}`);
  });
}
