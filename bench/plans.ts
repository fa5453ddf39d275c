import { MOST_GATHERED } from '../libs/experience-verification/src/database/gathering.options';
import type { BenchDatabase } from './bench-database';

const NOTE = `Plans of the statements that the server sent, for any values: what a connection keeps of a prepared statement.`;

/** Rows from which a table is not to be read as a whole. */
const LARGE = 10_000;

/** Of EXPLAIN in JSON. */
interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Plan Rows': number;
  Plans?: Node[];
}

export interface Plans {
  /** Markdown. */
  lines: string[];
  /** What would take the longer the more rows there are. */
  faults: string[];
}

/** EXPLAIN of statements by the texts that came over the wire, each under the name of its call. */
export async function plansOf(database: BenchDatabase, statements: Record<string, string[]>): Promise<Plans> {
  const plans: Plans = { lines: [NOTE, ''], faults: [] };
  const large = await largeTables(database);
  await database.client.query('SET plan_cache_mode = force_generic_plan');
  for (const [call, texts] of Object.entries(statements)) {
    for (const [index, text] of texts.entries()) {
      const name = `${call}, statement ${index + 1} of ${texts.length}`;
      const { lines, root } = await genericPlan(database, text);
      const faults = faultsOf(root, large);
      plans.faults.push(...faults.map((fault) => `${name}: ${fault}`));
      const found = faults.join(', ') || 'reads no large table as a whole, sorts no more than a batch';
      plans.lines.push(`${name}, ${found}:`, '', '```', ...lines, '```', '');
    }
  }
  return plans;
}

async function largeTables({ client }: BenchDatabase): Promise<Set<string>> {
  const { rows } = await client.query<{ relname: string }>(
    `SELECT relname FROM pg_class WHERE relnamespace = 'passkey'::regnamespace AND relkind = 'r' AND reltuples >= ${LARGE}`,
  );
  return new Set(rows.map(({ relname }) => relname));
}

function faultsOf(node: Node, large: Set<string>): string[] {
  const { 'Node Type': type, 'Relation Name': table = '', 'Plan Rows': rows, Plans: below = [] } = node;
  const faults = below.flatMap((one) => faultsOf(one, large));
  if (type === 'Seq Scan' && large.has(table)) faults.push(`reads all of ${table}`);
  if (type.endsWith('Sort') && rows > MOST_GATHERED) faults.push(`sorts ${rows} rows`);
  return faults;
}

async function genericPlan(
  { client }: BenchDatabase,
  text: string,
): Promise<{ lines: string[]; root: Node }> {
  const parameters = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  await client.query(`PREPARE sent AS ${text}`);
  try {
    const given = parameters > 0 ? `(${Array<string>(parameters).fill('NULL').join(', ')})` : '';
    const explain = async <T>(options: string) =>
      (await client.query<{ 'QUERY PLAN': T }>(`EXPLAIN (${options}) EXECUTE sent${given}`)).rows.map(
        (row) => row['QUERY PLAN'],
      );
    const [json] = (await explain<[{ Plan: Node }]>('FORMAT JSON')) as [[{ Plan: Node }]];
    return { lines: await explain<string>('COSTS OFF'), root: json[0].Plan };
  } finally {
    await client.query('DEALLOCATE sent');
  }
}
