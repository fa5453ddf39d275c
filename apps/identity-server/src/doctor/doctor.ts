import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { type Configuration, ConfigurationError } from '../configuration';
import { askControl, CONTROL } from '../control/control-client';
import { type DatabaseLocation, dataSourceOptions } from '../database/data-source-options';
import { reasonOf } from '../reason';
import { examineConfiguration, examineDisk, examineOrigins, examineSecrets } from './configuration-findings';
import { assertEmbeddedIsMeant } from '../database/database';
import { examineMetadata } from './metadata-findings';
import { examineRedis } from './redis-findings';
import { type DatabaseFindings, examineDatabase } from './database-findings';
import { type Finding, Findings } from './finding';
import { examineMessages } from './message-findings';
import { examineProxy } from './proxy-findings';

/** Looks at everything that a server with this environment needs, and changes nothing. */
export async function examine(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const { findings, configuration } = examineConfiguration(env);
  if (configuration === null) return findings;
  const database = await examineAnyDatabase(configuration);
  return [
    ...findings,
    ...examineOrigins(configuration),
    ...database.findings,
    ...(await examineProxy(configuration.rpOrigins[0] + configuration.basePath, database.installation)),
    ...(await examineMessages(configuration)),
    ...(await examineRedis(configuration)),
    ...(await examineMetadata(configuration)),
    ...(await examineDisk(configuration)),
    ...examineSecrets(configuration),
  ];
}

export async function examineAnyDatabase(configuration: Configuration): Promise<DatabaseFindings> {
  const findings = new Findings('database');
  const { databaseUrl, dataDir } = configuration;
  try {
    if (databaseUrl !== undefined) return await examineAt({ url: databaseUrl }, configuration);
    assertEmbeddedIsMeant(configuration);
    findings.ok(`it is the embedded one, in ${dataDir}`);
    const served = await askControl<DatabaseFindings>(dataDir, 'GET', CONTROL.database);
    if (served) return { ...served, findings: [...findings.list, ...served.findings] };
    if (!existsSync(join(dataDir, 'postgres'))) {
      findings.ok('it is not there yet: the first start makes it');
      return { findings: findings.list, installation: null };
    }
    const { openEmbedded } = await import('../database/embedded-database.ts');
    const embedded = await openEmbedded(dataDir);
    try {
      const found = await examineAt(embedded, configuration);
      return { ...found, findings: [...findings.list, ...found.findings] };
    } finally {
      await embedded.close();
    }
  } catch (error) {
    const name = databaseUrl === undefined ? '' : 'DATABASE_URL: ';
    findings.problem(error instanceof ConfigurationError ? error.message : `${name}${reasonOf(error)}`);
    return { findings: findings.list, installation: null };
  }
}

async function examineAt(
  location: DatabaseLocation,
  configuration: Configuration,
): Promise<DatabaseFindings> {
  const dataSource = await new DataSource(dataSourceOptions(location)).initialize();
  try {
    return await examineDatabase(dataSource, configuration);
  } finally {
    await dataSource.destroy();
  }
}
