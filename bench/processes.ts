import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchDatabase } from './bench-database';
import type { Load, Measurement } from './measurement';
import { figuresTable, type Series } from './report';
import { product, type ServerProcess, start } from './server-process';
import { median, spread } from './statistics';

const CONNECTIONS = 32;
const WARM_UP_ROUNDS = 2;

const NOTE = `The load, PostgreSQL and the servers share the machine's cores. What a request takes of all of them together
bounds the requests a second, and so the ratio, however many processes serve.`;

/** Two server processes beside one, in turn: WORKERS=2 and WORKERS=1. */
export async function compareProcesses(
  database: BenchDatabase,
  load: Load,
  { rounds, requests }: { rounds: number; requests: number },
  folder: string,
): Promise<string[]> {
  const servers: ServerProcess[] = [];
  for (const workers of [1, 2]) {
    const name = `WORKERS=${workers}`;
    const program = product({ DATABASE_URL: database.url, WORKERS: String(workers) }, folder);
    const logFile = join(folder, `${name}.log`);
    servers.push({ ...(await start({ ...program, logFile })), name });
    while (readFileSync(logFile, 'utf8').split('"msg":"Ready').length - 1 < workers) await sleep(20);
  }
  const measured = new Map<string, Measurement[]>();
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const call of ['options', 'verify'] as const) {
      for (const server of round % 2 ? servers.toReversed() : servers) {
        const measurement = await load.measure(server, { call, requests, connections: CONNECTIONS });
        const key = `${call} ${server.name}`;
        if (round >= 0) measured.set(key, [...(measured.get(key) ?? []), measurement]);
      }
    }
  }
  for (const server of servers) await server.stop();

  const lines = [
    `## Two server processes beside one, ${CONNECTIONS} connections, ${rounds} rounds in turn`,
    '',
    NOTE,
    '',
  ];
  const series: Series[] = [];
  for (const call of ['options', 'verify'] as const) {
    const [one = [], two = []] = servers.map(({ name }) => measured.get(`${call} ${name}`));
    lines.push(`- ${call}: ${ratio(one, two)}; ${bound(one)}`);
    servers.forEach(({ name }, index) => {
      series.push({ server: name, load: call, rounds: [one, two][index] ?? [] });
    });
  }
  return [...lines, '', ...figuresTable(series)];
}

const ratio = (one: Measurement[], two: Measurement[]): string =>
  spread(
    two.map(({ requestsPerSecond }, index) => requestsPerSecond / (one[index]?.requestsPerSecond ?? NaN)),
  );

/** What the machine's cores allow, from the processor time of one process's requests. */
function bound(one: Measurement[]): string {
  const cores = availableParallelism();
  const of = (figure: (measurement: Measurement) => number) => median(one.map(figure));
  const server = of(({ serverCpu }) => serverCpu);
  const database = of(({ databaseCpu }) => databaseCpu);
  const load = of(({ loadCpu, requestsPerSecond }) => (loadCpu / requestsPerSecond) * 1e6);
  const most = (cores * 1e6) / (server + database + load);
  const now = of(({ requestsPerSecond }) => requestsPerSecond);
  return (
    `at most ${(most / now).toFixed(2)} here: ${cores} cores over ${server.toFixed(0)} + ${database.toFixed(0)} + ` +
    `${load.toFixed(0)} µs a request of servers, PostgreSQL and load are ${most.toFixed(0)} requests/s`
  );
}
