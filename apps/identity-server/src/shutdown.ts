import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { Readiness } from './health/readiness';
import type { Listeners } from './http/listeners';

/**
 * How long answers ask their clients to close the connection before the server closes it, in milliseconds: a
 * request that is on its way on an open connection is answered, not cut off.
 */
const DRAIN_MS = 1_000;

/** By then connections are cut, whoever still holds them, in milliseconds from when it listens no more. */
const DEADLINE_MS = 10_000;

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

const end = (): never => process.exit(0);

/**
 * Ends the process at SIGTERM or SIGINT at once, with exit code 0, while the server is starting: nothing is under way but
 * migrations, in a transaction that the database takes back, and indexes, which it makes to their end.
 */
export function endAtSignal(): void {
  for (const signal of SIGNALS) process.on(signal, end);
}

/** Of a program that a signal has ended, as shells tell it. */
const CODES = { SIGTERM: 143, SIGINT: 130 };

/** Ends process 1 as a signal ends any other, which the system does not do to process 1: not with 0, as if all were done. */
export function failAtSignal(): void {
  for (const signal of SIGNALS) process.on(signal, () => process.exit(CODES[signal]));
}

interface Serving {
  app: NestFastifyApplication;
  listeners: Listeners;
  /** From not being ready to listening no more. */
  shutdownDelaySeconds: number;
}

/** Ends the process at SIGTERM or SIGINT once the requests under way are answered, with exit code 0. */
export function shutDownOnSignal({ app, listeners, shutdownDelaySeconds }: Serving, logger: Logger): void {
  const readiness = app.get(Readiness);
  const shutDown = async (signal: NodeJS.Signals) => {
    if (readiness.isEnding) return;
    readiness.isEnding = true;
    logger.info({ signal }, 'Shutting down');
    await delay(shutdownDelaySeconds * 1_000);
    await drain(app.getHttpServer(), listeners);
    await app.close();
    process.exit(0);
  };
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      shutDown(signal).catch((error: unknown) => {
        logger.error({ problem: 'the server did not shut down in order', cause: String(error) });
        process.exit(1);
      });
    });
    // Only now: a signal that has come, and waits for its turn, is lost when nobody listens meanwhile.
    process.off(signal, end);
  }
}

/**
 * Refuses connections first, so that proxies go elsewhere with what they have not sent yet; has answers close those that are in
 * use; and only then closes the idle ones, which nobody uses any more.
 */
async function drain(
  server: ReturnType<NestFastifyApplication['getHttpServer']>,
  listeners: Listeners,
): Promise<void> {
  server.prependListener('request', (_request, response) => {
    response.setHeader('connection', 'close');
  });
  const idle = setInterval(() => {
    listeners.closeIdle();
  }, DRAIN_MS);
  const deadline = setTimeout(() => {
    server.closeAllConnections();
  }, DEADLINE_MS);
  await listeners.close();
  clearInterval(idle);
  clearTimeout(deadline);
}
