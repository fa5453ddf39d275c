import { type DynamicModule, type INestApplication, Module, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import type { Database } from '../../apps/identity-server/src/database/database';
import { emptyDatabase } from './worker-database';

export interface HostOptions extends ModuleMetadata {
  /** In place of Fastify. */
  express?: boolean;
  /** What the host does with its application before it listens. */
  prepare?: (app: INestApplication) => void;
}

/** Hosts that have nothing but a database, the module, and what a test gives them; one at a time. */
export class MountedHosts {
  private database!: Database;
  private app: INestApplication | undefined;

  async open(): Promise<void> {
    this.database = await (await emptyDatabase()).open();
  }

  /** How many listen to the database's pool, and to a connection of it. */
  async listeners(): Promise<{ pool: number; connection: number }> {
    const { master: pool } = this.database.dataSource.driver as unknown as { master: Pool };
    const client = await pool.connect();
    const connection = client.listenerCount('error');
    client.release();
    return { pool: pool.listenerCount('acquire'), connection };
  }

  async serve(
    module: DynamicModule,
    { express = false, prepare = () => {}, imports = [], ...metadata }: HostOptions = {},
  ): Promise<{ url: string; app: INestApplication }> {
    const { dataSource } = this.database;
    // The connection outlives the hosts.
    const lasting = new Proxy(dataSource, {
      get: (target, name) => {
        if (name === 'destroy') return () => Promise.resolve();
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const typeorm = TypeOrmModule.forRootAsync({
      useFactory: () => dataSource.options,
      dataSourceFactory: () => Promise.resolve(lasting),
    });
    @Module({ imports: [typeorm, module, ...imports], ...metadata })
    class Host {}
    const adapter = express ? new ExpressAdapter() : new FastifyAdapter();
    const app = await NestFactory.create(Host, adapter, { logger: false, abortOnError: false });
    this.app = app;
    prepare(app);
    await app.listen(0, '127.0.0.1');
    return { url: await app.getUrl(), app };
  }

  async closeOne(): Promise<void> {
    await this.app?.close();
    this.app = undefined;
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
