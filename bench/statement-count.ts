import type { BenchDatabase } from './bench-database';
import { type Count, CountingProxy } from './counting-proxy';
import type { LoadOrder } from './load';
import type { Load } from './measurement';
import { answers, FURTHER } from './rounds';
import { type ServerProcess, type ServerProgram, start } from './server-process';

// Short attempts: on a busy machine too some fall between two turns of what runs each second.
const REQUESTS = 15;
const ATTEMPTS = 20;

/**
 * Statements, with their texts, and round trips of one call or flow, seen between the server and PostgreSQL; and the texts of those
 * that came among them, fewer than the requests.
 */
type Seen = Count & { texts: string[]; others: string[] };

const CEREMONY = {
  options: { flow: 'signIn', call: 'options' },
  verify: { flow: 'signIn', call: 'verify' },
} as const;

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
  return behindProxy(program, database, async (server, proxy) => {
    const count = async (order: Pick<LoadOrder, 'flow' | 'call'>) => {
      let least: Seen = { statements: Infinity, roundTrips: Infinity, texts: [], others: [] };
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        await load.measure(server, { ...order, connections: 1, requests: REQUESTS }, () => {
          proxy.reset();
        });
        const statements = proxy.count.statements / REQUESTS;
        if (statements >= least.statements) continue;
        const textsWhere = (holds: (times: number) => boolean) =>
          [...proxy.sent].filter(([, times]) => holds(times)).map(([text]) => text);
        least = {
          statements,
          roundTrips: proxy.count.roundTrips / REQUESTS,
          texts: textsWhere((times) => times >= REQUESTS),
          others: textsWhere((times) => times < REQUESTS),
        };
      }
      return least;
    };
    const counts: StatementCount = {
      options: await count(CEREMONY.options),
      verify: await count(CEREMONY.verify),
    };
    for (const [name, order] of Object.entries(FURTHER)) {
      if (answers(server, order)) counts[name] = await count(order);
    }
    return counts;
  });
}

/**
 * The texts of the statements that calls share, by call.
 * @param program of a server that has calls wait for each other (`GATHER_LEAST`)
 */
export function sharedTexts(
  program: (databaseUrl: string) => ServerProgram,
  database: BenchDatabase,
  load: Load,
): Promise<Record<string, string[]>> {
  return behindProxy(program, database, async (server, proxy) => {
    const texts: Record<string, string[]> = {};
    for (const [name, order] of Object.entries({ ...CEREMONY, ...FURTHER })) {
      if (!('call' in order) || !answers(server, order)) continue;
      await load.measure(server, { ...order, connections: 16, requests: 160 }, () => {
        proxy.reset();
      });
      texts[name] = [...proxy.sent.keys()].filter((text) => text.includes('WITH ORDINALITY'));
    }
    return texts;
  });
}

async function behindProxy<T>(
  program: (databaseUrl: string) => ServerProgram,
  database: BenchDatabase,
  work: (server: ServerProcess, proxy: CountingProxy) => Promise<T>,
): Promise<T> {
  const proxy = await CountingProxy.start(database.url);
  const server = await start(program(proxy.url));
  try {
    return await work(server, proxy);
  } finally {
    await server.stop();
    proxy.close();
  }
}
