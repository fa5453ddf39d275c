import { createPrivateKey } from 'node:crypto';
import { readCertificates } from './certificates';
import { readNamed } from './files';
import { ConfigurationError, decoded, type Variables } from './variables';

const SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const;

const PROTOCOLS = ['http/protobuf', 'http/json'] as const;
const COMPRESSIONS = ['none', 'gzip'] as const;

/** Where traces or metrics go by OTLP. */
export interface OtlpTarget {
  url: string;
  protocol: (typeof PROTOCOLS)[number];
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
  const isDisabled = variables.parsed('OTEL_SDK_DISABLED', toBoolean) ?? false;
  const base = variables.parsed('OTEL_EXPORTER_OTLP_ENDPOINT', toUrl);
  const general = {
    protocol: variables.oneOf('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf', PROTOCOLS),
    headers: variables.parsed('OTEL_EXPORTER_OTLP_HEADERS', toPairs) ?? {},
    timeoutMillis: variables.integer('OTEL_EXPORTER_OTLP_TIMEOUT', 1, 600_000),
    compression: variables.oneOf('OTEL_EXPORTER_OTLP_COMPRESSION', 'none', COMPRESSIONS),
  };
  checkFiles(variables, 'OTEL_EXPORTER_OTLP');
  const traces = readTarget(variables, 'TRACES', ['otlp', 'none'], general, base);
  // Prometheus' is /metrics, which is always there.
  const metrics = readTarget(variables, 'METRICS', ['otlp', 'none', 'prometheus'], general, base);
  const configuration = {
    serviceName: variables.text('OTEL_SERVICE_NAME') ?? '',
    resourceAttributes: variables.parsed('OTEL_RESOURCE_ATTRIBUTES', toPairs) ?? {},
    sampler: variables.oneOf('OTEL_TRACES_SAMPLER', 'parentbased_always_on', SAMPLERS),
    samplerRatio: variables.parsed('OTEL_TRACES_SAMPLER_ARG', toRatio) ?? 1,
    traceDelayMillis: variables.integer('OTEL_BSP_SCHEDULE_DELAY', 1, 600_000),
    metricIntervalMillis: variables.integer('OTEL_METRIC_EXPORT_INTERVAL', 1, 86_400_000),
    ...(traces && { traces }),
    ...(metrics && { metrics }),
  };
  return isDisabled || (!configuration.traces && !configuration.metrics) ? undefined : configuration;
}

interface General extends Omit<OtlpTarget, 'url' | 'isCompressed'> {
  compression: (typeof COMPRESSIONS)[number];
}

/**
 * Where one of the two goes: what is said of it alone comes before what is said of both.
 * @param base to which the path is added where its own endpoint is not set
 */
function readTarget(
  variables: Variables,
  signal: 'TRACES' | 'METRICS',
  exporters: readonly string[],
  general: General,
  base: string | undefined,
): OtlpTarget | undefined {
  const own = `OTEL_EXPORTER_OTLP_${signal}`;
  const endpoint = variables.parsed(`${own}_ENDPOINT`, toUrl);
  const implied = (endpoint ?? base) === undefined ? 'none' : 'otlp';
  const exporter = `OTEL_${signal}_EXPORTER`;
  const wanted = variables.list(exporter, implied);
  const unknown = wanted.find((one) => !exporters.includes(one));
  if (unknown !== undefined) {
    throw new ConfigurationError(exporter, `must be of ${exporters.join(', ')}, has "${unknown}"`);
  }
  checkFiles(variables, own);
  const target = {
    url: endpoint ?? `${(base ?? 'http://localhost:4318').replace(/\/$/, '')}/v1/${signal.toLowerCase()}`,
    protocol: variables.oneOf(`${own}_PROTOCOL`, general.protocol, PROTOCOLS),
    headers: { ...general.headers, ...variables.parsed(`${own}_HEADERS`, toPairs) },
    timeoutMillis: variables.integer(`${own}_TIMEOUT`, 1, 600_000) ?? general.timeoutMillis,
    isCompressed: variables.oneOf(`${own}_COMPRESSION`, general.compression, COMPRESSIONS) === 'gzip',
  };
  return wanted.includes('otlp') ? target : undefined;
}

/** The exporters read these themselves, and go on without one that they can't read. */
function checkFiles(variables: Variables, prefix: string): void {
  variables.parsed(`${prefix}_CERTIFICATE`, readCertificates);
  variables.parsed(`${prefix}_CLIENT_CERTIFICATE`, readCertificates);
  variables.parsed(`${prefix}_CLIENT_KEY`, (path) => createPrivateKey(readNamed(path)));
}

/** In whichever case, as OpenTelemetry has it. */
function toBoolean(text: string): boolean {
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === 'false') return lower === 'true';
  throw new Error(`must be true or false, is "${text}"`);
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
