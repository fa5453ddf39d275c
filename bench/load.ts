import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { AFTER, CEREMONIES, type Flow, type FlowName, Visit } from './ceremony';
import { type HttpAnswer, HttpConnection } from './http-connection';
import { passkeyOf, type Person } from './people';
import { quantile } from './statistics';

/** One measurement that the bench asks a load process for. */
export interface LoadOrder {
  ceremony: keyof typeof CEREMONIES;
  url: string;
  flow: FlowName;
  /** Of the flow, whose calls before it are made first; unset: the whole of it, one browser a connection. */
  call?: string;
  connections: number;
  /** Of the call, or of the flow. */
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

/** One after the other on each connection, which takes the next as soon as it is done. */
async function eachOn<T>(
  connections: HttpConnection[],
  items: T[],
  ask: (connection: HttpConnection, item: T) => Promise<void>,
): Promise<number[]> {
  const latencies: number[] = [];
  let next = 0;
  await Promise.all(
    connections.map(async (connection) => {
      for (let index = next++; index < items.length; index = next++) {
        const start = performance.now();
        await ask(connection, items[index] as T);
        latencies.push(performance.now() - start);
      }
    }),
  );
  return latencies;
}

async function send(connection: HttpConnection, request: Buffer): Promise<HttpAnswer> {
  const answer = await connection.send(request);
  if (answer.status >= 400) throw new Error(`${answer.head}\n\n${answer.body}`);
  return answer;
}

const sendAll = (connections: HttpConnection[], calls: { visit: Visit; request: Buffer }[]) =>
  eachOn(connections, calls, async (connection, { visit, request }) => {
    visit.take(await send(connection, request));
  });

let newcomers = 0;

/** Of a server, by its address: browsers that come back, in turn. */
const returning = new Map<string, Visit[]>();
const RETURNING = 64;

async function walk(connections: HttpConnection[], visits: Visit[], steps: Flow[string][]): Promise<void> {
  for (const step of steps) {
    await sendAll(
      connections,
      visits.map((visit) => ({ visit, request: step(visit) })),
    );
  }
}

async function run(order: LoadOrder): Promise<LoadResult> {
  const url = new URL(order.url);
  const flow = Object.entries(CEREMONIES[order.ceremony][order.flow] ?? {});
  const until = flow.findIndex(([name]) => name === order.call);
  const callsBefore = flow.slice(0, Math.max(until, 0)).map(([, step]) => step);
  const measured = flow[until]?.[1];
  const known = people.filter(({ passkey }) => (order.algorithm ?? passkey.algorithm) === passkey.algorithm);
  const before = AFTER[order.flow];
  const visits = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const back = before && returning.get(order.url);
      if (back) return (back[index % back.length] as Visit).tab();
      const { person, passkey } = known[index % known.length] as (typeof people)[number];
      const name = order.flow === 'registration' ? `newcomer-${process.pid}-${++newcomers}` : person.username;
      return new Visit(url, name, passkey, nextAddress());
    });
  const connections = await Promise.all(
    Array.from({ length: order.connections }, () => HttpConnection.open(url)),
  );
  try {
    if (before && !returning.has(order.url)) {
      const first = visits(RETURNING);
      await walk(connections, first, Object.values(CEREMONIES[order.ceremony][before] ?? {}));
      returning.set(order.url, first);
    }
    const browsers = visits(order.requests);
    await walk(connections, browsers, callsBefore);
    // The server's own connections may have been idle and gone.
    const [, first] = flow[0] ?? [];
    if (callsBefore.length === 0 && first) {
      await walk(connections, visits(Math.min(2 * order.connections, order.requests)), [first]);
    }
    const calls = measured && browsers.map((visit) => ({ visit, request: measured(visit) }));
    process.send?.('measuring');
    await new Promise((resolve) => process.once('message', resolve));
    const cpu = process.cpuUsage();
    const start = performance.now();
    const latencies = calls
      ? await sendAll(connections, calls)
      : await eachOn(connections, browsers, async (connection, visit) => {
          for (const [, step] of flow) visit.take(await send(connection, step(visit)));
        });
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
