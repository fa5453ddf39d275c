import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MOST_GATHERED } from '../libs/experience-verification/src/database/gathering.options';
import { BenchDatabase } from './bench-database';
import { addPasskeys, enlarge } from './enlarge';
import { Load } from './measurement';
import { makePeople } from './people';
import { plansOf } from './plans';
import { figuresTable, ratiosTable } from './report';
import { type Plan, runRounds } from './rounds';
import { product, start } from './server-process';
import { countStatements, sharedTexts } from './statement-count';

/** People who ask for options in one batch, as many as it takes, and the passkeys that each of them has. */
const CROWD = { people: MOST_GATHERED, passkeys: 25 };

/** The same server on a small database and on one with many users, in turn. */
const { values: args } = parseArgs({
  options: {
    users: { type: 'string', default: '5000000' },
    rounds: { type: 'string', default: '5' },
    requests: { type: 'string', default: '4000' },
  },
});

const SMALL = 'server at 1,000 users';

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
    const everybody = makePeople(1000 + CROWD.people);
    const [people, crowd] = [everybody.slice(CROWD.people), everybody.slice(0, CROWD.people)];
    const loads = [];
    for (const [name, some] of Object.entries({ people, crowd })) {
      const file = join(folder, `${name}.json`);
      await writeFile(file, JSON.stringify(some));
      loads.push(new Load(file, [...databases]));
    }
    const [load, crowdLoad] = loads as [Load, Load];
    const program = (env: NodeJS.ProcessEnv) => product(env, folder);
    for (const database of databases) {
      const first = await start(program({ DATABASE_URL: database.url }));
      await first.stop();
      await database.fill(everybody);
      await addPasskeys(database, crowd, CROWD.passkeys - 1);
    }
    const [small, large] = databases;
    console.log(await enlarge(large, Number(args.users)));
    const measured = async (load: Load, plan: Omit<Plan, 'rounds'>, env: NodeJS.ProcessEnv = {}) => {
      const servers = [];
      for (const [name, { url }] of [
        ['server', large],
        [SMALL, small],
      ] as const) {
        servers.push({ ...(await start(program({ DATABASE_URL: url, ...env }))), name });
      }
      const series = await runRounds(servers, load, { rounds: Number(args.rounds), ...plan });
      for (const server of servers) await server.stop();
      return series;
    };
    const series = await measured(load, { connections: [16], requests: Number(args.requests) });
    const { people: asking, passkeys } = CROWD;
    const batches = { connections: [asking], requests: 20 * asking, only: 'options' };
    const together = { GATHER_LEAST: String(asking) };
    for (const one of await measured(crowdLoad, batches, together)) {
      series.push({ ...one, load: `options, ${asking} people of ${passkeys} passkeys in one batch` });
    }
    const counted = await countStatements((url) => program({ DATABASE_URL: url }), large, load);
    const alone = Object.entries(counted).map(([call, { texts }]) => [call, texts] as const);
    const shared = await sharedTexts((url) => program({ DATABASE_URL: url, GATHER_LEAST: '8' }), large, load);
    const many = Object.entries(shared).map(([call, texts]) => [`${call}, of many`, texts] as const);
    const plans = await plansOf(large, Object.fromEntries([...alone, ...many]));
    for (const one of loads) one.stop();
    const size = await large.client.query<{ size: string }>(
      'SELECT pg_size_pretty(pg_database_size(current_database())) AS size',
    );
    const text = [
      `# The server at ${args.users} users, ${Number(args.users) * 2} credentials (${size.rows[0]?.size}) beside 1,000`,
      '',
      ...ratiosTable(series, [SMALL]),
      '',
      ...figuresTable(series),
      '',
      ...(await heapOnly(large)),
      '',
      ...plans.lines,
    ].join('\n');
    console.log(text);
    if (plans.faults.length > 0) throw new Error(plans.faults.join('\n'));
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
