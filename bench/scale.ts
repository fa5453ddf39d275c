import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchDatabase } from './bench-database';
import { enlarge } from './enlarge';
import { Load } from './measurement';
import { makePeople } from './people';
import { plansOf } from './plans';
import { figuresTable, ratiosTable } from './report';
import { runRounds } from './rounds';
import { product, start } from './server-process';
import { countStatements } from './statement-count';

/** The same server on a small database and on one with many users, in turn. */
const { values: args } = parseArgs({
  options: {
    users: { type: 'string', default: '5000000' },
    rounds: { type: 'string', default: '5' },
  },
});

async function heapOnly(database: BenchDatabase): Promise<string[]> {
  const { rows } = await database.client.query<{ relname: string; updates: string; hot: string }>(
    `SELECT relname, n_tup_upd AS updates, n_tup_hot_upd AS hot FROM pg_stat_user_tables
      WHERE n_tup_upd > 0 AND schemaname = 'passkey' ORDER BY relname`,
  );
  return rows.map(
    ({ relname, updates, hot }) => `- ${relname}: ${updates} updates, ${hot} of them heap-only`,
  );
}

async function scale(adminUrl: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'passkey-scale-'));
  const databases = [await BenchDatabase.create(adminUrl), await BenchDatabase.create(adminUrl)] as const;
  try {
    const people = makePeople(1000);
    await writeFile(join(folder, 'people.json'), JSON.stringify(people));
    const servers = [];
    for (const database of databases) {
      const first = await start(product({ DATABASE_URL: database.url }, folder));
      await first.stop();
      await database.fill(people);
    }
    const [small, large] = databases;
    console.log(await enlarge(large, Number(args.users)));
    for (const [name, database] of [
      ['server', large],
      ['server at 1,000 users', small],
    ] as const) {
      servers.push({ ...(await start(product({ DATABASE_URL: database.url }, folder))), name });
    }
    const load = new Load(join(folder, 'people.json'), [...databases]);
    const series = await runRounds(servers, load, {
      rounds: Number(args.rounds),
      connections: [16],
      requests: 4000,
    });
    for (const server of servers) await server.stop();
    const statements = await countStatements((url) => product({ DATABASE_URL: url }, folder), large, load);
    load.stop();
    const size = await large.client.query<{ size: string }>(
      'SELECT pg_size_pretty(pg_database_size(current_database())) AS size',
    );
    const text = [
      `# The server at ${args.users} users, ${Number(args.users) * 2} credentials (${size.rows[0]?.size}) beside 1,000`,
      '',
      ...ratiosTable(series, ['server at 1,000 users']),
      '',
      ...figuresTable(series),
      '',
      ...(await heapOnly(large)),
      '',
      ...(await plansOf(large, statements)),
    ].join('\n');
    console.log(text);
    await writeFile('bench/scale-results.md', text);
  } finally {
    for (const database of databases) await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl) {
  console.error('bench:scale needs DATABASE_URL=postgres://...');
  process.exit(1);
}
scale(databaseUrl).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
