import type { LoadOrder } from './load';
import type { Load, Measurement } from './measurement';
import type { Series } from './report';
import type { ServerProcess } from './server-process';

export interface Plan {
  rounds: number;
  connections: number[];
  /** Of one measurement at several connections; a quarter of it at one. */
  requests: number;
}

const WARM_UP_ROUNDS = 2;

const ALGORITHMS = { ES256: -7, RS256: -257 };

/** Every load on every server in turn: A B A B, each round beginning with another one. */
export async function runRounds(servers: ServerProcess[], load: Load, plan: Plan): Promise<Series[]> {
  const { rounds, connections, requests } = plan;
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    for (const server of servers) {
      for (const call of ['options', 'verify'] as const) {
        await load.measure(server, { call, requests, connections: 16 });
      }
    }
  }
  const series: Series[] = [];
  const run = async (name: string, order: Omit<LoadOrder, 'url' | 'ceremony'>) => {
    const measured = new Map<string, Measurement[]>(servers.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < servers.length; turn++) {
        const server = servers[(round + turn) % servers.length] as ServerProcess;
        measured.get(server.name)?.push(await load.measure(server, order));
      }
    }
    for (const [server, all] of measured) series.push({ server, load: name, rounds: all });
  };
  for (const count of connections) {
    const order = { connections: count, requests: count === 1 ? Math.ceil(requests / 4) : requests };
    await run(`options, ${count} connections`, { ...order, call: 'options' });
    await run(`verify, ${count} connections`, { ...order, call: 'verify' });
    if (count !== 16) continue;
    for (const [name, algorithm] of Object.entries(ALGORITHMS)) {
      await run(`verify ${name} only, ${count} connections`, { ...order, call: 'verify', algorithm });
    }
  }
  return series;
}
