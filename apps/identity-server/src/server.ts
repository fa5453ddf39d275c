import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MetadataError, SecretError } from 'nestjs-passkey-sign-in';
import type { Logger as PinoLogger } from 'pino';
import { createApplication } from './application';
import { type Configuration, ConfigurationError } from './configuration';
import { ControlToken } from './control/control-token';
import { Database } from './database/database';
import { keepSecret } from './database/kept-secret';
import { examinePooler } from './database/pooler';
import { expectedInstallation, seeInstallation } from './database/seen-installation';
import { NestLogger } from './logging/nest-logger';
import { readPages } from './pages/page-languages';
import type { Telemetry } from './telemetry/telemetry';

const PAGES_FOLDER = join(__dirname, '../../sign-in');

/** The server on its database, before it listens. */
export interface OpenServer {
  app: NestFastifyApplication;
  database: Database;
  /** By which whoever may use the database itself calls the management API. */
  controlToken: ControlToken;
}

/**
 * Opens the database, brings its schema up to date, and makes the server on it.
 * @param serves whether it is a server, and not a command that calls its API
 */
export async function openServer(
  configuration: Configuration,
  logger: PinoLogger,
  telemetry?: Telemetry,
  serves = true,
): Promise<OpenServer> {
  // The database is opened before Nest starts, which would do this.
  Logger.overrideLogger(new NestLogger(logger));
  const { accountEnumeration, databaseUrl, dataDir } = configuration;
  const pages = readPages(PAGES_FOLDER, configuration.languages, logger);
  const database = await Database.open(configuration);
  try {
    // The folder is there by now, and one that a server can use.
    if (accountEnumeration === 'decoy' || configuration.openIdProvider) {
      configuration.secrets ??= [await keepSecret(dataDir)];
    }
    if (databaseUrl !== undefined) await examinePooler(database.dataSource, logger);
    const installation = await expectedInstallation(configuration, database);
    if (serves) await seeInstallation(configuration, installation, logger);
    const controlToken = new ControlToken();
    const managementTokens = [...configuration.managementTokens, controlToken.options];
    const app = await createApplication(
      { ...configuration, managementTokens },
      database,
      logger,
      pages,
      telemetry,
      serves,
    );
    return { app, database, controlToken };
  } catch (error) {
    await database.close().catch(() => undefined);
    if (error instanceof SecretError) throw new ConfigurationError('SECRET', error.message);
    if (error instanceof MetadataError) throw new ConfigurationError('FIDO_METADATA', error.message);
    throw error;
  }
}
