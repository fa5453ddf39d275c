import type { BenchDatabase } from './bench-database';
import type { StatementCount } from './statement-count';

const NOTE = `Plans of the statements that the server sent, for any values: what a connection keeps of a prepared statement.`;

/** EXPLAIN of each statement of a sign-in, by the text that came over the wire. */
export async function plansOf(database: BenchDatabase, statements: StatementCount): Promise<string[]> {
  const lines: string[] = [NOTE, ''];
  await database.client.query('SET plan_cache_mode = force_generic_plan');
  for (const [call, { texts }] of Object.entries(statements)) {
    for (const [index, text] of texts.entries()) {
      const plan = await genericPlan(database, text);
      const scans = plan.some((line) => line.includes('Seq Scan'))
        ? 'reads a whole table'
        : 'reads no whole table';
      lines.push(
        `${call}, statement ${index + 1} of ${texts.length}, ${scans}:`,
        '',
        '```',
        ...plan,
        '```',
        '',
      );
    }
  }
  return lines;
}

async function genericPlan({ client }: BenchDatabase, text: string): Promise<string[]> {
  const parameters = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  await client.query(`PREPARE sent AS ${text}`);
  try {
    const given = parameters > 0 ? `(${Array<string>(parameters).fill('NULL').join(', ')})` : '';
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) EXECUTE sent${given}`);
    return rows.map((row) => row['QUERY PLAN']);
  } finally {
    await client.query('DEALLOCATE sent');
  }
}
