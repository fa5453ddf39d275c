import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openIdProviderMigrations } from 'nestjs-passkey-openid-provider';
import { experienceVerificationMigrations, type ModuleMigration } from 'nestjs-passkey-sign-in';

const UPGRADING = readFileSync(join(__dirname, '../docs/upgrading.md'), 'utf8');

/** The last that each library had while servers were stopped for migrations. */
const BEFORE_EXPANSIONS = ['SessionsByPublicId1765300000000', 'DueNotices1765350000000'];

const LIBRARIES = [experienceVerificationMigrations, openIdProviderMigrations].map((migrations) =>
  migrations.map((Migration) => new Migration() as ModuleMigration),
);

const EXPANSIONS = LIBRARIES.flatMap((all) =>
  all.slice(all.findIndex(({ name }) => BEFORE_EXPANSIONS.includes(name)) + 1),
);

/** Each is done at once, however many rows a table has, and servers that do not know of it go on. */
const AT_ONCE = [
  /^ALTER TABLE \S+ ADD COLUMN (IF NOT EXISTS )?\w+ [\w[\]]+$/,
  /^ALTER TABLE \S+ ADD COLUMN (IF NOT EXISTS )?\w+ [\w[\]]+( NOT NULL)? DEFAULT (true|false|-?\d+|now\(\)|'[^']*')$/,
  /^ALTER TABLE \S+ ALTER COLUMN \w+ (DROP NOT NULL|SET DEFAULT (true|false|-?\d+|now\(\)|'[^']*'))$/,
  /^ALTER TABLE \S+ ADD CONSTRAINT .+ NOT VALID$/,
  /^ALTER TABLE \S+ SET \(.+\)$/,
];

/** Beside these, what earlier servers no longer use may go. */
const CONTRACTING = [/^DROP (TABLE|INDEX) /, /^ALTER TABLE \S+ DROP (COLUMN|CONSTRAINT) \w+$/];

const TABLE_OF =
  /^(?:CREATE (?:UNLOGGED )?TABLE|ALTER TABLE|INSERT INTO|CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?\S+ ON) (\S+)/;

const tableOf = (statement: string): string => TABLE_OF.exec(statement)?.[1] ?? '';

/**
 * What would hold up somebody, or servers of the release before.
 * @param made tables that the release before lacks: nobody uses these
 */
function unfit(statements: string[], requires?: string | null, made: string[] = []): string[] {
  const forms = requires === null ? AT_ONCE : [...AT_ONCE, ...CONTRACTING];
  return statements.filter(
    (statement) => !made.includes(tableOf(statement)) && !forms.some((form) => form.test(statement)),
  );
}

/** What it asks the database, each statement on one line. */
async function statementsOf(migration: ModuleMigration): Promise<string[]> {
  const asked: string[] = [];
  const queryRunner = { query: (sql: string) => Promise.resolve(void asked.push(sql)) };
  const names = { schema: '"passkey"', prefix: '', tables: '"passkey".' };
  await (migration as unknown as Record<'apply', (...given: unknown[]) => Promise<void>>).apply(
    queryRunner,
    names,
  );
  return asked
    .flatMap((sql) => sql.split(';'))
    .map((sql) => sql.replaceAll(/\s+/g, ' ').trim())
    .filter((sql) => sql !== '');
}

describe('migrations since servers go on meanwhile', () => {
  let made: string[];
  beforeAll(async () => {
    const all = (await Promise.all(EXPANSIONS.map(statementsOf))).flat();
    made = all.filter((statement) => /^CREATE (UNLOGGED )?TABLE /.test(statement)).map(tableOf);
  });

  it.each(EXPANSIONS.map((migration) => [migration.name, migration] as const))(
    '%s lets earlier servers run, and holds nobody up',
    async (_name, migration) => {
      // One that no earlier server runs on says nothing.
      expect(migration.requires).not.toBeUndefined();
      expect(unfit(await statementsOf(migration), migration.requires, made)).toEqual([]);
    },
  );

  // It is made before any of their transactions.
  it('make indexes on columns that were there before', async () => {
    const statements = (await Promise.all(EXPANSIONS.map(statementsOf))).flat();
    for (const { table, on } of EXPANSIONS.flatMap(({ indexes }) => indexes)) {
      const added = statements.flatMap((statement) =>
        tableOf(statement).endsWith(`.${table}`)
          ? [...statement.matchAll(/ADD COLUMN (?:IF NOT EXISTS )?(\w+)/g)].map(([, column]) => column!)
          : [],
      );
      expect(on.match(/\w+/g)!.filter((word) => added.includes(word))).toEqual([]);
    }
  });

  it.each([
    ['writes every row', 'UPDATE "passkey".users SET a = 1'],
    [
      'makes every row anew',
      'ALTER TABLE "passkey".users ADD COLUMN a uuid NOT NULL DEFAULT gen_random_uuid()',
    ],
    ['is refused where there are rows', 'ALTER TABLE "passkey".users ADD COLUMN a uuid NOT NULL'],
    ['looks at every row', 'ALTER TABLE "passkey".users ADD CONSTRAINT a CHECK (b > 0)'],
    [
      'looks at every row for a key',
      'ALTER TABLE "passkey".users ADD COLUMN a uuid REFERENCES "passkey".sessions (id)',
    ],
    ['keeps writers out while it is made', 'CREATE INDEX a ON "passkey".users (b)'],
    ['takes away what servers use', 'ALTER TABLE "passkey".users DROP COLUMN a'],
    ['renames what servers use', 'ALTER TABLE "passkey".users RENAME COLUMN a TO b'],
    ['has another type for what servers use', 'ALTER TABLE "passkey".users ALTER COLUMN a TYPE bigint'],
  ])('would be told of one that %s', (_what, statement) => {
    expect(unfit([statement], null)).toEqual([statement]);
  });

  it('are told in docs/upgrading.md, as those before them', () => {
    const rows = [...UPGRADING.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(rows).toEqual(LIBRARIES.flatMap((all) => all.map(({ name }) => name)));
  });
});
