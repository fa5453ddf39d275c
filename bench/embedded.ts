import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fillProduct } from './fill';
import { Load } from './measurement';
import { makePeople } from './people';
import { figuresTable, machine, ratiosTable } from './report';
import { type Plan, runRounds } from './rounds';
import { alone, DIST, product, start } from './server-process';
import { startTimes, told } from './start-times';

const NOTE = `DATABASE_URL is not set: the server on its embedded PostgreSQL, which has one session and works in the
server's process and processor time. There is no floor to compare with and nothing to count statements at:
DATABASE_URL=postgres://... npm run bench has both.`;

/** The product's own class as the server was built with it: compiled here, its imports would not be found. */
interface BuiltDatabase {
  open(options: { dataDir: string }): Promise<{
    dataSource: { query(text: string, values?: unknown[]): Promise<unknown> };
    close(): Promise<void>;
  }>;
}

async function openDatabase(dataDir: string) {
  const path = join(DIST, 'apps/identity-server/src/database/database.js');
  const { Database } = (await import(path)) as { Database: BuiltDatabase };
  return Database.open({ dataDir });
}

const dataDirOf = (folder: string) => join(folder, 'data');

/** From start to ready on the embedded database: with all to make, and from the second start on. */
export async function embeddedStarts(folder: string, starts: number): Promise<string> {
  const program = product({ DATA_DIR: dataDirOf(folder) }, folder);
  const first = await startTimes(program, 1);
  const further = await startTimes(program, starts);
  return `${told(first)} with all to make, ${told(further)} afterwards`;
}

/** The bench without a PostgreSQL server. */
export async function benchEmbedded(
  plan: Plan,
  options: { people: number; starts: number; besideAlone: boolean },
  folder: string,
): Promise<void> {
  console.log(`# Bench\n\n${machine()}, ${new Date().toISOString()}\n\n${NOTE}\n`);
  const dataDir = dataDirOf(folder);
  console.log(`From start to ready: ${await embeddedStarts(folder, options.starts)}.\n`);
  const people = makePeople(options.people);
  const peopleFile = join(folder, 'people.json');
  await writeFile(peopleFile, JSON.stringify(people));
  const database = await openDatabase(dataDir);
  await fillProduct((text, values) => database.dataSource.query(text, values), people);
  await database.dataSource.query('VACUUM ANALYZE');
  await database.close();

  const load = new Load(peopleFile, []);
  const servers = [];
  if (options.besideAlone) {
    const copy = join(folder, 'copy');
    await cp(dataDir, copy, { recursive: true });
    servers.push(await start(alone({ DATA_DIR: copy }, folder)));
  }
  const others = servers.map(({ name }) => name);
  servers.unshift(await start(product({ DATA_DIR: dataDir }, folder)));
  const series = await runRounds(servers, load, plan);
  load.stop();
  for (const server of servers) await server.stop();
  console.log([...ratiosTable(series, others), '', ...figuresTable(series)].join('\n'));
}
