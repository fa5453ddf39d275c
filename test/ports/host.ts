import { randomBytes } from 'node:crypto';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  ExperienceVerificationModule,
  type ExperienceVerificationOptions,
  type ExperienceVerificationPorts,
  INTERACTION_PROVIDER,
  SESSION_PROVIDER,
  UsersService,
  type UserId,
} from 'nestjs-passkey-sign-in';
import { DataSource } from 'typeorm';
import { User } from '../../libs/experience-verification/src/users/user.entity';
import { ORIGIN } from '../support/test-server';
import { emptyDatabase } from '../support/worker-database';
import type { PortsUnderTest } from './ports-under-test';

/** A host that mounts the module with ports of its own. */
export interface PortsHost {
  url: string;
  ports: PortsUnderTest;
  app: INestApplication;
  users: UsersService;
  close(): Promise<void>;
}

/**
 * @param prepare what the host adds to its HTTP server before it listens
 * @param options of the module, beside its relying party
 */
export async function startHost(
  ports: ExperienceVerificationPorts,
  prepare: (app: INestApplication) => void = () => {},
  options: Partial<ExperienceVerificationOptions> = {},
): Promise<PortsHost> {
  const database = await (await emptyDatabase()).open();
  const { dataSource } = database;
  const typeorm = TypeOrmModule.forRootAsync({
    useFactory: () => dataSource.options,
    dataSourceFactory: () => Promise.resolve(dataSource),
  });
  const module = ExperienceVerificationModule.forRoot(
    { relyingParty: { id: 'localhost', name: 'Host', origins: [ORIGIN] }, ...options },
    ports,
  );
  @Module({ imports: [typeorm, module] })
  class Host {}
  const app = await NestFactory.create(Host, new ExpressAdapter(), { logger: false, abortOnError: false });
  prepare(app);
  await app.listen(0, '127.0.0.1');
  return {
    url: await app.getUrl(),
    ports: {
      interactions: app.get(INTERACTION_PROVIDER),
      sessions: app.get(SESSION_PROVIDER),
      manager: dataSource.manager,
      newUser: () => newUser(dataSource),
      suspend: async (id) => {
        await dataSource.getRepository(User).update({ id }, { suspended: true });
      },
    },
    app,
    users: app.get(UsersService),
    close: async () => {
      await app.close();
      await database.close();
    },
  };
}

/** The host, which takes away what it has made for itself before it closes. */
export const takingAway = (host: PortsHost, own: () => Promise<void>): PortsHost => ({
  ...host,
  close: async () => {
    await own();
    await host.close();
  },
});

async function newUser(dataSource: DataSource): Promise<UserId> {
  const [row] = await dataSource.query<{ id: UserId }[]>('SELECT gen_random_uuid() AS id');
  const { id } = row!;
  await dataSource.getRepository(User).insert({ id, userHandle: randomBytes(64) });
  return id;
}
