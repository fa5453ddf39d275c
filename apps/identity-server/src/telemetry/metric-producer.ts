import { type Attributes, type HrTime, ValueType } from '@opentelemetry/api';
import { hrTime } from '@opentelemetry/core';
import { emptyResource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type CollectionResult,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import type { MetricObjectWithValues, MetricValue, MetricValueWithName, Registry } from 'prom-client';

/** Names by OpenTelemetry's semantic conventions, where they have one; all others are the figures' own, with dots. */
const NAMES: Record<string, string> = {
  http_request_duration_seconds: 'http.server.request.duration',
  passkey_database_connections: 'db.client.connection.count',
  passkey_database_waiting: 'db.client.connection.pending_requests',
  passkey_database_wait_seconds: 'db.client.connection.wait_time',
};

const ATTRIBUTES: Record<string, Record<string, string>> = {
  http_request_duration_seconds: {
    method: 'http.request.method',
    route: 'http.route',
    status: 'http.response.status_code',
  },
  passkey_database_connections: { state: 'db.client.connection.state' },
};

const UNITS: Record<string, string> = { seconds: 's', bytes: 'By' };

type Figure = MetricObjectWithValues<MetricValue<string>>;

/** The figures of `/metrics`, as they are at each export: each is defined there, and nowhere else. */
export class FigureProducer implements MetricProducer {
  private readonly startTime = hrTime();

  constructor(private readonly registry: Registry) {}

  async collect(): Promise<CollectionResult> {
    const endTime = hrTime();
    const figures = await this.registry.getMetricsAsJSON();
    const metrics = figures.map((figure) => this.metricOf(figure, endTime));
    return {
      resourceMetrics: {
        resource: emptyResource(),
        scopeMetrics: [{ scope: { name: 'passkey-sign-in' }, metrics }],
      },
      errors: [],
    };
  }

  private metricOf(figure: Figure, endTime: HrTime): MetricData {
    const { startTime } = this;
    const pointsOf = <T>(values: [labels: object, value: T][]): DataPoint<T>[] =>
      values.map(([labels, value]) => ({
        ...{ startTime, endTime, value },
        attributes: attributesOf(figure.name, labels),
      }));
    const metric = {
      descriptor: { ...nameOf(figure.name), description: figure.help, valueType: ValueType.DOUBLE },
      aggregationTemporality: AggregationTemporality.CUMULATIVE,
    };
    if (String(figure.type) === 'histogram') {
      const dataPoints = pointsOf(histogramsOf(figure));
      return { ...metric, dataPointType: DataPointType.HISTOGRAM, dataPoints };
    }
    const values = figure.values.filter(({ value }) => Number.isFinite(value));
    const dataPoints = pointsOf(values.map(({ labels, value }) => [labels, value] as [object, number]));
    return String(figure.type) === 'counter'
      ? { ...metric, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints }
      : { ...metric, dataPointType: DataPointType.GAUGE, dataPoints };
  }
}

/** Prometheus has the unit, and `_total`, in the name. */
function nameOf(name: string): { name: string; unit: string } {
  const [, stem = name, unit = ''] = /^(.+?)(?:_(seconds|bytes))?(?:_total)?$/.exec(name) ?? [];
  return { name: NAMES[name] ?? stem.replaceAll('_', '.'), unit: UNITS[unit] ?? '1' };
}

function attributesOf(name: string, labels: object): Attributes {
  const names = ATTRIBUTES[name] ?? {};
  return Object.fromEntries(
    Object.entries(labels).map(([label, value]) => [names[label] ?? label, value as string]),
  );
}

/** Prometheus has a line for each bucket, which counts those below it too. */
function histogramsOf({ name, values }: Figure): [labels: object, histogram: Histogram][] {
  const found = new Map<string, [object, { upTo: [number, number][]; sum: number; count: number }]>();
  for (const { labels, value, metricName } of values as MetricValueWithName<string>[]) {
    const { le, ...others } = labels;
    const key = JSON.stringify(others);
    const [, histogram] = found.get(key) ?? [others, { upTo: [], sum: 0, count: 0 }];
    found.set(key, [others, histogram]);
    if (metricName === `${name}_sum`) histogram.sum = value;
    else if (metricName === `${name}_count`) histogram.count = value;
    else if (Number.isFinite(Number(le))) histogram.upTo.push([Number(le), value]);
  }
  return [...found.values()].map(([labels, { upTo, sum, count }]) => {
    const below = upTo.map(([, calls]) => calls);
    const counts = [...below, count].map((calls, index) => calls - (below[index - 1] ?? 0));
    return [labels, { buckets: { boundaries: upTo.map(([bound]) => bound), counts }, sum, count }];
  });
}
