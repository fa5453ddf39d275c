import 'reflect-metadata';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication } from './application';
import { ConfigurationError, readConfiguration } from './configuration';
import { Database } from './database/database';
import { examinePooler } from './database/pooler';
import { seeInstallation } from './database/seen-installation';
import { keepSecret } from './database/kept-secret';
import { createLogger } from './logging/logger';
import { NestLogger } from './logging/nest-logger';
import { shutDownOnSignal } from './shutdown';

const PAGES_FOLDER = join(__dirname, '../../sign-in');

async function start(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const logger = await createLogger(configuration.logLevel);
  // The database is opened before Nest starts, which would do this.
  Logger.overrideLogger(new NestLogger(logger));
  const { accountEnumeration, databaseUrl, dataDir, host, port, rpId, rpOrigins } = configuration;
  if (accountEnumeration === 'decoy' || configuration.openIdProvider) {
    configuration.secret ??= await keepSecret(dataDir);
    if (configuration.openIdProvider) configuration.openIdProvider.secret = configuration.secret;
  }
  const database = await Database.open(configuration);
  if (databaseUrl !== undefined) await examinePooler(database.dataSource, logger);
  await seeInstallation(configuration, database, logger);
  const app = await createApplication(configuration, database, logger, PAGES_FOLDER);
  shutDownOnSignal(app, logger);
  await listen(app, port, host);
  logger.info(
    { rpId, rpOrigins, database: databaseUrl ? 'PostgreSQL' : `embedded in ${dataDir}` },
    `Ready: ${rpOrigins[0]} (API at /docs)`,
  );
}

async function listen(app: NestFastifyApplication, port: number, host: string): Promise<void> {
  try {
    await app.listen(port, host);
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
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
