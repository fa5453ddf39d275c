import { chmod, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Logger } from 'pino';
import type { Configuration } from './configuration';
import { CONTROL, type ControlRefusal, controlSocketIn } from './control/control-client';
import { examineDatabase } from './doctor/database-findings';
import { reasonOf } from './reason';
import type { OpenServer } from './server';

/**
 * Lets the `passkey-server` command work on the embedded database, which this process alone may open: a Unix socket in its
 * folder, which is the owner's alone. Whoever may open it may read the database's files too, so that no token is asked
 * for.
 */
export async function listenForCommand(
  configuration: Configuration,
  { app, database, controlToken }: OpenServer,
  logger: Logger,
): Promise<void> {
  const api = app.getHttpAdapter().getInstance();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === CONTROL.database) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(await examineDatabase(database.dataSource, configuration)));
      return;
    }
    if (request.url === CONTROL.backup && request.method === 'POST') {
      await pipeline(await database.backUp(), response);
      return;
    }
    request.headers.authorization = controlToken.authorization;
    request.url = configuration.basePath + (request.url ?? '/');
    api.routing(request, response);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      logger.error({ problem: 'the command was not answered', cause: String(error) });
      // What has begun can only be cut short.
      if (response.headersSent || response.destroyed) response.destroy();
      else refuse(response, error);
    });
  });
  const path = controlSocketIn(configuration.dataDir);
  // Of a server that was killed: this one holds the folder's lock.
  await rm(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  await chmod(path, 0o600);
  server.unref();
  app.getHttpServer().once('close', () => {
    server.close();
    server.closeAllConnections();
  });
}

function refuse(response: ServerResponse, error: unknown): void {
  const refusal: ControlRefusal = { message: reasonOf(error) };
  response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify(refusal));
}
