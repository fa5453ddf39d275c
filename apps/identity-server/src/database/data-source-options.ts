import type { ClientBase } from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { openIdProviderEntities, openIdProviderMigrations } from 'nestjs-passkey-openid-provider';
import { experienceVerificationEntities, experienceVerificationMigrations } from 'nestjs-passkey-sign-in';
import { urlsOfHosts } from './primary';
import { DATES, ServedConnections } from './served-connections';

/** Where PostgreSQL is: a server's URL, which may name several hosts, or the folder of the embedded one's Unix socket. */
export type DatabaseLocation = { url: string } | { socketFolder: string };

const common = {
  type: 'postgres' as const,
  entities: [...experienceVerificationEntities(), ...openIdProviderEntities()],
  migrations: [...experienceVerificationMigrations, ...openIdProviderMigrations],
  migrationsTableName: 'migrations',
  synchronize: false,
  installExtensions: false,
  applicationName: 'passkey-sign-in',
} satisfies Partial<DataSourceOptions> & { type: 'postgres' };

/** The one set of options for the server and for the TypeORM CLI, embedded or served. */
export function dataSourceOptions(location: DatabaseLocation): DataSourceOptions {
  if ('url' in location) {
    const urls = urlsOfHosts(location.url);
    return {
      ...common,
      url: urls[0],
      poolSize: 10,
      connectTimeoutMS: 5_000,
      extra: new ServedConnections(urls),
    };
  }
  return {
    ...common,
    host: location.socketFolder,
    username: 'postgres',
    database: 'postgres',
    // It has one session: concurrent work queues for it.
    poolSize: 1,
    connectTimeoutMS: 10_000,
    extra: {
      // The session outlives its connections, and so would the statements that they have prepared.
      onConnect: (client: ClientBase) => client.query(`DEALLOCATE ALL; ${DATES}`),
    },
  };
}
