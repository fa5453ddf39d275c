import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { OTLPMetricExporter as JsonMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { defaultResource, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import type { OtlpTarget, TelemetryConfiguration } from '../configuration/telemetry';
import { Delivery } from './delivery';
import { FigureProducer } from './metric-producer';
import { traceCalls } from './traced-calls';
import { traceModule } from './traced-module';
import { traceRequests } from './traced-requests';
import { traceStatements } from './traced-statements';
import { Tracing } from './tracing';

/** Milliseconds that a receiver has, when the server stops, to take what is left. */
const PATIENCE = 2_000;

interface Observed {
  server: FastifyInstance;
  dataSource: DataSource;
  figures: Registry;
  logger: Logger;
}

/**
 * Traces and metrics by OTLP. This file alone, and what it imports, loads the SDK: it is imported where it is asked for.
 * Nothing is registered with the process, so that several servers may be in it.
 */
export class Telemetry {
  private readonly traces?: TracerProvider;
  private readonly tracing?: Tracing;
  private readonly resource: Resource;
  private readonly ends: (() => unknown)[] = [];
  private logger?: Logger;
  private readonly delivery = new Delivery(() => this.logger);

  constructor(private readonly configuration: TelemetryConfiguration) {
    const { traces, traceDelayMillis, serviceName, resourceAttributes } = configuration;
    this.resource = defaultResource().merge(
      resourceFromAttributes({
        'service.name': 'passkey-sign-in',
        'service.instance.id': randomUUID(),
        ...resourceAttributes,
        ...(serviceName && { 'service.name': serviceName }),
      }),
    );
    if (!traces) return;
    const exporter = new (traces.protocol === 'http/json' ? JsonTraceExporter : OTLPTraceExporter)(
      optionsOf(traces),
    );
    this.delivery.watch('traces', exporter);
    this.traces = new TracerProvider({
      resource: this.resource,
      sampler: samplerOf(configuration),
      spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: traceDelayMillis })],
    });
    this.tracing = new Tracing(this.traces.getTracer('passkey-sign-in'));
  }

  /** Members of each log line. */
  get logFields(): (() => object) | undefined {
    return this.tracing?.logFields;
  }

  /** To be called before the server has hooks of others. */
  observe({ server, dataSource, figures, logger }: Observed): void {
    const { tracing } = this;
    this.logger = logger;
    // What the SDK says of each that is lost meanwhile has been told.
    const warn = (cause: string) => {
      if (!this.delivery.isLost) logger.warn({ problem: 'what is told by OpenTelemetry is lost', cause });
    };
    const silent = () => undefined;
    diag.setLogger(
      { error: warn, warn, info: silent, debug: silent, verbose: silent },
      { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
    );
    server.addHook('onClose', () => this.close());
    if (tracing) {
      traceRequests(server, tracing);
      traceStatements(dataSource, tracing);
      this.ends.push(traceModule(tracing), traceCalls(tracing));
    }
    const { metrics } = this.configuration;
    if (metrics) this.export(metrics, figures);
  }

  private export(target: OtlpTarget, figures: Registry): void {
    const exporter = new (target.protocol === 'http/json' ? JsonMetricExporter : OTLPMetricExporter)(
      optionsOf(target),
    );
    this.delivery.watch('metrics', exporter);
    const reader = new PeriodicExportingMetricReader({
      exporter,
      exportIntervalMillis: this.configuration.metricIntervalMillis,
      metricProducers: [new FigureProducer(figures)],
    });
    const meters = new MeterProvider({ resource: this.resource, readers: [reader] });
    this.ends.push(() => meters.shutdown());
  }

  /** Sends what is left. */
  async close(): Promise<void> {
    const ended = Promise.allSettled([...this.ends.map((end) => end()), this.traces?.shutdown()]);
    await Promise.race([ended, delay(PATIENCE, undefined, { ref: false })]);
  }
}

const optionsOf = ({ url, headers, timeoutMillis, isCompressed }: OtlpTarget) => ({
  url,
  headers,
  timeoutMillis,
  compression: isCompressed ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE,
});

function samplerOf({ sampler, samplerRatio }: TelemetryConfiguration): Sampler {
  const [, root = sampler] = /^parentbased_(.+)$/.exec(sampler) ?? [];
  const own = {
    always_on: () => new AlwaysOnSampler(),
    always_off: () => new AlwaysOffSampler(),
    traceidratio: () => new TraceIdRatioBasedSampler(samplerRatio),
  }[root as 'always_on']();
  return root === sampler ? own : new ParentBasedSampler({ root: own });
}
