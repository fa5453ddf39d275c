import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { type Configuration, ConfigurationError, forgetSecrets, readConfiguration } from './configuration';
import { listenForCommand } from './control-socket';
import { Listeners } from './http/listeners';
import { changeLevelOnHangUp, createLogger } from './logging/logger';
import { reasonOf } from './reason';
import { type OpenServer, openServer } from './server';
import { shutDownOnSignal } from './shutdown';
import { openTelemetry } from './telemetry/open-telemetry';

async function start(): Promise<void> {
  const configuration = readConfiguration(process.env);
  forgetSecrets(process.env);
  const telemetry = await openTelemetry(configuration);
  const logger = await createLogger(configuration.logLevel, telemetry?.logFields);
  changeLevelOnHangUp(logger);
  const server = await openServer(configuration, logger, telemetry);
  const { databaseUrl, dataDir, rpId, rpOrigins, basePath, shutdownDelaySeconds } = configuration;
  const listeners = new Listeners(server.app);
  shutDownOnSignal({ app: server.app, listeners, shutdownDelaySeconds }, logger);
  if (databaseUrl === undefined) await listenForCommand(configuration, server, logger);
  await listen(server.app, listeners, configuration);
  logger.info(
    { rpId, rpOrigins, database: databaseUrl ? 'PostgreSQL' : `embedded in ${dataDir}` },
    `Ready: ${rpOrigins[0]}${basePath} (API at ${basePath}/docs)`,
  );
  if (server.database.isNew) await sayHowToAdminister(server, configuration, logger);
}

/** At the first start of all: later `passkey-server admin link` makes one. */
async function sayHowToAdminister(
  { app, controlToken }: OpenServer,
  { rpOrigins, basePath }: Configuration,
  logger: Logger,
) {
  const response = await app.inject({
    method: 'POST',
    url: `${basePath}/api/administrators/link`,
    headers: { host: new URL(rpOrigins[0]).host, authorization: controlToken.authorization },
  });
  if (response.statusCode !== 201) return;
  const { url } = response.json<{ url: string }>();
  logger.info(`First start: whoever opens this within an hour, and signs in, is the administrator: ${url}`);
}

async function listen(
  app: NestFastifyApplication,
  listeners: Listeners,
  { port, host }: Configuration,
): Promise<void> {
  try {
    await listeners.open(port, host);
  } catch (error) {
    await app.close();
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new ConfigurationError('PORT', `${port} is in use at ${host}`);
    if (code === 'EACCES') throw new ConfigurationError('PORT', `this user may not listen on ${port}`);
    throw new ConfigurationError('HOST', message);
  }
}

export async function main(): Promise<void> {
  try {
    await start();
  } catch (error) {
    console.error(reasonOf(error));
    process.exit(1);
  }
}
