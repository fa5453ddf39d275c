import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  OpenIdProvider,
  openIdProvider,
  openIdProviderEntities,
  openIdProviderMigrations,
} from 'nestjs-passkey-openid-provider';
import {
  experienceVerificationEntities,
  experienceVerificationMigrations,
  ExperienceVerificationModule,
  migrate,
  type SchemaOptions,
} from 'nestjs-passkey-sign-in';
import { Column, DataSource, type DataSourceOptions, Entity, PrimaryColumn } from 'typeorm';
import { dataSourceOptions } from '../apps/identity-server/src/database/data-source-options';
import { OpenIdProviderRoutes } from '../apps/identity-server/src/http/openid-provider';
import { RelyingApplication, Traveller } from './openid/relying-application';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { MANAGEMENT_TOKEN, ORIGIN } from './support/test-server';
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
    const app = await NestFactory.create<NestFastifyApplication>(Host, new FastifyAdapter(), {
      logger: false,
      abortOnError: false,
    });
    close = () => app.close();
    const routes = new OpenIdProviderRoutes();
    routes.addTo(app.getHttpAdapter().getInstance());
    await app.listen(0, '127.0.0.1');
    return { url: await app.getUrl(), dataSource: app.get(DataSource), app, routes };
  };

  const schemasOf = async (dataSource: DataSource, table: string) =>
    (
      await dataSource.query<{ name: string }[]>(
        `SELECT relnamespace::regnamespace::text AS name FROM pg_class WHERE relname = $1 ORDER BY 1`,
        [table],
      )
    ).map(({ name }) => name);

  const connectWith = (options: { entities?: DataSourceOptions['entities'] }) =>
    new DataSource({ ...connection(), entities: [Member], ...options }).initialize();

  const makeMembers = async () => {
    const dataSource = await connectWith({});
    await dataSource.synchronize();
    await dataSource.manager.insert(Member, { nickname: 'Ada', favouriteColour: 'green' });
    await dataSource.destroy();
  };

  const expectSignIn = async (server: { url: string }, browser = new Browser(server)) => {
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.signIn(identifier);
    await browser.signIn();
    expect((await browser.get('/api/my-account')).body).toMatchObject({ username: identifier.value });
    expect((await browser.get('/api/my-account/passkeys')).body).toHaveLength(1);
    return identifier;
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

  it('shares a schema with the host by a prefix, with applications that sign people in too', async () => {
    const before = await connectWith({});
    await before.query(`CREATE TABLE users (nickname text PRIMARY KEY, "favouriteColour" text NOT NULL)`);
    await before.query(`CREATE INDEX users_tenant_id_idx ON users ("favouriteColour")`);
    await before.manager.insert(Member, { nickname: 'Ada', favouriteColour: 'green' });
    const relationsOf = async (dataSource: DataSource) =>
      (
        await dataSource.query<{ name: string }[]>(
          `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1`,
        )
      ).map(({ name }) => name);
    const ofTheHost = await relationsOf(before);
    await before.destroy();

    const tables = { schema: 'public', tablePrefix: 'sign_in_' };
    const { app, routes, ...server } = await serve(
      TypeOrmModule.forRoot({
        ...connection(),
        // Of the host's own: none of the module's tables has it too.
        entityPrefix: 'host_',
        autoLoadEntities: true,
        entities: openIdProviderEntities(tables),
        migrations: [...experienceVerificationMigrations, ...openIdProviderMigrations],
        migrationsTableName: 'typeorm',
        migrationsRun: true,
        retryDelay: 20,
      }),
      ExperienceVerificationModule.forRoot({
        ...{ relyingParty, ...tables, managementApiToken: MANAGEMENT_TOKEN, secret: MANAGEMENT_TOKEN },
        adapters: [openIdProvider()],
      }),
    );
    routes.answerWith(app.get(OpenIdProvider));
    const own = (await relationsOf(server.dataSource)).filter((name) => !ofTheHost.includes(name));
    expect(own.filter((name) => !/^(sign_in_|typeorm_|PK_)/.test(name) && name !== 'typeorm')).toEqual([]);
    expect(own).toEqual(expect.arrayContaining(['sign_in_users_pkey', 'sign_in_sessions_user_id_idx']));

    const browser = new Traveller(server);
    const { value: username } = await expectSignIn(server, browser);
    const shop = await RelyingApplication.start(server);
    const request = await shop.ask({ scope: 'openid profile' });
    const tokens = await request.finish(await browser.goTo(request.url));
    expect(tokens.claims()).toMatchObject({ preferred_username: username });
    expect(expectStatus(422, await browser.manage('POST', '/api/users', { username }))).toMatchObject({
      code: 'user.username_already_in_use',
    });
    expect(await migrate(server.dataSource)).toEqual([]);
    await close();

    const after = await connectWith({});
    expect(await after.manager.find(Member)).toEqual([{ nickname: 'Ada', favouriteColour: 'green' }]);
    await after.destroy();
  }, 60_000);

  it('does not give its tables of an earlier version a prefix', async () => {
    const dataSource = await connectWith({
      entities: experienceVerificationEntities({ tablePrefix: 'sign_in_' }),
    });
    await dataSource.query(`CREATE TABLE migrations (name text)`);
    await dataSource.query(`INSERT INTO migrations VALUES ('Foundation1764000000000')`);
    await expect(migrate(dataSource)).rejects.toThrow(
      'tablePrefix: the tables of an earlier version have none, not "sign_in_"',
    );
    await dataSource.destroy();
  });

  it('does not start with entities of another schema or prefix, or without any', async () => {
    const start = (tables: SchemaOptions) =>
      serve(
        TypeOrmModule.forRoot(dataSourceOptions(testDatabase.location)),
        ExperienceVerificationModule.forRoot({ relyingParty, ...tables }),
      );
    await expect(start({ schema: 'elsewhere' })).rejects.toThrow(
      'schema: the module is told "elsewhere", but its entities have "passkey"',
    );
    await expect(start({ tablePrefix: 'other_' })).rejects.toThrow(
      'tablePrefix: the module is told "other_", but its entities have ""',
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

  it.each(['Sign_', '1_', 'a-b', 'x"."', 'a'.repeat(21)])('refuses the prefix %p', (tablePrefix) => {
    expect(() => ExperienceVerificationModule.forRoot({ relyingParty, tablePrefix })).toThrow(
      /^tablePrefix: must be/,
    );
  });
});
