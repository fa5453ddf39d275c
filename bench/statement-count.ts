import type { BenchDatabase } from './bench-database';
import { type Count, CountingProxy } from './counting-proxy';
import type { LoadOrder } from './load';
import type { Load } from './measurement';
import { answers, FURTHER } from './rounds';
import { type ServerProgram, start } from './server-process';

// Short attempts: on a busy machine too some fall between two turns of what runs each second.
const REQUESTS = 15;
const ATTEMPTS = 20;

/** Statements, with their texts, and round trips of one call or flow, seen between the server and PostgreSQL. */
type Seen = Count & { texts: string[] };

export type StatementCount = Record<'options' | 'verify', Seen> & Record<string, Seen>;

/**
 * Counts on a server of its own. What a server does in the background can only add: the least of some attempts
 * is what the requests need.
 */
export async function countStatements(
  program: (databaseUrl: string) => ServerProgram,
  database: BenchDatabase,
  load: Load,
): Promise<StatementCount> {
  const proxy = await CountingProxy.start(database.url);
  const server = await start(program(proxy.url));
  try {
    const count = async (order: Pick<LoadOrder, 'flow' | 'call'>) => {
      const least = { statements: Infinity, roundTrips: Infinity, texts: [] as string[] };
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        await load.measure(server, { ...order, connections: 1, requests: REQUESTS }, () => {
          proxy.reset();
        });
        least.statements = Math.min(least.statements, proxy.count.statements / REQUESTS);
        least.roundTrips = Math.min(least.roundTrips, proxy.count.roundTrips / REQUESTS);
        least.texts = [...proxy.bound].flatMap(([text, times]) => (times >= REQUESTS ? [text] : []));
      }
      return least;
    };
    const counts: StatementCount = {
      options: await count({ flow: 'signIn', call: 'options' }),
      verify: await count({ flow: 'signIn', call: 'verify' }),
    };
    for (const [name, order] of Object.entries(FURTHER)) {
      if (answers(server, order)) counts[name] = await count(order);
    }
    return counts;
  } finally {
    await server.stop();
    proxy.close();
  }
}
