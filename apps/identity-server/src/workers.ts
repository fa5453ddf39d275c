import cluster, { type Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Configuration } from './configuration';
import { answerForAllWorkers, answerWithNothingYet } from './metrics/worker-metrics';

/** How long the place of a worker that ended before it listened is left empty, in milliseconds. */
const PAUSE_MS = 1_000;

/**
 * Runs the servers of WORKERS in processes of their own that share the port, where there are more than one.
 * @returns whether this process is the one that only looks after them
 */
export function looksAfterWorkers({ workers }: Configuration, logger: Logger): boolean {
  if (workers === 1) return false;
  if (cluster.isPrimary) new Workers(workers, logger).start();
  else answerWithNothingYet();
  return cluster.isPrimary;
}

/** Starts a worker again that ends, and ends them all at SIGTERM or SIGINT. */
class Workers {
  /** Those that live: the cluster's own list may still have one that has exited. */
  private readonly living = new Set<Worker>();
  private stopping = false;
  /** 1 once a worker did not shut down in order. */
  private exitCode = 0;

  constructor(
    private readonly count: number,
    private readonly logger: Logger,
  ) {}

  /** The first worker starts alone: it migrates, and what keeps it from serving is said once, by it. */
  start(): void {
    answerForAllWorkers();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        this.stop(signal);
      });
    }
    this.fork(true);
  }

  private fork(isFirst = false): void {
    const worker = cluster.fork();
    this.living.add(worker);
    let listening = false;
    worker.once('listening', () => {
      listening = true;
      for (let others = this.count - 1; isFirst && !this.stopping && others > 0; others -= 1) this.fork();
    });
    worker.once('exit', (code: number | null, signal: string | null) => {
      this.living.delete(worker);
      if (this.stopping) {
        if (code) this.exitCode = 1;
        this.exitIfAlone();
        return;
      }
      const failedStart = isFirst && !listening;
      // With a code it has said itself why.
      const told = failedStart && signal === null;
      if (!told) this.logger.warn({ worker: worker.process.pid, code, signal }, 'A worker ended');
      if (failedStart) process.exit(1);
      void this.replace(listening ? 0 : PAUSE_MS);
    });
  }

  private async replace(pause: number): Promise<void> {
    await sleep(pause);
    if (!this.stopping) this.fork();
  }

  private stop(signal: NodeJS.Signals): void {
    if (this.stopping) return;
    this.stopping = true;
    this.logger.info({ signal, workers: this.living.size }, 'Shutting down the workers');
    for (const worker of this.living) worker.process.kill('SIGTERM');
    this.exitIfAlone();
  }

  private exitIfAlone(): void {
    if (this.living.size === 0) process.exit(this.exitCode);
  }
}
