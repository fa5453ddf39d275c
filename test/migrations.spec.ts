import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { openIdProviderEntities, openIdProviderMigrations } from 'nestjs-passkey-openid-provider';
import {
  experienceVerificationEntities,
  experienceVerificationMigrations,
  migrate,
  ModuleMigration,
} from 'nestjs-passkey-sign-in';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../apps/identity-server/src/database/data-source-options';
import { onServed } from './support/at-once';
import { until } from './support/until';
import { blankDatabase, type WorkerDatabase } from './support/worker-database';

const NAMES = [...experienceVerificationMigrations, ...openIdProviderMigrations].map(
  (Migration) => new Migration().name,
);

const ADMINISTRATORS = 'Administrators1765307000000';

class Expansion1999999999998 extends ModuleMigration {
  readonly name = 'Expansion1999999999998';
  override readonly requires = null;
  protected apply = () => Promise.resolve();
  protected undo = () => Promise.resolve();
}

class Contraction1999999999999 extends ModuleMigration {
  readonly name = 'Contraction1999999999999';
  override readonly requires = 'Expansion1999999999998';
  protected apply = () => Promise.resolve();
  protected undo = () => Promise.resolve();
}

async function takeBack(dataSource: DataSource, name: string): Promise<void> {
  await dataSource.transaction(({ queryRunner }) =>
    dataSource.migrations.find((one) => one.name === name)!.down(queryRunner!),
  );
}

describe('migrations', () => {
  let testDatabase: WorkerDatabase;
  let close: (() => Promise<void>)[];
  beforeEach(async () => {
    testDatabase = await blankDatabase();
    close = [];
  });
  afterEach(async () => {
    await Promise.all(close.map((one) => one()));
    await testDatabase.drop();
  });

  const url = () => ('url' in testDatabase.location ? testDatabase.location.url : undefined);
  const connect = async (further: (new () => ModuleMigration)[] = []): Promise<DataSource> => {
    const options = dataSourceOptions(testDatabase.location);
    const migrations = [...(options.migrations as (new () => ModuleMigration)[]), ...further];
    const dataSource = await new DataSource({ ...options, migrations }).initialize();
    close.push(() => dataSource.destroy());
    return dataSource;
  };
  /** Somebody else on the same database. */
  const another = async (): Promise<Client> => {
    const client = new Client({ connectionString: url() });
    await client.connect();
    close.push(() => client.end());
    return client;
  };
  const noted = async (dataSource: DataSource): Promise<string[]> =>
    (
      await dataSource.query<{ name: string }[]>(
        `SELECT name FROM (TABLE passkey.applied_migrations UNION ALL TABLE passkey.applied_expansions) AS noted
          ORDER BY applied_at, name`,
      )
    ).map(({ name }) => name);

  it('run once when they are started several times at once', async () => {
    const dataSource = await connect();
    const servers =
      url() === undefined ? [dataSource] : [dataSource, ...(await Promise.all([connect(), connect()]))];
    const starts = [...servers, ...servers].map((server) => migrate(server));
    expect((await Promise.all(starts)).flat()).toEqual(NAMES);
    expect(await noted(dataSource)).toEqual(NAMES);
    expect(await migrate(dataSource)).toEqual([]);
  });

  it('are refused, and so is the start, on a schema that a later release has changed', async () => {
    const dataSource = await connect();
    await migrate(dataSource);
    await dataSource.query(`INSERT INTO passkey.applied_migrations (name) VALUES ('Later1999999999999')`);
    await expect(migrate(dataSource)).rejects.toMatchObject({
      code: 'newer_schema',
      message: 'the schema is newer than this server, which does not know Later1999999999999',
    });
    await expect(testDatabase.open()).rejects.toThrow(/^DATABASE_URL: the schema is newer/);
  });

  it('of a later release let servers run, until it takes away what they use', async () => {
    const present = await connect();
    const next = await connect([Expansion1999999999998]);
    const afterNext = await connect([Expansion1999999999998, Contraction1999999999999]);

    expect(await migrate(next)).toEqual([...NAMES, 'Expansion1999999999998']);
    expect(await migrate(present)).toEqual([]);
    await (await testDatabase.open()).close();

    expect(await migrate(afterNext)).toEqual(['Contraction1999999999999']);
    expect(await migrate(next)).toEqual([]);
    await expect(migrate(present)).rejects.toMatchObject({
      code: 'newer_schema',
      message: 'the schema is newer than this server, which does not know Expansion1999999999998',
    });
  });

  it('leave nothing behind when one of them fails', async () => {
    const dataSource = await connect();
    const schemas = `SELECT nspname FROM pg_namespace WHERE nspname = 'passkey'`;
    // In the way of a later one.
    await dataSource.query(`CREATE SCHEMA passkey`);
    await dataSource.query(`CREATE TABLE passkey.sweeps (id int)`);
    const log = jest.spyOn(console, 'error').mockImplementation();
    await expect(migrate(dataSource)).rejects.toThrow('relation "sweeps" already exists');
    log.mockRestore();
    expect(await dataSource.query(`SELECT to_regclass('passkey.users') AS "table"`)).toEqual([
      { table: null },
    ]);
    await dataSource.query(`DROP SCHEMA passkey CASCADE`);
    expect(await migrate(dataSource)).toEqual(NAMES);
    expect(await dataSource.query(schemas)).toHaveLength(1);
  });

  it('give identifiers back to the columns that they were, and take them again', async () => {
    const dataSource = await connect();
    await migrate(dataSource);
    const everybody = `SELECT i.type, i.value, u.user_handle AS handle
                         FROM passkey.user_identifiers i JOIN passkey.users u ON u.id = i.user_id ORDER BY 1, 2`;
    await dataSource.query(`
      WITH accounts AS (
        INSERT INTO passkey.users (id, user_handle)
        SELECT gen_random_uuid(), decode('0' || n, 'hex') FROM generate_series(1, 3) n RETURNING id, user_handle)
      INSERT INTO passkey.user_identifiers (tenant, type, value, user_id)
      SELECT 'default', type, type || right(user_handle::text, 1), id
        FROM accounts, (VALUES ('username', 1), ('email', 2), ('phone', 2)) AS given(type, least)
       WHERE right(user_handle::text, 1)::int >= least`);
    const before = await dataSource.query<unknown[]>(everybody);
    expect(before).toHaveLength(7);
    await takeBack(dataSource, 'UserIdentifiers1764400000000');
    expect(
      await dataSource.query(
        `SELECT username, primary_email AS email, primary_phone AS phone FROM passkey.users ORDER BY user_handle`,
      ),
    ).toEqual([
      { username: 'username1', email: null, phone: null },
      { username: 'username2', email: 'email2', phone: 'phone2' },
      { username: 'username3', email: 'email3', phone: 'phone3' },
    ]);
    expect(await migrate(dataSource)).toEqual(['UserIdentifiers1764400000000']);
    expect(await dataSource.query(everybody)).toEqual(before);
  });

  it('give a name’s look to the oldest account that has it, and the ASCII form of domains', async () => {
    const dataSource = await connect();
    await migrate(dataSource);
    await takeBack(dataSource, 'LookAlikes1765150000000');
    await dataSource.query(
      `WITH given AS (
         SELECT gen_random_uuid() AS id, n, type, value FROM (VALUES
           (1, 'username', 'bill'), (2, 'username', 'bi11'), (3, 'username', 'b\u0131ll'), (4, 'username', 'rnary'),
           (5, 'email', 'a@b\u00fccher.example'), (6, 'email', 'c@b\u00fccher.example'),
           (7, 'email', 'c@xn--bcher-kva.example')) AS given (n, type, value)),
       owners AS (INSERT INTO passkey.users (id, user_handle, created_at)
         SELECT id, decode('0' || n, 'hex'), now() - n * interval '1 day' FROM given)
       INSERT INTO passkey.user_identifiers (tenant, type, value, user_id) SELECT 'default', type, value, id FROM given`,
    );
    expect(await migrate(dataSource)).toEqual(['LookAlikes1765150000000']);
    expect(
      await dataSource.query(
        `SELECT value, skeleton FROM passkey.user_identifiers ORDER BY type, value COLLATE "C"`,
      ),
    ).toEqual([
      { value: 'a@xn--bcher-kva.example', skeleton: null },
      { value: 'c@b\u00fccher.example', skeleton: null },
      { value: 'c@xn--bcher-kva.example', skeleton: null },
      { value: 'bi11', skeleton: null },
      { value: 'bill', skeleton: null },
      { value: 'b\u0131ll', skeleton: 'bill' },
      { value: 'rnary', skeleton: 'rnary' },
    ]);
  });

  it('know the model of attested passkeys from before models were kept, but of U2F', async () => {
    const dataSource = await connect();
    await migrate(dataSource);
    await takeBack(dataSource, 'AttestedModels1764900000000');
    const model = '0f0f0f0f-1111-2222-3333-444444444444';
    const none = '00000000-0000-0000-0000-000000000000';
    await dataSource.query(
      `WITH owner AS (INSERT INTO passkey.users (id, user_handle) VALUES (gen_random_uuid(), '\\x01') RETURNING id)
       INSERT INTO passkey.credential_records
         (id, user_id, rp_id, credential_id, public_key, sign_count, transports, aaguid, backup_state, uv_initialized,
          attestation_format)
       SELECT gen_random_uuid(), id, 'a', sha256(format::bytea), '', 0, '{}', aaguid::uuid, false, true, format
         FROM owner, (VALUES ('packed', $1), ('none', $1), ('fido-u2f', $2)) AS kept (format, aaguid)`,
      [model, none],
    );
    expect(await migrate(dataSource)).toEqual(['AttestedModels1764900000000']);
    expect(
      await dataSource.query(
        `SELECT attestation_format AS format, attested_model AS model FROM passkey.credential_records ORDER BY format`,
      ),
    ).toEqual([
      { format: 'fido-u2f', model: null },
      { format: 'none', model: null },
      { format: 'packed', model },
    ]);
  });

  describe('that make an index on a table that is there', () => {
    const GRANTS = 'GrantsOfSessions1765360000000';
    const made = (dataSource: DataSource) =>
      dataSource.query(
        `SELECT indisvalid AS whole FROM pg_index WHERE indexrelid = to_regclass('passkey.oidc_payloads_grant_idx')`,
      );
    /** All but the one that makes it. */
    const before = async () => {
      const dataSource = await connect();
      await migrate(dataSource);
      await takeBack(dataSource, GRANTS);
      return dataSource;
    };
    beforeEach(() => jest.spyOn(Logger.prototype, 'log').mockImplementation());
    afterEach(() => jest.restoreAllMocks());

    const forget = (dataSource: DataSource) =>
      dataSource.query(`DELETE FROM passkey.applied_expansions WHERE name = '${GRANTS}'`);

    it.each([
      ['migrate()', migrate],
      ['TypeORM', (dataSource: DataSource) => dataSource.runMigrations({ transaction: 'all' })],
    ])('make it again where the making was cut short, by %s', async (_way, run) => {
      const dataSource = await connect();
      await migrate(dataSource);
      await forget(dataSource);
      await dataSource.query(
        `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'passkey.oidc_payloads_grant_idx'::regclass`,
      );
      const limits = await dataSource.query<object[]>(`SHOW statement_timeout`);
      await run(dataSource);
      expect(await noted(dataSource)).toContain(GRANTS);
      expect(await made(dataSource)).toEqual([{ whole: true }]);
      expect(await dataSource.query(`SHOW statement_timeout`)).toEqual(limits);
    });

    onServed('while others are at work', () => {
      /** Somebody whose transaction has looked at the database before, which an index has to wait for. */
      const lookingOn = async () => {
        const client = await another();
        await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM passkey.users`);
        return client;
      };
      const waiting = async (dataSource: DataSource) => {
        const ask = `SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY%' AND wait_event_type = 'Lock'
                        AND datname = current_database()`;
        await until(async () => (await dataSource.query<object[]>(ask)).length > 0);
      };

      it('let them write meanwhile, and are noted once, whichever server makes it', async () => {
        const dataSource = await before();
        const other = await connect();
        const writer = await lookingOn();
        const migrated = [migrate(dataSource), migrate(other)];
        await waiting(dataSource);
        await dataSource.query(
          `BEGIN; SET LOCAL lock_timeout TO 100; DELETE FROM passkey.oidc_payloads; COMMIT`,
        );
        await writer.query(`COMMIT`);
        expect((await Promise.all(migrated)).flat()).toEqual([GRANTS]);
        expect(await made(dataSource)).toEqual([{ whole: true }]);
      });

      it('wait for nobody who writes where it is there already', async () => {
        const dataSource = await connect();
        await migrate(dataSource);
        await forget(dataSource);
        const writer = await lookingOn();
        await writer.query(`DELETE FROM passkey.oidc_payloads`);
        expect(await migrate(dataSource, 50)).toEqual([GRANTS]);
      });

      it('give up in one line when they stay at work, and can be made later', async () => {
        const dataSource = await before();
        const writer = await lookingOn();
        await expect(migrate(dataSource, 1_000)).rejects.toMatchObject({
          code: 'locked',
          message: 'what is to be migrated, oidc_payloads, has been in use for 1 seconds',
        });
        expect(await made(dataSource)).toEqual([{ whole: false }]);
        await writer.query(`COMMIT`);
        expect(await migrate(dataSource)).toEqual([GRANTS]);
        expect(await made(dataSource)).toEqual([{ whole: true }]);
      });
    });
  });

  onServed('while another server holds the lock', () => {
    it('say what they wait for, and go on, or give up in one line', async () => {
      const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
      const dataSource = await connect();
      const other = new Client({ connectionString: url() });
      await other.connect();
      await other.query(`BEGIN`);
      await other.query(`SELECT pg_advisory_xact_lock(7283964105)`);
      await expect(migrate(dataSource, 50)).rejects.toMatchObject({
        code: 'locked',
        message: 'another server has been migrating it for 0.05 seconds',
      });
      const waiting = migrate(dataSource);
      const told = ['Another server is migrating the database: waiting for it, at most 600 seconds'];
      await until(() => warn.mock.lastCall?.[0] === told[0]);
      expect(warn.mock.lastCall).toEqual(told);
      expect(inspect(waiting)).toContain('<pending>');
      await other.end();
      expect(await waiting).toEqual(NAMES);
      warn.mockRestore();
    });
  });

  onServed('of a table that is in use', () => {
    /** All but one are there, and somebody is at work on the table that it changes. */
    const whileInUse = async () => {
      const dataSource = await connect();
      await migrate(dataSource);
      await dataSource.query(`ALTER TABLE passkey.users DROP COLUMN administrator`);
      await dataSource.query(`DROP TABLE passkey.administrator_links`);
      await dataSource.query(`DELETE FROM passkey.applied_expansions WHERE name = '${ADMINISTRATORS}'`);
      const work = await another();
      await work.query(`BEGIN; DELETE FROM passkey.users`);
      return { dataSource, work };
    };

    it('hold nobody up behind them, and are made once it is not', async () => {
      const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
      const { dataSource, work } = await whileInUse();
      const others = await another();
      const migrated = migrate(dataSource);
      // Of those who come while it waits none waits until the work is done, which it is after them.
      while (warn.mock.calls.length === 0) await others.query(`SELECT FROM passkey.users`);
      expect(warn.mock.calls).toEqual([
        ['What is to be migrated is in use: trying again, for at most 600 seconds'],
      ]);
      await work.query(`COMMIT`);
      expect(await migrated).toEqual([ADMINISTRATORS]);
      warn.mockRestore();
    });

    it('are given up in one line when it stays so', async () => {
      const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
      const { dataSource } = await whileInUse();
      await expect(migrate(dataSource, 50)).rejects.toMatchObject({
        code: 'locked',
        message: 'what is to be migrated has been in use for 0.05 seconds',
      });
      warn.mockRestore();
    });
  });

  onServed('of servers with `migrationsRun`', () => {
    /** A host as README shows it. */
    const host = async (migrationsTransactionMode: 'all' | 'each'): Promise<DataSource> => {
      const typeorm = TypeOrmModule.forRoot({
        type: 'postgres',
        url: url(),
        installExtensions: false,
        entities: [...experienceVerificationEntities(), ...openIdProviderEntities()],
        migrations: [...experienceVerificationMigrations, ...openIdProviderMigrations],
        migrationsRun: true,
        migrationsTransactionMode,
        retryDelay: 20,
      });
      const app = await Test.createTestingModule({ imports: [typeorm] })
        .setLogger({ log: () => undefined, warn: () => undefined, error: () => undefined })
        .compile();
      close.push(() => app.close());
      return app.get(DataSource);
    };

    it.each(['all', 'each'] as const)(
      'run once when they start at once, transaction for %s',
      async (mode) => {
        const servers = await Promise.all(Array.from({ length: 5 }, () => host(mode)));
        expect(await noted(servers[0]!)).toEqual(NAMES);
        const toldByTypeOrm = await servers[0]!.query<{ name: string }[]>(`SELECT name FROM migrations`);
        expect(toldByTypeOrm.map(({ name }) => name).toSorted()).toEqual(NAMES.toSorted());
      },
    );
  });
});
