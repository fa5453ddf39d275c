import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchDatabase } from './bench-database';
import { fillProduct } from './fill';
import { Load } from './measurement';
import { makePeople } from './people';
import { figuresTable, machine, ratiosTable } from './report';
import { runRounds } from './rounds';
import { binaryOf, product, start } from './server-process';

/** The server beside that of another checkout, built and benched there before, in turn and in one run. */
const { values: args, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    requests: { type: 'string', default: '4000' },
    people: { type: 'string', default: '1000' },
    connections: { type: 'string', default: '16' },
    /** Both on another line of Node.js than the bench's, such as 24. */
    node: { type: 'string' },
  },
});

const OTHER = 'other checkout';

async function beside(adminUrl: string, checkout: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'passkey-beside-'));
  const databases = [await BenchDatabase.create(adminUrl), await BenchDatabase.create(adminUrl)] as const;
  try {
    const people = makePeople(Number(args.people));
    const peopleFile = join(folder, 'people.json');
    await writeFile(peopleFile, JSON.stringify(people));
    const binary = args.node === undefined ? undefined : binaryOf(args.node);
    const own = { ...product({ DATABASE_URL: databases[0].url }, folder), binary };
    const program = { ...product({ DATABASE_URL: databases[1].url }, folder), binary };
    const other = { ...program, name: OTHER, script: resolve(checkout, program.script) };
    // Each fills its own tables, which need not be the same.
    const theirs = (await import(resolve(checkout, 'dist/bench/fill.js'))) as {
      fillProduct: typeof fillProduct;
    };
    for (const [index, one] of [own, other].entries()) {
      await (await start(one)).stop();
      const { client } = index === 0 ? databases[0] : databases[1];
      const fill = index === 0 ? fillProduct : theirs.fillProduct;
      await fill((text, values) => client.query(text, values), people);
      await client.query('VACUUM ANALYZE');
    }
    const load = new Load(peopleFile, [...databases]);
    const servers = [await start(own), await start(other)];
    const series = await runRounds(servers, load, {
      rounds: Number(args.rounds),
      requests: Number(args.requests),
      connections: args.connections.split(',').map(Number),
    });
    for (const server of servers) await server.stop();
    load.stop();
    console.log([machine(), '', ...ratiosTable(series, [OTHER]), '', ...figuresTable(series)].join('\n'));
  } finally {
    for (const database of databases) await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

const [checkout] = positionals;
const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl || !checkout) {
  console.error('Usage: DATABASE_URL=postgres://... npm run bench:beside -- CHECKOUT');
  process.exit(1);
}
beside(databaseUrl, checkout).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
