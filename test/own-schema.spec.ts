import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  experienceVerificationMigrations,
  ExperienceVerificationModule,
  migrate,
} from 'nestjs-passkey-sign-in';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { dataSourceOptions } from '../apps/identity-server/src/database/data-source-options';
import { Browser, freshUsername } from './support/browser';
import { ORIGIN } from './support/test-server';
import { blankDatabase, type WorkerDatabase } from './support/worker-database';

/** The host's own table, of the same name as one of the module's. */
@Entity('users')
class Member {
  @PrimaryColumn('text')
  nickname!: string;

  @Column('text')
  favouriteColour!: string;
}

const relyingParty = { id: 'localhost', name: 'Host', origins: [ORIGIN] };

describe('the module in a host that has tables of its own', () => {
  let testDatabase: WorkerDatabase;
  let close: () => Promise<void>;
  beforeEach(async () => {
    testDatabase = await blankDatabase();
    close = () => Promise.resolve();
  });
  afterEach(async () => {
    await close();
    await testDatabase.drop();
  });

  const connection = () => ({
    ...dataSourceOptions(testDatabase.location),
    entities: [],
    migrations: [],
  });

  const serve = async (...imports: (DynamicModule | Type)[]) => {
    @Module({ imports })
    class Host {}
    const app = await NestFactory.create(Host, new FastifyAdapter(), { logger: false, abortOnError: false });
    close = () => app.close();
    await app.listen(0, '127.0.0.1');
    return { url: await app.getUrl(), dataSource: app.get(DataSource) };
  };

  const schemasOf = async (dataSource: DataSource, table: string) =>
    (
      await dataSource.query<{ name: string }[]>(
        `SELECT relnamespace::regnamespace::text AS name FROM pg_class WHERE relname = $1 ORDER BY 1`,
        [table],
      )
    ).map(({ name }) => name);

  const makeMembers = async () => {
    const dataSource = await new DataSource({ ...connection(), entities: [Member] }).initialize();
    await dataSource.synchronize();
    await dataSource.manager.insert(Member, { nickname: 'Ada', favouriteColour: 'green' });
    await dataSource.destroy();
  };

  const expectSignIn = async (server: { url: string }) => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.signIn(identifier);
    await browser.signIn();
    expect((await browser.get('/api/my-account')).body).toMatchObject({ username: identifier.value });
    expect((await browser.get('/api/my-account/passkeys')).body).toHaveLength(1);
  };

  it('leaves a table `users` in `public` alone', async () => {
    await makeMembers();
    const server = await serve(
      TypeOrmModule.forRoot({
        ...connection(),
        autoLoadEntities: true,
        entities: [Member],
        migrations: experienceVerificationMigrations,
        migrationsRun: true,
        retryDelay: 20,
      }),
      ExperienceVerificationModule.forRoot({ relyingParty }),
    );
    await expectSignIn(server);
    expect(await server.dataSource.manager.find(Member)).toEqual([
      { nickname: 'Ada', favouriteColour: 'green' },
    ]);
    expect(await schemasOf(server.dataSource, 'users')).toEqual(['passkey', 'public']);
    expect(await migrate(server.dataSource)).toEqual([]);
  });

  it('is in the schema that the host names, whichever way the options come, and takes no prefix of its tables', async () => {
    const server = await serve(
      TypeOrmModule.forRoot({
        ...connection(),
        entityPrefix: 'host_',
        autoLoadEntities: true,
        migrations: experienceVerificationMigrations,
        migrationsRun: true,
        retryDelay: 20,
      }),
      ExperienceVerificationModule.forRootAsync({
        schema: 'sign_in',
        useFactory: () => ({ relyingParty }),
      }),
    );
    await expectSignIn(server);
    for (const table of ['users', 'verification_records', 'sweeps', 'applied_migrations']) {
      expect(await schemasOf(server.dataSource, table)).toEqual(['sign_in']);
    }
  });

  it('does not start with entities of another schema, or without any', async () => {
    const start = (schema?: string) =>
      serve(
        TypeOrmModule.forRoot(dataSourceOptions(testDatabase.location)),
        ExperienceVerificationModule.forRoot({ relyingParty, schema }),
      );
    await expect(start('elsewhere')).rejects.toThrow(
      'schema: the module is told "elsewhere", but its entities are in "passkey"',
    );
    await expect(
      serve(TypeOrmModule.forRoot(connection()), ExperienceVerificationModule.forRoot({ relyingParty })),
    ).rejects.toThrow(/entities: the DataSource lacks|No metadata for/);
  });

  it.each(['', 'Passkey', 'pg_mine', 'a-b', 'x"; DROP SCHEMA public; --', 'a'.repeat(64)])(
    'refuses the schema %p',
    (schema) => {
      expect(() => ExperienceVerificationModule.forRoot({ relyingParty, schema })).toThrow(
        /^schema: must be/,
      );
    },
  );
});
