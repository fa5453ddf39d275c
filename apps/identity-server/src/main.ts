import 'reflect-metadata';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { createApplication } from './application';
import { readConfiguration } from './configuration';
import { Database } from './database/database';
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
  if (accountEnumeration === 'decoy') configuration.secret ??= await keepSecret(dataDir);
  const database = await Database.open(configuration);
  await seeInstallation(configuration, database, logger);
  const app = await createApplication(configuration, database, logger, PAGES_FOLDER);
  shutDownOnSignal(app, logger);
  await app.listen(port, host);
  logger.info(
    { rpId, rpOrigins, database: databaseUrl ? 'PostgreSQL' : `embedded in ${dataDir}` },
    `Ready: ${rpOrigins[0]} (API at /docs)`,
  );
}

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
