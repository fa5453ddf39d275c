import type { Histogram, Metric, MetricValueWithName, Registry } from 'prom-client';
import { ceremonyOf, outcomeOf } from './ceremony';

const NAME = 'passkey_ceremony_duration_seconds';

/**
 * The durations of requests again, of those that are steps of a ceremony: worked out when somebody asks, since each request
 * would else be observed twice.
 */
export function measureCeremonies(
  requests: Histogram<'method' | 'route' | 'status'>,
  registers: Registry[],
): void {
  const about = {
    name: NAME,
    help: 'Duration of the steps of ceremonies, by outcome: succeeded, refused, limited, failed.',
    type: 'histogram',
    aggregator: 'sum',
  };
  const get = async () => {
    const { name, values } = await requests.get();
    const sums = new Map<string, MetricValueWithName<string>>();
    for (const { labels, value, metricName = name } of values as MetricValueWithName<string>[]) {
      const { route, status, le } = labels;
      const ceremony = ceremonyOf(String(route));
      if (!ceremony) continue;
      const wanted = { ...(le !== undefined && { le }), ...ceremony, outcome: outcomeOf(Number(status)) };
      const figure = metricName.replace(name, NAME);
      const key = [figure, ...Object.values(wanted)].join();
      const sum = sums.get(key);
      if (sum) sum.value += value;
      else sums.set(key, { labels: wanted, value, metricName: figure });
    }
    return { ...about, values: [...sums.values()] };
  };
  for (const registry of registers) registry.registerMetric({ ...about, get } as unknown as Metric);
}
