import type { ClientBase } from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { openIdProviderEntities, openIdProviderMigrations } from 'nestjs-passkey-openid-provider';
import { experienceVerificationEntities, experienceVerificationMigrations } from 'nestjs-passkey-sign-in';

/** Where PostgreSQL is: a server's URL, or the folder of the embedded one's Unix socket. */
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

/** A database or role may write dates another way, which the driver does not read. */
const DATES = `SET datestyle TO 'ISO'`;

/**
 * A statement that takes long is stopped by the database, and the caller told to try again. Milliseconds. They are set
 * once connected: as parameters of the connection poolers refuse them.
 */
const TIMEOUTS = `SET statement_timeout TO 5000; SET idle_in_transaction_session_timeout TO 10000`;

/** The one set of options for the server and for the TypeORM CLI, embedded or served. */
export function dataSourceOptions(location: DatabaseLocation): DataSourceOptions {
  if ('url' in location) {
    return {
      ...common,
      url: location.url,
      poolSize: 10,
      connectTimeoutMS: 5_000,
      extra: { keepAlive: true, onConnect: (client: ClientBase) => client.query(`${DATES}; ${TIMEOUTS}`) },
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
