import cluster from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';

/**
 * The figures of all workers, whichever of them is asked: it asks the primary process, which asks every worker
 * (prom-client's AggregatorRegistry does that part) and adds up. These are what they say to each other.
 */
const WANTED = 'metrics of all workers';

interface Answer {
  to: typeof WANTED;
  metrics?: string;
}

/** In the primary process. */
export function answerForAllWorkers(): void {
  const registry = new AggregatorRegistry();
  cluster.on('message', (worker, message: unknown) => {
    if (message !== WANTED) return;
    const answer = (metrics?: string) => {
      if (worker.isConnected()) worker.send({ to: WANTED, metrics } satisfies Answer);
    };
    registry.clusterMetrics().then(answer, () => {
      answer();
    });
  });
}

/** In a worker that starts, so that nobody waits for it. */
export function answerWithNothingYet(): void {
  AggregatorRegistry.setRegistries([]);
  new AggregatorRegistry();
}

/** In a worker. */
export const answerWith = (registry: Registry): void => {
  AggregatorRegistry.setRegistries([registry]);
};

/** In a worker. */
export const metricsOfAllWorkers = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const take = (answer: Partial<Answer>) => {
      if (answer.to !== WANTED) return;
      process.off('message', take);
      if (answer.metrics === undefined) reject(new Error('a worker did not tell its figures'));
      else resolve(answer.metrics);
    };
    process.on('message', take);
    process.send?.(WANTED);
  });
