import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AUDIT_EVENTS } from '../libs/experience-verification/src/audit/audit-event';
import { WebhookSender } from '../libs/experience-verification/src/audit/webhook-sender';
import { Sweeper } from '../libs/experience-verification/src/database/sweeping/sweeper.service';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { TestServer } from './support/test-server';

const FOLDER = 'deploy/monitoring';
const isPromtoolHere = spawnSync('promtool', ['--version']).error === undefined;
// CI installs it.
const withPromtool = isPromtoolHere || process.env['CI_REPORTS'] ? it : it.skip;

const promtool = (...args: string[]) => execFileSync('promtool', args, { stdio: 'pipe', encoding: 'utf8' });
const isRefused = (...args: string[]) => spawnSync('promtool', args).status !== 0;

/** Names of figures in expressions of PromQL. */
const figuresIn = (text: string): string[] =>
  [...text.matchAll(/\b((?:passkey|http|process|nodejs)_\w+)/g)].map(([, name = '']) => name);

describe('the figures', () => {
  let server: TestServer;
  let receiver: Server;
  let url: string;
  beforeAll(async () => {
    receiver = createServer((_request, response) => response.writeHead(500).end());
    await once(receiver.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    server = await TestServer.start({
      WEBHOOK_URLS: url,
      WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    });
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.signIn(identifier);
    expectStatus(404, await browser.authenticationOptions(freshUsername()));
    await server.query('DELETE FROM passkey.sweeps');
    await server.app.get(Sweeper).sweep();
  });
  afterAll(async () => {
    await server.stop();
    receiver.close();
  });

  const told = async () => (await fetch(`${server.url}/metrics`)).text();
  /** The value of the one figure with these labels. */
  const valueOf = async (figure: string): Promise<number> => {
    const line = (await told()).split('\n').find((one) => one.startsWith(`${figure} `));
    return Number(line?.split(' ').at(-1));
  };

  it('tell of ceremonies, events, statements, connections, webhooks and sweeps', async () => {
    const count = (step: string, outcome: string) =>
      valueOf(
        `passkey_ceremony_duration_seconds_count{ceremony="authentication",step="${step}",outcome="${outcome}"}`,
      );
    expect(await count('options', 'succeeded')).toBe(1);
    expect(await count('options', 'refused')).toBe(1);
    expect(await count('verify', 'succeeded')).toBe(1);
    expect(await valueOf('passkey_audit_events_total{type="authentication.succeeded"}')).toBe(1);
    expect(await valueOf('passkey_statement_calls_count')).toBeGreaterThan(2);
    const waits = () => valueOf('passkey_database_wait_seconds_count');
    const before = await waits();
    // The pool has ten connections at most.
    await Promise.all(Array.from({ length: 20 }, () => server.query('SELECT 1')));
    expect((await waits()) - before).toBeGreaterThanOrEqual(10);
    expect(await valueOf('passkey_database_connections{state="idle"}')).toBeGreaterThanOrEqual(0);
    expect(await valueOf('passkey_sweep_duration_seconds_count{table="sessions"}')).toBeGreaterThan(0);
    expect(await valueOf('passkey_webhook_deliveries{state="due"}')).toBeGreaterThan(3);
    expect(await valueOf('passkey_webhook_lag_seconds')).toBeGreaterThan(0);
    // What is under way would be due again.
    await server.app.get(WebhookSender).onModuleDestroy();
    await server.query(`UPDATE passkey.webhook_deliveries SET next_attempt_at = 'infinity'`);
    expect(await valueOf('passkey_webhook_deliveries{state="given_up"}')).toBeGreaterThan(3);
    expect(await valueOf('passkey_webhook_lag_seconds')).toBe(0);
  });

  it('are 0 from the start: of what first appears as 1 Prometheus sees no increase', async () => {
    const other = await TestServer.start();
    try {
      const text = await (await fetch(`${other.url}/metrics`)).text();
      for (const type of Object.keys(AUDIT_EVENTS)) {
        expect(text).toContain(`passkey_audit_events_total{type="${type}"} 0\n`);
      }
      // The others' turns may come meanwhile.
      for (const table of ['sessions', 'invitations']) {
        expect(text).toContain(`passkey_sweep_duration_seconds_count{table="${table}"} 0\n`);
        expect(text).toContain(`passkey_swept_rows_total{table="${table}"} 0\n`);
      }
    } finally {
      await other.stop();
    }
  });

  it('tell nothing of deliveries to a receiver that is not configured any more', async () => {
    const due = () => valueOf('passkey_webhook_deliveries{state="due"}');
    const givenUp = () => valueOf('passkey_webhook_deliveries{state="given_up"}');
    const before = [await due(), await givenUp()];
    await server.query(
      `WITH event AS (
         INSERT INTO passkey.audit_events (id, type, rp_id, details, created_at)
         SELECT gen_random_uuid(), 'user.registered', 'localhost', '{}', now() - interval '1 day'
           FROM generate_series(1, 2) RETURNING id)
       INSERT INTO passkey.webhook_deliveries (event_id, url, next_attempt_at)
       SELECT id, 'https://former.example.com', CASE row_number() OVER () WHEN 1 THEN now() ELSE 'infinity' END FROM event`,
    );
    expect(await valueOf('passkey_webhook_lag_seconds')).toBeLessThan(3_600);
    expect([await due(), await givenUp()]).toEqual(before);
  });

  it('tell the age of the oldest event that waits, though an older one was given up', async () => {
    await server.query(
      `WITH event AS (
         INSERT INTO passkey.audit_events (id, type, rp_id, details, created_at)
         SELECT ('01000000-0000-7000-8000-00000000000' || 5 - days)::uuid, 'user.registered', 'localhost', '{}',
                now() - days * interval '1 day'
           FROM generate_series(1, 3) AS days RETURNING id, created_at)
       INSERT INTO passkey.webhook_deliveries (event_id, url, next_attempt_at)
       SELECT id, $1, CASE WHEN created_at < now() - interval '60 hours' THEN 'infinity' ELSE now() + interval '1 day' END FROM event`,
      [url],
    );
    expect(await valueOf('passkey_webhook_lag_seconds')).toBeCloseTo(2 * 86_400, -2);
  });

  it('tell of messages and logout notices that are tried again, and of no others', async () => {
    await server.query(
      `INSERT INTO passkey.waiting_messages (id, sealed, attempts, next_attempt_at, expires_at)
       SELECT gen_random_uuid(), '', attempts, now() + interval '1 hour', now() + seconds * interval '1 second'
         FROM (VALUES (0, 60), (1, 60), (2, 60), (3, 60), (3, -1)) AS message (attempts, seconds)`,
    );
    await server.query(
      `INSERT INTO passkey.oidc_logout_notices (session_id, client_id, relying_party_id, user_id, sid, attempts, next_at)
       SELECT gen_random_uuid(), 'a', 'localhost', gen_random_uuid(), 'a', attempts, now() + interval '1 hour'
         FROM generate_series(1, 2) AS attempts`,
    );
    expect(await valueOf('passkey_retried_deliveries{kind="message"}')).toBe(2);
    expect(await valueOf('passkey_retried_deliveries{kind="logout_notice"}')).toBe(1);
  });

  it('are there, each that the dashboard and the alerts name, and none is told that is not described', async () => {
    const text = await told();
    const known = new Set([...text.matchAll(/^([a-z_0-9]+)[{ ]/gm)].map(([, name = '']) => name));
    const files = readdirSync(FOLDER).map((file) => readFileSync(`${FOLDER}/${file}`, 'utf8'));
    const asked = files.flatMap(figuresIn);
    expect(asked.length).toBeGreaterThan(20);
    expect([...new Set(asked)].filter((name) => !known.has(name))).toEqual([]);
    const types = files.flatMap((file) =>
      [...file.matchAll(/type=\\?"([\w.-]+)\\?"/g)].map(([, type = '']) => type),
    );
    expect(types.filter((type) => !Object.hasOwn(AUDIT_EVENTS, type))).toEqual([]);
    const described = [
      ...readFileSync('docs/operations.md', 'utf8').matchAll(/^\| `((?:passkey|http)_\w+)/gm),
    ];
    const own = [...text.matchAll(/^# TYPE ((?:passkey|http)_\w+)/gm)].map(([, name]) => name);
    expect(described.map(([, name]) => name).toSorted()).toEqual(own.toSorted());
  });

  it('are told without the outbox while the database is away', async () => {
    const query = jest.spyOn(server.database.dataSource, 'query').mockRejectedValue(new Error('away'));
    const text = await told();
    query.mockRestore();
    expect(text).toContain('passkey_database_connections{');
    expect(text).toMatch(/^passkey_webhook_lag_seconds nan$/im);
    expect(text).not.toContain('passkey_webhook_deliveries{');
    expect(text).not.toContain('passkey_retried_deliveries{');
  });

  withPromtool('are as promtool wants them', async () => {
    const own = (await told())
      .split('\n')
      .filter((line) => /^(# (HELP|TYPE) )?(passkey|http)_/.test(line))
      .join('\n');
    execFileSync('promtool', ['check', 'metrics'], { input: `${own}\n` });
  });
});

describe('Prometheus', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-monitoring-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  withPromtool('takes the configuration and the rules as they are', () => {
    promtool('check', 'config', `${FOLDER}/prometheus.yml`);
    // promtool reads whatever is YAML: a rule that is none must be seen.
    expect(isRefused('check', 'rules', `${FOLDER}/grafana-dashboard.json`)).toBe(true);
  });

  withPromtool('can evaluate what the dashboard asks', async () => {
    const { panels } = JSON.parse(readFileSync(`${FOLDER}/grafana-dashboard.json`, 'utf8')) as {
      panels: { targets?: { expr: string }[] }[];
    };
    const asked = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(asked.length).toBeGreaterThan(10);
    const path = join(folder, 'dashboard.yml');
    const check = async (exprs: string[]) => {
      const rules = exprs.map((expr, number) => ({
        record: `panel_${number}`,
        // Of Grafana's own.
        expr: expr.replaceAll('$__rate_interval', '5m'),
      }));
      await writeFile(path, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
      return ['check', 'rules', path];
    };
    promtool(...(await check(asked)));
    expect(isRefused(...(await check([...asked, 'sum by (le (rate(x[5m]))'])))).toBe(true);
  });

  withPromtool('raises each alert when it must, and not before', () => {
    promtool('test', 'rules', `${FOLDER}/alerts.test.yml`);
    const alerts = readFileSync(`${FOLDER}/alerts.yml`, 'utf8');
    const cases = readFileSync(`${FOLDER}/alerts.test.yml`, 'utf8');
    const raised = [...cases.matchAll(/alertname: (\w+)\n +exp_alerts:/g)].map(([, name]) => name);
    const names = [...alerts.matchAll(/alert: (\w+)/g)].map(([, name]) => name);
    expect(new Set(raised)).toEqual(new Set(names));
  });
});
