import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { PostgresServers } from './support/postgres-servers';
import type { ServerProcess } from './support/server-process';

/** Calls of which each makes three spans. Of 30,000 those that were kept would be seen in the memory beyond doubt. */
const CALLS = Number(process.env['COLLECTOR_CALLS'] ?? 3_000);

const PREFLIGHT = '/api/experience/preflight/sign-in-web-authn/authentication';

describe('a collector that takes connections and never answers', () => {
  const servers = new PostgresServers();
  let collector: Server;
  beforeAll(async () => {
    collector = createServer((socket) => socket.on('error', () => undefined).resume());
    await once(collector.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => collector.close());

  /** Milliseconds that the slowest of half of the calls took. */
  const ask = async (server: ServerProcess, calls: number): Promise<number> => {
    const taken: number[] = [];
    const person = async () => {
      while (taken.length < calls) {
        const began = performance.now();
        const { status } = await fetch(server.url + PREFLIGHT, { method: 'POST' });
        taken.push(performance.now() - began);
        expect(status).toBe(200);
      }
    };
    await Promise.all(Array.from({ length: 8 }, person));
    return taken.sort((a, b) => a - b)[Math.floor(taken.length / 2)]!;
  };
  const memoryOf = ({ child }: ServerProcess) =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024;

  it('costs spans and two lines of the log: no time, no memory that grows, and two seconds of the end', async () => {
    const { port } = collector.address() as AddressInfo;
    const server = await servers.start({
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      // Longer than what is between exports, so that each finds the one before it under way.
      OTEL_EXPORTER_OTLP_TIMEOUT: '2000',
      OTEL_BSP_SCHEDULE_DELAY: '20',
      OTEL_METRIC_EXPORT_INTERVAL: '500',
    });
    const alone = await servers.start();
    await ask(server, CALLS);
    const before = memoryOf(server);
    const [took, without] = [await ask(server, CALLS), await ask(alone, CALLS)];
    const grown = memoryOf(server) - before;
    const began = performance.now();
    expect(await server.stop()).toBe(0);
    const end = performance.now() - began;
    console.log(
      `half of ${CALLS} calls within ${took.toFixed(1)} ms, ${without.toFixed(1)} without OpenTelemetry; ${grown.toFixed(1)} MB more after them, of ${before.toFixed(0)}; ended in ${Math.round(end)} ms`,
    );
    const lost = server.output.split('\n').filter((line) => /"(problem|stack)"/.test(line));
    const exported = lost.map((line) => (JSON.parse(line) as { exported: unknown }).exported);
    expect(exported.sort()).toEqual(['metrics', 'traces']);
    expect(took).toBeLessThan(500);
    expect(grown).toBeLessThan(64);
    expect(end).toBeLessThan(5_000);
  });
});
