import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchDatabase } from './bench-database';
import { betterAuth, fillBetterAuth, installBetterAuth } from './better-auth';
import { Load } from './measurement';
import { makePeople } from './people';
import { countsTable, figuresTable, machine, ratiosTable } from './report';
import { runRounds } from './rounds';
import { floor, product, start } from './server-process';
import { countStatements, type StatementCount } from './statement-count';

const { values: args } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    requests: { type: 'string' },
    'better-auth': { type: 'boolean', default: false },
    people: { type: 'string', default: '1000' },
    connections: { type: 'string', default: '1,16,64' },
  },
});

const RESULTS = join(process.cwd(), 'bench/results.md');

/** What a sign-in may ask of the database. */
const ALLOWED_ROUND_TRIPS = { options: 1, verify: 2 };

async function bench(adminUrl: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'passkey-bench-'));
  const database = await BenchDatabase.create(adminUrl);
  const lines: string[] = [];
  const say = (...more: string[]) => {
    lines.push(...more);
    console.log(more.join('\n'));
  };
  try {
    const people = makePeople(args.short ? 60 : Number(args.people));
    const peopleFile = join(folder, 'people.json');
    await writeFile(peopleFile, JSON.stringify(people));
    const productOn = (url: string) => product({ DATABASE_URL: url }, folder);
    const first = await start(productOn(database.url));
    await first.stop();
    await database.fill(people);
    const load = new Load(peopleFile, database);
    const { rows } = await database.client.query<{ server_version: string }>('SHOW server_version');
    say(
      '# Bench',
      '',
      `${machine()}, PostgreSQL ${rows[0]?.server_version}, ${new Date().toISOString()}`,
      '',
    );

    const servers = [await start(productOn(database.url)), await start(floor(database.url, folder))];
    const [server] = servers;
    say(
      `From start to ready: ${first.startMilliseconds.toFixed(0)} ms with all migrations to run, ` +
        `${server?.startMilliseconds.toFixed(0)} ms with none.`,
      '',
    );
    if (args['better-auth']) {
      try {
        await installBetterAuth();
        const other = await start(betterAuth(database.url, folder));
        await fillBetterAuth(database, people);
        servers.push(other);
      } catch (error) {
        say(
          `better-auth is left out: ${error instanceof Error ? error.message.split('\n')[0] : 'it failed'}`,
          '',
        );
      }
    }
    const rounds = Number(args.rounds ?? (args.short ? 1 : 5));
    const connections = args.short ? [16] : args.connections.split(',').map(Number);
    const series = await runRounds(servers, load, {
      rounds,
      connections,
      requests: Number(args.requests ?? (args.short ? 300 : 4000)),
    });
    const others = servers.slice(1).map(({ name }) => name);
    say(`## Ratios of requests per second, ${rounds} rounds in turn: median (least..most)`, '');
    say(...ratiosTable(series, others), '', '## Medians', '', ...figuresTable(series), '');
    if (others.includes('better-auth')) {
      say(
        "better-auth's options look nobody up, and its verify makes the session too, which is two calls more here.",
        '',
      );
    }
    for (const one of servers) await one.stop();

    const counts = await countStatements(productOn, database, load);
    const allCounts: Record<string, StatementCount> = { server: counts };
    allCounts['floor'] = await countStatements((url) => floor(url, folder), database, load);
    if (others.includes('better-auth')) {
      allCounts['better-auth'] = await countStatements((url) => betterAuth(url, folder), database, load);
    }
    say('## SQL of one request', '', ...countsTable(allCounts));
    load.stop();
    for (const call of ['options', 'verify'] as const) {
      const { statements, roundTrips } = counts[call];
      if (roundTrips === ALLOWED_ROUND_TRIPS[call] && statements === roundTrips) continue;
      console.error(
        `${call}: ${statements} statements in ${roundTrips} round trips, ${ALLOWED_ROUND_TRIPS[call]} expected`,
      );
      process.exitCode = 1;
    }
    if (!args.short) await writeFile(RESULTS, lines.join('\n') + '\n');
  } finally {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

bench(process.env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres').then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
