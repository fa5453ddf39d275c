import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';

/**
 * How long answers ask their clients to close the connection before the server closes it, in milliseconds: a
 * request that is on its way on an open connection is answered, not cut off.
 */
const DRAIN_MS = 1_000;

/** By then connections are cut, whoever still holds them, in milliseconds. */
const DEADLINE_MS = 10_000;

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

const end = (): never => process.exit(0);

/**
 * Ends the process at SIGTERM or SIGINT at once, with exit code 0, while the server is starting: nothing is under way but
 * migrations, in a transaction that the database takes back.
 */
export function endAtSignal(): void {
  for (const signal of SIGNALS) process.on(signal, end);
}

/** Ends the process at SIGTERM or SIGINT once the requests under way are answered, with exit code 0. */
export function shutDownOnSignal(app: NestFastifyApplication, logger: Logger): void {
  let draining = false;
  const server = app.getHttpServer();
  server.prependListener('request', (_request, response) => {
    if (draining) response.setHeader('connection', 'close');
  });
  const shutDown = async (signal: NodeJS.Signals) => {
    if (draining) return;
    draining = true;
    logger.info({ signal }, 'Shutting down');
    setTimeout(() => {
      server.closeAllConnections();
    }, DEADLINE_MS).unref();
    await new Promise((resolve) => setTimeout(resolve, DRAIN_MS));
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
