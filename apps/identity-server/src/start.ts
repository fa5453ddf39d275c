import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FirstAdministrator } from 'nestjs-passkey-sign-in';
import type { Logger } from 'pino';
import { type Configuration, ConfigurationError, forgetSecrets, readConfiguration } from './configuration';
import { CONTROL_TOKEN } from './control/control-token';
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
  await sayHowToAdminister(server, logger);
}

/** While nobody has an account, whoever made the tables: later `passkey-server admin link` makes one. */
async function sayHowToAdminister({ app }: OpenServer, logger: Logger): Promise<void> {
  if (!logger.isLevelEnabled('info')) return;
  try {
    const first = app.get(FirstAdministrator, { strict: false });
    const url = await first.makeLink({ by: 'management', token: CONTROL_TOKEN });
    if (url === null) return;
    logger.info(
      `No users yet: whoever opens this within an hour, and signs in, is the administrator: ${url}`,
    );
  } catch (error) {
    logger.warn({ problem: 'no link for the first administrator was made', cause: String(error) });
  }
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
