import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { CEREMONIES } from './ceremony';
import { type HttpAnswer, HttpConnection } from './http-connection';
import { passkeyOf, type Person } from './people';
import { quantile } from './statistics';

/** One measurement that the bench asks a load process for. */
export interface LoadOrder {
  ceremony: keyof typeof CEREMONIES;
  url: string;
  call: 'options' | 'verify';
  connections: number;
  requests: number;
  /** COSE algorithm identifier; unset: all. */
  algorithm?: number;
}

export interface LoadResult {
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** CPU seconds that the load process itself has used. */
  ownCpu: number;
}

const people = (JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Person[]).map((person) => ({
  person,
  passkey: passkeyOf(person),
}));

let callers = 0;

/** Everybody calls from an address of their own. */
const nextAddress = () => {
  callers += 1;
  return `10.${(callers >> 16) & 255}.${(callers >> 8) & 255}.${callers & 255}`;
};

async function sendAll(connections: HttpConnection[], requests: Buffer[]): Promise<[HttpAnswer[], number[]]> {
  const answers: HttpAnswer[] = [];
  const latencies: number[] = [];
  let next = 0;
  await Promise.all(
    connections.map(async (connection) => {
      for (let index = next++; index < requests.length; index = next++) {
        const start = performance.now();
        const answer = await connection.send(requests[index] as Buffer);
        latencies.push(performance.now() - start);
        if (answer.status !== 200) throw new Error(`${answer.head}\n\n${answer.body}`);
        answers[index] = answer;
      }
    }),
  );
  return [answers, latencies];
}

async function run(order: LoadOrder): Promise<LoadResult> {
  const url = new URL(order.url);
  const ceremony = CEREMONIES[order.ceremony];
  const callersOf = people.filter(
    ({ passkey }) => (order.algorithm ?? passkey.algorithm) === passkey.algorithm,
  );
  const pick = (index: number) => callersOf[index % callersOf.length] as (typeof people)[number];
  const connections = await Promise.all(
    Array.from({ length: order.connections }, () => HttpConnection.open(url)),
  );
  try {
    let requests = Array.from({ length: order.requests }, (_, index) =>
      ceremony.options(url, pick(index).person.username, nextAddress()),
    );
    if (order.call === 'verify') {
      const [answers] = await sendAll(connections, requests);
      requests = answers.map((answer, index) =>
        ceremony.verify(url, answer, pick(index).passkey, nextAddress()),
      );
    } else {
      // The server's own connections may have been idle and gone.
      const some = requests
        .slice(0, 2 * order.connections)
        .map((_, index) => ceremony.options(url, pick(index).person.username, nextAddress()));
      await sendAll(connections, some);
    }
    process.send?.('measuring');
    await new Promise((resolve) => process.once('message', resolve));
    const cpu = process.cpuUsage();
    const start = performance.now();
    const [, latencies] = await sendAll(connections, requests);
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    latencies.sort((a, b) => a - b);
    return {
      seconds,
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      ownCpu: (user + system) / 1e6,
    };
  } finally {
    for (const connection of connections) connection.close();
  }
}

async function serve(): Promise<void> {
  for (;;) {
    const order = await new Promise<LoadOrder>((resolve) => process.once('message', resolve));
    process.send?.(await run(order));
  }
}

serve().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
