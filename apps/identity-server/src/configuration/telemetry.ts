import { decoded, type Variables } from './variables';

const SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const;

/** Where traces or metrics go by OTLP. */
export interface OtlpTarget {
  url: string;
  protocol: 'http/protobuf' | 'http/json';
  headers: Record<string, string>;
  /** Unset: the SDK's, as for all that follows. Milliseconds. */
  timeoutMillis?: number;
  isCompressed: boolean;
}

/** What OpenTelemetry is asked for by its own variables. */
export interface TelemetryConfiguration {
  serviceName: string;
  resourceAttributes: Record<string, string>;
  traces?: OtlpTarget;
  metrics?: OtlpTarget;
  sampler: (typeof SAMPLERS)[number];
  /** Of the traces that begin here, from 0 to 1. */
  samplerRatio: number;
  /** Milliseconds between exports. */
  traceDelayMillis?: number;
  metricIntervalMillis?: number;
}

/** Undefined: nothing of OpenTelemetry is loaded. */
export function readTelemetry(variables: Variables): TelemetryConfiguration | undefined {
  const isDisabled = variables.oneOf('OTEL_SDK_DISABLED', 'false', ['true', 'false']) === 'true';
  const everything = variables.parsed('OTEL_EXPORTER_OTLP_ENDPOINT', toUrl);
  const ofTraces = variables.parsed('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', toUrl);
  const ofMetrics = variables.parsed('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', toUrl);
  const implied = (endpoint?: string) => ((endpoint ?? everything) === undefined ? 'none' : 'otlp');
  const traces = variables.oneOf('OTEL_TRACES_EXPORTER', implied(ofTraces), ['otlp', 'none']);
  const metrics = variables.oneOf('OTEL_METRICS_EXPORTER', implied(ofMetrics), [
    'otlp',
    'none',
    // That is /metrics, which is always there.
    'prometheus',
  ]);
  const target = {
    protocol: variables.oneOf('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf', ['http/protobuf', 'http/json']),
    headers: variables.parsed('OTEL_EXPORTER_OTLP_HEADERS', toPairs) ?? {},
    timeoutMillis: variables.integer('OTEL_EXPORTER_OTLP_TIMEOUT', 1, 600_000),
    isCompressed: variables.oneOf('OTEL_EXPORTER_OTLP_COMPRESSION', 'none', ['none', 'gzip']) === 'gzip',
  };
  const base = (everything ?? 'http://localhost:4318').replace(/\/$/, '');
  const configuration = {
    serviceName: variables.text('OTEL_SERVICE_NAME') ?? '',
    resourceAttributes: variables.parsed('OTEL_RESOURCE_ATTRIBUTES', toPairs) ?? {},
    sampler: variables.oneOf('OTEL_TRACES_SAMPLER', 'parentbased_always_on', SAMPLERS),
    samplerRatio: variables.parsed('OTEL_TRACES_SAMPLER_ARG', toRatio) ?? 1,
    traceDelayMillis: variables.integer('OTEL_BSP_SCHEDULE_DELAY', 1, 600_000),
    metricIntervalMillis: variables.integer('OTEL_METRIC_EXPORT_INTERVAL', 1, 86_400_000),
    ...(traces === 'otlp' && { traces: { ...target, url: ofTraces ?? `${base}/v1/traces` } }),
    ...(metrics === 'otlp' && { metrics: { ...target, url: ofMetrics ?? `${base}/v1/metrics` } }),
  };
  return isDisabled || (!configuration.traces && !configuration.metrics) ? undefined : configuration;
}

function toUrl(text: string): string {
  if (URL.canParse(text) && /^https?:\/\//.test(text)) return text;
  // It may hold a secret: it is not repeated.
  throw new Error('must be an http or https URL');
}

/** Of `a=b,c=d`, values percent-encoded (W3C Baggage), what stands for what; not repeated, as it may hold a secret. */
function toPairs(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => {
    const [, name, value] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) throw new Error('must be name=value, separated by commas');
    return [name, decoded(value)] as const;
  });
  return Object.fromEntries(pairs);
}

function toRatio(text: string): number {
  const ratio = Number(text);
  if (ratio >= 0 && ratio <= 1) return ratio;
  throw new Error(`must be a number from 0 to 1, is "${text}"`);
}
