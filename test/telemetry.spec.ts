import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EventEmitter, once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfiguration } from '../apps/identity-server/src/configuration';
import { openTelemetry } from '../apps/identity-server/src/telemetry/open-telemetry';
import {
  DIAGNOSTICS,
  type SharedStatementSent,
} from '../libs/experience-verification/src/diagnostics/diagnostics';
import { Browser, type CreatedAuthentication, expectStatus, freshUsername } from './support/browser';
import { TestServer } from './support/test-server';

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number };
}

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  traceState?: string;
  attributes: Attribute[];
  links?: { traceId: string; spanId: string }[];
  status: { code?: number };
}

interface Received {
  path: string;
  text: string;
  headers: IncomingHttpHeaders;
}

interface Metric {
  name: string;
  unit: string;
  histogram?: { dataPoints: { attributes: Attribute[]; count: number; bucketCounts: number[] }[] };
  sum?: { dataPoints: { attributes: Attribute[]; asDouble: number }[] };
}

/** Takes OTLP/HTTP in JSON, and webhooks. */
class Receiver {
  readonly bodies: Received[] = [];
  isAway = false;
  refused = 0;
  private readonly arrivals = new EventEmitter();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => {
      if (receiver.isAway) {
        receiver.refused += 1;
        request.socket.destroy();
        return;
      }
      void request.toArray().then((chunks: Buffer[]) => {
        const text = Buffer.concat(chunks).toString();
        receiver.bodies.push({ path: request.url ?? '', text, headers: request.headers });
        receiver.arrivals.emit('body');
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    const receiver = new Receiver(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async received(isMeant: (body: Received) => boolean): Promise<void> {
    while (!this.bodies.some(isMeant)) await once(this.arrivals, 'body');
  }

  to(path: string) {
    return this.bodies.filter((body) => body.path === path);
  }

  get spans(): Span[] {
    return this.to('/v1/traces').flatMap(({ text }) => {
      const { resourceSpans } = JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
      return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
    });
  }

  get metrics(): Map<string, Metric> {
    const texts = this.to('/v1/metrics').map(({ text }) => text);
    const { resourceMetrics } = JSON.parse(texts.at(-1) ?? '') as {
      resourceMetrics: { scopeMetrics: { metrics: Metric[] }[] }[];
    };
    const metrics = resourceMetrics.flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap((scope) => scope.metrics),
    );
    return new Map(metrics.map((metric) => [metric.name, metric]));
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

const valueOf = ({ attributes }: { attributes: Attribute[] }, key: string): unknown => {
  const value = attributes.find((attribute) => attribute.key === key)?.value;
  return value && Object.values(value)[0];
};

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const OF_CALLER = { traceparent: `00-${TRACE}-b7ad6b7169203331-01`, tracestate: 'vendor=value' };
const AUTHENTICATION = '/api/experience/verification/sign-in-web-authn/authentication';

describe('OpenTelemetry', () => {
  let receiver: Receiver;
  let server: TestServer;
  let browser: Browser;
  const identifier = freshUsername();
  let secrets: string[] = [];

  beforeAll(async () => {
    receiver = await Receiver.start();
    server = await TestServer.start({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20collector',
      OTEL_SERVICE_NAME: 'sign-in',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      // Nothing is sent before the end.
      OTEL_BSP_SCHEDULE_DELAY: '600000',
      GATHER_LEAST: '',
      WEBHOOK_URLS: `${receiver.url}/webhook?token=of-the-webhook`,
      WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    });
    try {
      browser = new Browser(server);
      await browser.register(identifier);
      const post = <T>(path: string, body: object) => browser.call<T>('POST', path, body, OF_CALLER);
      const { verificationId, authenticationOptions } = expectStatus(
        200,
        await post<CreatedAuthentication>(AUTHENTICATION, { identifier }),
      );
      const payload = browser.authenticator.authenticate(authenticationOptions);
      expectStatus(200, await post(`${AUTHENTICATION}/verify`, { verificationId, payload }));
      secrets = [
        ...[identifier.value, verificationId, authenticationOptions.challenge, payload.id],
        ...[payload.response.signature, 'of-the-webhook'],
      ];
      await shareStatement();
      expectStatus(404, await browser.authenticationOptions(freshUsername()));
      await receiver.received(({ text }) => text.includes('authentication.succeeded'));
    } finally {
      await server.stop();
    }
  }, 60_000);
  afterAll(() => {
    receiver.stop();
  });

  /** Requests at once, until some have: where the database answers before the next request is read, none has to. */
  async function shareStatement(): Promise<void> {
    let most = 0;
    const { name } = DIAGNOSTICS.sharedStatementSent;
    const onSent = (message: unknown) => {
      most = Math.max(most, (message as SharedStatementSent).calls);
    };
    subscribe(name, onSent);
    while (most < 2) {
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          expectStatus(200, await new Browser(server).authenticationOptions(identifier));
        }),
      );
    }
    unsubscribe(name, onSent);
  }

  const named = (name: string) =>
    receiver.spans.filter((span) => span.name === name && span.traceId === TRACE);
  const below = ({ spanId }: Span) => receiver.spans.filter((span) => span.parentSpanId === spanId);

  it("goes on with the caller's trace: requests, steps, statements, and the webhook", () => {
    const [options] = named(`POST ${AUTHENTICATION}`);
    const [verify] = named(`POST ${AUTHENTICATION}/verify`);
    expect(options).toMatchObject({ parentSpanId: 'b7ad6b7169203331', kind: 2, traceState: 'vendor=value' });
    expect(below(options!).map(({ name }) => name)).toEqual(['INSERT verification_records']);
    const names = below(verify!).map(({ name }) => name);
    expect(names[0]).toBe('UPDATE verification_records');
    expect(names).toEqual(expect.arrayContaining(['7.2 step 12', '7.2 step 21']));
    expect(names).toContain(
      'UPDATE credential_records UPDATE verification_records INSERT audit_events INSERT webhook_deliveries',
    );
    expect(valueOf(verify!, 'http.response.status_code')).toBe(200);
    expect(valueOf(verify!, 'passkey.ceremony')).toBe('authentication');
    const [delivery] = named('deliver authentication.succeeded');
    expect(delivery).toMatchObject({ parentSpanId: verify!.spanId });
    const call = below(delivery!).find(({ name }) => name === 'POST')!;
    const sent = receiver.bodies.find(
      ({ headers }) => headers.traceparent === `00-${TRACE}-${call.spanId}-01`,
    );
    expect(sent?.text).toContain('authentication.succeeded');
    expect(sent?.headers.tracestate).toBe('vendor=value');
  });

  it('links a statement that requests share with the requests', () => {
    const shared = receiver.spans.filter(({ name }) => name === 'shared statement');
    expect(shared.length).toBeGreaterThan(0);
    for (const statement of shared) {
      const served = receiver.spans.filter(({ spanId }) =>
        statement.links?.some((link) => link.spanId === spanId),
      );
      expect(served.length).toBe(valueOf(statement, 'db.operation.batch.size'));
      expect(new Set(served.map(({ traceId }) => traceId)).size).toBe(served.length);
      for (const { name, links } of served) {
        expect(name).toBe('wait for shared statement');
        expect(links).toMatchObject([{ spanId: statement.spanId }]);
      }
      expect(below(statement).map(({ name }) => name)).toEqual(['INSERT verification_records']);
    }
  });

  it('names the trace in log lines', () => {
    const [verify] = named(`POST ${AUTHENTICATION}/verify`);
    const lines = server.log.filter((line) => line['trace_id'] === TRACE);
    expect(lines.find(({ event }) => event === 'authentication.succeeded')).toMatchObject({
      span_id: verify!.spanId,
    });
    expect(lines.filter(({ path }) => path === `${AUTHENTICATION}/verify`)).toHaveLength(1);
  });

  it('tells nothing secret, and who tells it', () => {
    expect(
      secrets.filter((secret) => receiver.to('/v1/traces').some(({ text }) => text.includes(secret))),
    ).toEqual([]);
    const [first] = receiver.to('/v1/traces');
    expect(first?.headers.authorization).toBe('Bearer collector');
    expect(first?.text).toContain('{"key":"service.name","value":{"stringValue":"sign-in"}}');
    expect(first?.text).toContain('deployment.environment.name');
  });

  it('sends the figures of /metrics, by its own names', () => {
    const { metrics } = receiver;
    const requests = metrics.get('http.server.request.duration');
    expect(requests?.unit).toBe('s');
    const point = requests?.histogram?.dataPoints.find(
      (one) => valueOf(one, 'http.route') === `${AUTHENTICATION}/verify`,
    );
    expect(point).toMatchObject({ count: 1 });
    expect(point?.bucketCounts.reduce((sum, calls) => sum + calls)).toBe(1);
    const ceremony = metrics
      .get('passkey.ceremony.duration')
      ?.histogram?.dataPoints.find((one) => valueOf(one, 'outcome') === 'refused');
    expect(ceremony).toMatchObject({ count: 1 });
    const events = metrics.get('passkey.audit.events')?.sum?.dataPoints;
    expect(events?.find((one) => valueOf(one, 'type') === 'authentication.succeeded')?.asDouble).toBe(1);
    expect(metrics.has('db.client.connection.wait_time')).toBe(true);
  });

  it('says once that nothing is received, and once that it is again; people sign in meanwhile', async () => {
    const collector = await Receiver.start();
    collector.isAway = true;
    const told = await TestServer.start({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_TIMEOUT: '200',
      OTEL_BSP_SCHEDULE_DELAY: '20',
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
    });
    try {
      const lines = () =>
        told.log
          .filter((line) => line['level'] === 40 || 'exported' in line)
          // A pooler before the database may be warned of as well.
          .filter((line) => line['context'] !== 'PreparedStatements');
      const person = new Browser(told);
      const somebody = freshUsername();
      await person.register(somebody);
      while (collector.refused < 30 || lines().length < 2) await person.signIn(somebody);
      const lost = { level: 40, problem: 'what is told by OpenTelemetry is lost' };
      expect(lines()).toHaveLength(2);
      expect(lines()).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ ...lost, exported: 'traces' }),
          expect.objectContaining({ ...lost, exported: 'metrics' }),
        ]),
      );
      collector.isAway = false;
      while (lines().length < 4) await person.signIn(somebody);
      expect(new Set(lines().slice(2))).toEqual(
        new Set([
          expect.objectContaining({ level: 30, exported: 'traces' }),
          expect.objectContaining({ level: 30, exported: 'metrics' }),
        ]),
      );
      expect(collector.spans.length).toBeGreaterThan(0);
    } finally {
      await told.stop();
      collector.stop();
    }
  }, 60_000);

  it('is not loaded, and nothing listens, where it is not asked for', async () => {
    const openFor = (env: Record<string, string>) => openTelemetry(readConfiguration(env));
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
    expect(await openFor({})).toBeUndefined();
    expect(await openFor({ ...endpoint, OTEL_SDK_DISABLED: 'true' })).toBeUndefined();
    const OTEL_METRICS_EXPORTER = 'prometheus';
    expect(
      await openFor({ ...endpoint, OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER }),
    ).toBeUndefined();
    const opened = await openFor({ OTEL_TRACES_EXPORTER: 'otlp' });
    expect(opened).toBeDefined();
    await opened?.close();
    const { ceremonyStep, statementAwaited, statementShared, auditEvent, webhookTried } = DIAGNOSTICS;
    const channels = [ceremonyStep, statementAwaited, statementShared, auditEvent, webhookTried];
    expect(channels.filter(({ hasSubscribers }) => hasSubscribers)).toEqual([]);
  });

  it('is imported by the files of its folder alone, and these by the one that loads them late', () => {
    const sources = ['apps/identity-server/src', 'libs'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /(?<!\.d)\.ts$/.test(file) && !/node_modules|dist|^telemetry\/(?!open)/.test(file))
        .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
    );
    expect(sources.length).toBeGreaterThan(300);
    const imports = sources.flatMap((text) => [
      ...text.matchAll(
        /^import (?!type).* from '(@opentelemetry\/.*|(?!.*configuration).*\/telemetry(?:\/.*)?)'/gm,
      ),
    ]);
    expect(new Set(imports.map(([, from]) => from))).toEqual(new Set(['./telemetry/open-telemetry']));
  });
});
