import {
  openIdProviderEntities,
  openIdProviderMigrations,
  openIdProviderSealedColumns,
} from 'nestjs-passkey-openid-provider';
import {
  countUnopened,
  experienceVerificationEntities,
  experienceVerificationMigrations,
  experienceVerificationSealedColumns,
  migrate,
  moveTables,
  type SchemaOptions,
} from 'nestjs-passkey-sign-in';
import { DataSource } from 'typeorm';
import {
  type DatabaseLocation,
  dataSourceOptions,
} from '../apps/identity-server/src/database/data-source-options';
import { TemporaryPostgres } from '../libs/embedded-postgres/src/temporary-postgres';
import { blankDatabase, type WorkerDatabase } from './support/worker-database';

/** A row of each table, whatever its columns: `references` are filled before. */
const FILL = `
  DO $$ DECLARE
    one record;
    left_over int;
  BEGIN
    CREATE TEMPORARY TABLE unfilled ON COMMIT DROP AS
      SELECT c.oid FROM pg_class c WHERE c.relnamespace = 'SCHEMA'::regnamespace
         AND c.relkind = 'r' AND starts_with(c.relname, 'PREFIX')
         AND c.relname !~ '(applied_migrations|applied_expansions|installations)$';
    LOOP
      SELECT count(*) INTO left_over FROM unfilled;
      EXIT WHEN left_over = 0;
      FOR one IN
        DELETE FROM unfilled u
         WHERE NOT EXISTS (SELECT FROM pg_constraint k JOIN unfilled f ON f.oid = k.confrelid WHERE k.conrelid = u.oid)
        RETURNING oid
      LOOP
        EXECUTE (
          SELECT format('INSERT INTO %s (%s) SELECT %s', one.oid::regclass, string_agg(quote_ident(attname), ', '),
                   string_agg(coalesce(
                     (SELECT format('(SELECT %I FROM %s LIMIT 1)', fa.attname, k.confrelid::regclass)
                        FROM pg_constraint k JOIN pg_attribute fa ON fa.attrelid = k.confrelid AND fa.attnum = k.confkey[1]
                       WHERE k.conrelid = one.oid AND k.contype = 'f' AND k.conkey = ARRAY[a.attnum]),
                     CASE format_type(atttypid, NULL)
                       WHEN 'uuid' THEN 'gen_random_uuid()'
                       WHEN 'text' THEN $v$E'it''s "a", {b}\\\\ \\n ü'$v$
                       WHEN 'bytea' THEN $v$decode('00ff5c', 'hex')$v$
                       WHEN 'timestamp with time zone' THEN $v$'2026-01-02 03:04:05.678901+00'::timestamptz$v$
                       WHEN 'jsonb' THEN $v$'null'::jsonb$v$
                       WHEN 'text[]' THEN $v$ARRAY['a', 'b,"c"', '']$v$
                       WHEN 'uuid[]' THEN $v$ARRAY[gen_random_uuid()]$v$
                       WHEN 'timestamp with time zone[]' THEN $v$ARRAY[now()]$v$
                       WHEN 'boolean' THEN 'true'
                       WHEN 'real' THEN '0.1'
                       WHEN 'double precision' THEN '0.1'
                       WHEN 'bigint' THEN '9007199254740993'
                       ELSE '1'
                     END), ', '))
            FROM pg_attribute a
           WHERE attrelid = one.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = '');
      END LOOP;
    END LOOP;
  END $$`;

describe.each<Required<SchemaOptions>>([
  { schema: 'passkey', tablePrefix: '' },
  { schema: 'public', tablePrefix: 'sign_in_' },
])('the tables of %p, moved to an empty database', (options) => {
  const tables = `${options.schema}.${options.tablePrefix}`;
  let temporary: TemporaryPostgres;
  let testDatabase: WorkerDatabase;
  let [from, to]: DataSource[] = [];

  const connect = async (location: DatabaseLocation) => {
    const dataSource = await new DataSource({
      ...dataSourceOptions(location),
      entities: [...experienceVerificationEntities(options), ...openIdProviderEntities(options)],
      migrations: [...experienceVerificationMigrations, ...openIdProviderMigrations],
    }).initialize();
    await migrate(dataSource);
    return dataSource;
  };
  beforeAll(async () => {
    temporary = await TemporaryPostgres.open();
    testDatabase = await blankDatabase();
    from = await connect({ socketFolder: temporary.socketFolder });
    to = await connect(testDatabase.location);
    await fill();
  });
  afterAll(async () => {
    await from?.destroy();
    await to?.destroy();
    await temporary.close();
    await testDatabase.drop();
  });

  const both = async (statement: string) => {
    for (const one of [from!, to!]) await one.query(statement);
  };
  const fill = () =>
    from!.query(FILL.replaceAll('SCHEMA', options.schema).replaceAll('PREFIX', options.tablePrefix));
  const namesIn = async (dataSource: DataSource) =>
    (
      await dataSource.query<{ name: string }[]>(
        `SELECT relname AS name FROM pg_class
          WHERE relnamespace = '${options.schema}'::regnamespace AND relkind = 'r'
            AND starts_with(relname, '${options.tablePrefix}') ORDER BY 1`,
      )
    ).map(({ name }) => name);
  const contentOf = async (dataSource: DataSource) => {
    const content: Record<string, string[]> = {};
    for (const name of await namesIn(dataSource)) {
      const rows = await dataSource.query<{ row: string }[]>(
        `SELECT to_jsonb(t)::text AS row FROM ${options.schema}.${name} t ORDER BY 1`,
      );
      content[name] = rows.map(({ row }) => row);
    }
    return content;
  };

  it('have values that another secret has sealed, or that are damaged, which is told', async () => {
    const columns = [...experienceVerificationSealedColumns, ...openIdProviderSealedColumns];
    expect(await countUnopened(from!, ['another-secret-0123456789'], columns)).toEqual({
      installation_secrets: 1,
      waiting_messages: 1,
      oidc_signing_keys: 1,
      oidc_payloads: 1,
    });
  });

  it.each([
    [
      'accounts are there already',
      () => to,
      `INSERT INTO ${tables}users (id, user_handle) VALUES (gen_random_uuid(), '')`,
      `DELETE FROM ${tables}users`,
      'the database to move to is not empty: users (1)',
    ],
    [
      'a later release has been',
      () => from,
      `ALTER TABLE ${tables}users ADD COLUMN later int`,
      `ALTER TABLE ${tables}users DROP COLUMN later`,
      "the two databases' tables differ in users.later integer",
    ],
    [
      'rows are lost on the way',
      () => to,
      `CREATE FUNCTION ${tables}lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
       CREATE TRIGGER lose BEFORE INSERT ON ${tables}webhook_deliveries FOR EACH ROW EXECUTE FUNCTION ${tables}lose()`,
      `DROP FUNCTION ${tables}lose CASCADE`,
      'webhook_deliveries: 1 rows have become 0',
    ],
    [
      'tables refer to each other',
      () => from,
      `ALTER TABLE ${tables}users ADD CONSTRAINT circle FOREIGN KEY (id) REFERENCES ${tables}users (id)`,
      `ALTER TABLE ${tables}users DROP CONSTRAINT circle`,
      'rows refer to each other in',
    ],
  ])('are left as they were where %s', async (_what, where, make, undo, said) => {
    await where()!.query(make);
    const before = await contentOf(to!);
    const moving = moveTables(from!, to!);
    await expect(moving).rejects.toThrow(said);
    expect(await contentOf(to!)).toEqual(before);
    await where()!.query(undo);
  });

  it('are all there, and with every row, value and sequence, also of a table that is added one day', async () => {
    // Before what it refers to, by name.
    await both(`CREATE TABLE ${tables}a_later_one (
      number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      doubled bigint GENERATED ALWAYS AS (by_hand * 2) STORED,
      by_hand serial NOT NULL,
      user_id uuid NOT NULL REFERENCES ${tables}users (id),
      "of ""others""" jsonb
    )`);
    await both(`CREATE TABLE public.of_the_host (nickname text)`);
    await from!.query(`INSERT INTO public.of_the_host VALUES ('Ada')`);
    await from!.query(
      `INSERT INTO ${tables}a_later_one (user_id) SELECT id FROM ${tables}users, generate_series(1, 1200)`,
    );
    const before = await contentOf(from!);
    // Of one that has no row here it would not be seen that it is moved.
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);
    const entities = from!.entityMetadatas.map(({ tableName }) => tableName);
    expect(Object.keys(before)).toEqual(expect.arrayContaining(entities));

    const told: number[] = [];
    const moved = await moveTables(from!, to!, (rows) => told.push(rows));
    expect(await contentOf(to!)).toEqual(before);
    expect(moved).toEqual(
      Object.fromEntries(
        Object.entries(before).map(([name, rows]) => [name.slice(options.tablePrefix.length), rows.length]),
      ),
    );
    expect(told.at(-1)).toBe(Object.values(before).flat().length);
    expect(await to!.query(`SELECT * FROM public.of_the_host`)).toEqual([]);

    const [added] = await to!.query<[Record<string, string>]>(
      `INSERT INTO ${tables}a_later_one (user_id) SELECT id FROM ${tables}users RETURNING number, by_hand, doubled`,
    );
    expect(added).toEqual({ number: '1201', by_hand: 1201, doubled: '2402' });
    await expect(moveTables(from!, to!)).rejects.toThrow(
      /^the database to move to is not empty: a_later_one \(1201\), /,
    );
  });
});
