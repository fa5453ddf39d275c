import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RelyingApplication } from '../openid/relying-application';
import { freePort } from '../support/free-port';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { Calls, outside } from './soak/calls';
import { Disturbances } from './soak/disturbances';
import { Figures } from './soak/figures';
import { growthOf, type Sample } from './soak/growth';
import { judge } from './soak/judgement';
import { live, WholeLives } from './soak/lives';
import { drawPlots } from './soak/plot';
import { PostgresServers } from './support/postgres-servers';
import { ServerProcess } from './support/server-process';

const ROOT = join(__dirname, '../..');

/** Of `npm run soak`, which alone takes the time. */
const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 0);
/** In less than ten minutes all of it rises that a server needs once; and it is not asked how fast answers came, which others may be the cause of. */
const isShort = SECONDS < 600;
const describeSoak = SECONDS > 0 ? describe : describe.skip;
const FAULT_EVERY = Math.min(60, SECONDS / 8);
const SAMPLE_EVERY = Math.max(1, SECONDS / 300);

/** Lives a second, where half of the capacity can't be measured, since others use the machine too. */
const RATE = Number(process.env['SOAK_RATE'] ?? 0);

/** As `npm run start:prod` has it. */
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: { 'start:prod': string };
};
const nodeOptions = scripts['start:prod'].split(' ').filter((word) => word.startsWith('--'));

describeSoak(
  `over ${SECONDS} s of accounts' lives at half of the capacity, with faults in between, two servers`,
  () => {
    const servers = new PostgresServers({
      MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN,
      SECRET: 'a-secret-of-the-server-0123456789',
      LOG_LEVEL: 'info',
      CHALLENGE_TTL_SECONDS: '30',
      AUTOFILL_TTL_SECONDS: '30',
    });

    it(
      'take no more and no more, and answer within a second',
      async () => {
        const port = String(await freePort());
        const steady = await servers.start({}, { nodeOptions });
        let restarted = await servers.start({ PORT: port }, { nodeOptions });
        const restart = async () => {
          expect(await restarted.stop()).toBe(0);
          restarted = await servers.start({ PORT: port }, { nodeOptions });
        };
        const shops = [await RelyingApplication.start(steady), await RelyingApplication.start(restarted)];
        const places: [ServerProcess, RelyingApplication][] = [
          [steady, shops[0]!],
          [restarted, shops[1]!],
        ];
        let turn = 0;
        const lives = new WholeLives(() => live(...places[turn++ % places.length]!));
        const capacity = RATE > 0 ? null : await lives.capacity(8, Math.min(30, SECONDS / 6));
        expect(lives.failed).toEqual([]);
        const rate = capacity === null ? RATE : capacity / 2;

        const figures = new Figures(steady, servers.cluster, servers.database.name);
        const disturbances = new Disturbances(servers.cluster, servers.database.name, restart);
        const calls = new Calls();
        const began = performance.now();
        const since = (moment: number) => (moment - began) / 1000;
        let ended = false;
        /** After work comes as long a pause at least, on a slow machine too. */
        const every = async (seconds: number, work: () => Promise<number>) => {
          let due = began + seconds * 1000;
          for (;;) {
            await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
            if (ended) return;
            const started = performance.now();
            const over = await work();
            due = Math.max(due + seconds * 1000, over + (over - started));
          }
        };
        try {
          await Promise.all([
            lives.keepUp(rate, SECONDS).finally(() => (ended = true)),
            every(SAMPLE_EVERY, async () => {
              await figures.take(since(performance.now()), lives.lived);
              return performance.now();
            }),
            every(FAULT_EVERY, () => disturbances.next()),
          ]);
        } finally {
          ended = true;
          calls.stop();
        }

        const { spans } = disturbances;
        const undisturbed = outside(calls.all, [...spans, ...calls.standstills]);
        const took = undisturbed.map((call) => call.ended - call.began).sort((a, b) => a - b);
        const { rowsOfALife, grown } = judge(figures);
        const slowest: Sample[] = figures.lived.map(([at], index, all) => [
          at,
          Math.max(
            0,
            ...undisturbed
              .filter(({ ended }) => since(ended) > (all[index - 1]?.[0] ?? 0) && since(ended) <= at)
              .map((call) => call.ended - call.began),
          ),
        ]);
        const one = (title: string, samples: Sample[]) => ({ title, curves: [{ name: '', samples }] });
        const plots = [
          one('resident memory of a server, MB', figures.memory),
          one('file handles of a server', figures.handles),
          one('connections to the database, of both servers', figures.connections),
          one('tables with indexes, MB', figures.tables),
          one("PostgreSQL's log (WAL), MB", figures.wal),
          one("a server's log, MB", figures.log),
          {
            title: 'rows',
            curves: ['users', 'sessions', 'oidc_payloads'].map((name) => ({
              name,
              samples: figures.rows[name]!,
            })),
          },
          one('slowest answer outside faults, ms', slowest),
        ];
        const svg = drawPlots(
          plots,
          SECONDS,
          spans.map((span) => [since(span.began), since(span.ended)]),
        );
        mkdirSync(join(ROOT, 'test/.artifacts'), { recursive: true });
        const file = process.env['UPDATE_SOAK'] ? 'docs/soak.svg' : 'test/.artifacts/soak.svg';
        writeFileSync(join(ROOT, file), svg);

        const told = (samples: readonly Sample[]) => {
          const { mean, growth } = growthOf(samples);
          return `${mean.toFixed(1)}, ${growth >= 0 ? '+' : ''}${growth.toFixed(1)}`;
        };
        console.log(
          [
            `capacity ${capacity?.toFixed(2) ?? 'not measured,'} lives/s; at ${rate.toFixed(2)} lives/s: ${lives.lived} lives, ${calls.all.length} calls, ${spans.length} faults, ${lives.failed.length} lives cut short`,
            `outside faults: ${took.length} answers, p50 ${took[took.length >> 1]!.toFixed(0)} ms, p99 ${took[Math.floor(took.length * 0.99)]!.toFixed(0)} ms, slowest ${took.at(-1)!.toFixed(0)} ms`,
            `standstills of the load's own process: ${calls.standstills.length}, with ${outside(calls.all, spans).length - took.length} answers`,
            `second half, mean and growth: memory ${told(figures.memory)} MB; handles ${told(figures.handles)}; connections ${told(figures.connections)}; tables ${told(figures.tables)} MB; WAL ${told(figures.wal)} MB; log ${told(figures.log)} MB`,
            `rows that stay of a life: ${Object.entries(rowsOfALife)
              .filter(([, rows]) => Math.abs(rows) > 0.005)
              .map(([name, rows]) => `${name} ${rows.toFixed(2)}`)
              .join(', ')}`,
          ].join('\n'),
        );

        expect({
          // In a fault a call is answered 503, or not at all; outside of one as it should be, and within a second.
          wrong: calls.all.filter(({ status }) => status !== null && status >= 500 && status !== 503),
          refused: outside(calls.all, spans).filter(({ status }) => status === null || status >= 500),
          cut: lives.failed.filter(
            (life) => !spans.some((span) => life.began < span.ended && life.ended > span.began),
          ),
          slow: isShort ? [] : undisturbed.filter((call) => call.ended - call.began > 1_000),
          grown: isShort ? [] : grown,
        }).toEqual({ wrong: [], refused: [], cut: [], slow: [], grown: [] });
        // Most of the time is judged.
        expect(took.length).toBeGreaterThan(calls.all.length / 2);
      },
      (SECONDS + 300) * 1000,
    );
  },
);
