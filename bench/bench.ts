import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchDatabase } from './bench-database';
import { betterAuth, fillBetterAuth, installBetterAuth } from './better-auth';
import { benchEmbedded, embeddedStarts } from './embedded';
import { Load } from './measurement';
import { makePeople } from './people';
import { countsTable, figuresTable, machine, ratiosTable } from './report';
import { runRounds } from './rounds';
import {
  alone,
  floor,
  oidcProvider,
  product,
  productOnNode,
  type ServerProcess,
  sharingFloor,
  start,
} from './server-process';
import { startTimes, told } from './start-times';
import { countStatements, type StatementCount } from './statement-count';

const { values: args } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    requests: { type: 'string' },
    'better-auth': { type: 'boolean', default: false },
    people: { type: 'string', default: '1000' },
    connections: { type: 'string', default: '1,16,64' },
    only: { type: 'string' },
    node: { type: 'string' },
    alone: { type: 'boolean', default: false },
  },
});

/** What production runs on. */
const PRODUCTION_NODE = '24';

const RESULTS = join(process.cwd(), 'bench/results.md');

/** What a sign-in, and a code flow, may ask of the database. */
const ALLOWED_ROUND_TRIPS = {
  options: 1,
  verify: 2,
  'identification of a sign-in': 1,
  'submit of a sign-in': 1,
  'GET /api/my-account': 1,
  'registration: options': 1,
  'registration: verify': 2,
  'registration: identification': 1,
  'registration: submit': 1,
  'code flow: authorize': 3,
  'code flow: token': 2,
  'code flow: userinfo': 1,
};

const plan = {
  rounds: Number(args.rounds ?? (args.short ? 1 : 5)),
  requests: Number(args.requests ?? (args.short ? 300 : 4000)),
  connections: args.short ? [16] : args.connections.split(',').map(Number),
  flows: true,
  ...(args.only !== undefined && { only: args.only }),
};
const people = args.short ? 60 : Number(args.people);
/** Whether only some loads are wanted, and nothing else. */
const isPart = args.only !== undefined;
/** Lines of Node.js on which the server is measured beside that of the bench. */
const otherNodes = (args.node ?? (args.short ? '' : PRODUCTION_NODE))
  .split(',')
  .filter((line) => line && !process.version.startsWith(`v${line}.`));
const starts = args.short || isPart ? 1 : 5;

/** better-auth, or why it can not be measured. */
async function startBetterAuth(database: BenchDatabase, folder: string, all: ReturnType<typeof makePeople>) {
  try {
    await installBetterAuth();
    const server = await start(betterAuth(database.url, folder));
    await fillBetterAuth(database, all);
    return server;
  } catch (error) {
    return `better-auth is left out: ${error instanceof Error ? error.message.split('\n')[0] : 'it failed'}`;
  }
}

async function bench(adminUrl: string, folder: string): Promise<void> {
  const database = await BenchDatabase.create(adminUrl);
  const lines: string[] = [];
  const say = (...more: string[]) => {
    lines.push(...more);
    console.log(more.join('\n'));
  };
  try {
    const everybody = makePeople(people);
    const peopleFile = join(folder, 'people.json');
    await writeFile(peopleFile, JSON.stringify(everybody));
    const productOn = (url: string) => product({ DATABASE_URL: url }, folder);
    const first = await startTimes(productOn(database.url), 1);
    await database.fill(everybody);
    const load = new Load(peopleFile, [database]);
    const { rows } = await database.client.query<{ server_version: string }>('SHOW server_version');
    const version = rows[0]?.server_version;
    say('# Bench', '', `${machine()}, PostgreSQL ${version}, ${new Date().toISOString()}`, '');
    const further = await startTimes(productOn(database.url), starts);
    const embedded = args.short || isPart ? '' : `; embedded ${await embeddedStarts(folder, starts)}`;
    say(
      `From start to ready: PostgreSQL ${told(first)} with all migrations to run, ${told(further)} with none${embedded}.`,
      '',
    );

    const servers: ServerProcess[] = [
      await start(productOn(database.url)),
      await start(floor(database.url, folder)),
      await start(sharingFloor(database.url, folder)),
      await start(oidcProvider(folder)),
    ];
    for (const line of otherNodes) servers.push(await start(productOnNode(productOn(database.url), line)));
    if (args.alone) servers.push(await start(alone({ DATABASE_URL: database.url }, folder)));
    if (args['better-auth']) {
      const other = await startBetterAuth(database, folder, everybody);
      if (typeof other === 'string') say(other, '');
      else servers.push(other);
    }
    const series = await runRounds(servers, load, plan);
    const others = servers.slice(1).map(({ name }) => name);
    say(`## Ratios of requests per second, ${plan.rounds} rounds in turn: median (least..most)`, '');
    say(...ratiosTable(series, others), '', '## Medians', '', ...figuresTable(series), '');
    if (others.includes('better-auth')) {
      say(
        "better-auth's options look nobody up, and its verify makes the session too, which is two calls more here.",
        '',
      );
    }
    for (const one of servers) await one.stop();
    if (isPart) {
      load.stop();
      return;
    }

    const counts = await countStatements(productOn, database, load);
    const allCounts: Record<string, StatementCount> = { server: counts };
    allCounts['floor'] = await countStatements((url) => floor(url, folder), database, load);
    if (others.includes('better-auth')) {
      allCounts['better-auth'] = await countStatements((url) => betterAuth(url, folder), database, load);
    }
    say('## SQL of one request', '', ...countsTable(allCounts));
    load.stop();
    for (const [call, allowed] of Object.entries(ALLOWED_ROUND_TRIPS)) {
      const { statements = NaN, roundTrips = NaN, others = [] } = counts[call] ?? {};
      if (statements <= allowed && roundTrips <= allowed) continue;
      console.error(`${call}: ${statements} statements in ${roundTrips} round trips, ${allowed} allowed`);
      console.error(...others);
      process.exitCode = 1;
    }
    if (!args.short) await writeFile(RESULTS, lines.join('\n') + '\n');
  } finally {
    await database.drop();
  }
}

async function run(databaseUrl: string | undefined): Promise<void> {
  if (databaseUrl === undefined && args['better-auth']) {
    throw new Error('--better-auth needs DATABASE_URL=postgres://...');
  }
  const folder = await mkdtemp(join(tmpdir(), 'passkey-bench-'));
  try {
    if (databaseUrl === undefined)
      await benchEmbedded(plan, { people, starts, besideAlone: args.alone }, folder);
    else await bench(databaseUrl, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

run(process.env['DATABASE_URL'] || undefined).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error && !process.env['DATABASE_URL'] ? error.message : error);
    process.exit(1);
  },
);
