import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CountingProxy } from '../bench/counting-proxy';
import { Decoys } from '../libs/experience-verification/src/passkeys/decoys.service';
import { ExpiredRows } from '../libs/experience-verification/src/database/sweeping/expired-rows.repository';
import * as identification from '../libs/experience-verification/src/records/identification.statements';
import * as signIn from '../libs/experience-verification/src/records/sign-in.statements';
import { IDENTIFIER_COLUMNS, idByIdentifier } from '../libs/experience-verification/src/users/user-lookup';
import { RelyingApplication, Traveller } from './openid/relying-application';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { DatabaseRelay } from './support/database-relay';
import { verifiedRegistration } from './support/records';
import { codesSentTo, freshEmail } from './support/sent-codes';
import { signedIn } from './support/signed-in';
import { sqlOf } from './support/sql-of-sources';
import { TestServer } from './support/test-server';
import { emptyDatabase } from './support/worker-database';

/** Beyond plain SQL, what a statement may ask of a database, by the row of docs/scale.md. */
const FEATURES: Record<string, RegExp> = {
  'data-modifying `WITH`': /\bWITH\b[^]*\bAS \(\s*(INSERT|UPDATE|DELETE)\b/,
  '`INSERT … SELECT`': /\bINSERT INTO [^;]*?\)\s*SELECT\b/,
  '`ON CONFLICT (…) DO UPDATE`': /\bON CONFLICT \([^)]+\)\s+DO UPDATE\b/,
  '`ON CONFLICT (…) DO NOTHING`': /\bON CONFLICT \([^)]+\)\s+DO NOTHING\b/,
  '`ON CONFLICT DO NOTHING`': /\bON CONFLICT DO NOTHING\b/,
  '`RETURNING`': /\bRETURNING\b/,
  '`UPDATE … FROM`': /\bUPDATE\b[^;]*\bSET\b[^;]*?\bFROM\b/,
  '`DELETE … USING`': /\bDELETE FROM \S+ \w+ USING\b/,
  '`FOR UPDATE`': /\bFOR UPDATE\b/,
  '`FOR NO KEY UPDATE`': /\bFOR NO KEY UPDATE\b/,
  '`FOR KEY SHARE`': /\bFOR KEY SHARE\b/,
  '`SKIP LOCKED`': /\bSKIP LOCKED\b/,
  '`LATERAL`': /\bLATERAL\b/,
  '`DISTINCT ON`': /\bDISTINCT ON\b/,
  'window functions: `OVER`, `WINDOW`, `PARTITION BY`, `row_number`, `lead`': /\bOVER\b/,
  '`unnest` of several arrays': /\bunnest\((\(SELECT )?\$\d+::\w+\[\]\)?, /,
  '`WITH ORDINALITY`': /\bWITH ORDINALITY\b/,
  'set-returning function in the list of `SELECT`': /\bSELECT (DISTINCT )?unnest\(/,
  'array: type, subscripts, `= ANY`, `ARRAY(…)`, `array_position`, `array_agg`, `cardinality`':
    /\[\]|\bANY \(|\bARRAY\(/,
  '`jsonb`: type, `->`': /::jsonb|->/,
  '`jsonb_build_object`, `jsonb_agg`, `jsonb_object_agg`, `json_build_object`, `row_to_json`':
    /\b(jsonb?_(build_object|agg|object_agg)|row_to_json)\(/,
  '`jsonb_to_record`': /\bjsonb_to_record\(/,
  'bytes of text: `decode`, `translate`, `rpad`, `length`': /\bdecode\(/,
  '`SELECT` of no column': /\bSELECT (FROM|WHERE)\b/,
  'row comparison': /\(\w+, \w+\) (<|>|IN) ?\(/,
  '`sha256(bytea)`': /\bsha256\(/,
  '`gen_random_uuid()`': /\bgen_random_uuid\(/,
  '`now()`': /\bnow\(\)/,
  '`clock_timestamp()`': /\bclock_timestamp\(\)/,
  '`infinity` as a time, `isfinite`': /'infinity'|\bisfinite\(/,
  'numbers: `power`, `ceil`': /\b(power|ceil)\(/,
  'random places: `md5`, `random`, `generate_series`': /\b(md5|random|generate_series)\(/,
  '`interval` arithmetic': /\* interval\b/,
  'transaction of several statements: `START TRANSACTION`': /^START TRANSACTION/,
  '`LOCK TABLE … IN SHARE ROW EXCLUSIVE MODE`': /^LOCK TABLE/,
  'of a connection: `pg_is_in_recovery`, `pg_current_wal_lsn`, `pg_walfile_name`, `substr`, `pg_backend_pid`':
    /\bpg_is_in_recovery\(/,
  '`ctid`': /\bctid\b/,
  '`pg_relation_size`, `current_setting`, integer division': /\bpg_relation_size\(/,
};

/** Words and functions that all of them take. */
const PLAIN = `
  SELECT FROM WHERE AS ON AND OR NOT IN IS NULL FALSE LIKE EXISTS JOIN LEFT UNION ALL ORDER BY ASC DESC LIMIT CASE WHEN THEN ELSE
  END CROSS HAVING FILTER VALUES INSERT INTO UPDATE SET DELETE DEFAULT COUNT COMMIT ROLLBACK OF
  coalesce greatest least lower position extract min max count bool_and`.match(/\w+/g)!;

/** What TypeORM and the server tell and ask a new connection, of which there may be any number. */
const OF_A_CONNECTION = /^SET |\bversion\(\)|\bcurrent_schema\b/;

/**
 * Not of a running server: commands run where they are typed, and on other products' databases; the embedded database is
 * PostgreSQL; and traces only read what others ask.
 */
const NOT_SERVED =
  /\/(migrations|command|doctor|dist|node_modules|embedded-postgres)$|\/(embedded-|indexes|migration-lock|move-tables|traced-)/;

const ROOT = join(__dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const DOCUMENT = read('docs/scale.md');

type Row = readonly string[];
/** The tables of some Markdown, of each its rows below the headings. */
const tablesIn = (text: string): Row[][] =>
  Array.from(text.matchAll(/(?:^\|.*\n)+/gm), ([table]) =>
    table
      .trim()
      .split('\n')
      .slice(2)
      .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim())),
  );
const tablesOfSection = (title: string) =>
  tablesIn(DOCUMENT.split(/^## /m).find((text) => text.startsWith(title))!);
/** First cells of the rows of a section's first table. */
const rowsOf = (title: string) => tablesOfSection(title)[0]!.map(([cell]) => cell!);
const namesIn = (cell: string) => Array.from(cell.matchAll(/`(\w+)`/g), ([, name]) => name!);

/** A schema whose name is no other's in a statement. */
const KEPT = 'kept.';

/** The statements of a sign-in and a registration that join tables, for one call and for many, by the rows of the table. */
const JOINING: Record<string, { text: string }[]> = {
  'options by a name': Object.values(signIn.begin(KEPT, idByIdentifier, IDENTIFIER_COLUMNS)),
  'options without one': Object.values(signIn.beginDiscoverable(KEPT)),
  'verification, spending': Object.values(signIn.spend(KEPT)),
  'verification, completing': Object.values(signIn.complete(KEPT)),
  identification: [identification.identify(KEPT)],
  'identification of a registration': [identification.register(KEPT)],
  submit: [identification.submit(KEPT, 86_400)],
};

describe('docs/scale.md', () => {
  let server: TestServer;
  let close: () => Promise<unknown>;
  const statements = new Set(sqlOf([join(ROOT, 'libs'), join(ROOT, 'apps/identity-server/src')], NOT_SERVED));
  beforeAll(async () => {
    const relay = await DatabaseRelay.start(await emptyDatabase());
    const wire = await CountingProxy.start(relay.url);
    server = await TestServer.start({
      ...{ DATABASE_URL: wire.url, GATHER_LEAST: '4', RATE_LIMIT: 'on' },
      ...{ WEBHOOK_URLS: 'http://127.0.0.1:1/', WEBHOOK_SECRET: `whsec_${'A'.repeat(43)}=` },
    });
    close = async () => {
      await server.stop();
      wire.close();
      await relay.stop();
    };
    wire.reset();
    await wholeFlow();
    for (const text of wire.sent.keys()) if (!OF_A_CONNECTION.test(text)) statements.add(text);
    // A long way on a busy machine.
  }, 180_000);
  afterAll(() => close(), 60_000);

  /** What a person, several at once, an operator and an application do, and what the server does by the clock. */
  async function wholeFlow(): Promise<void> {
    const shop = await RelyingApplication.start(server);
    const browser = new Traveller(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.signIn(identifier);
    await browser.signIn();
    const { id } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
    await verifiedRegistration(browser);
    expectStatus(200, await browser.get('/api/my-account/passkeys'));
    expectStatus(200, await browser.get('/api/my-account/sessions'));
    const request = await shop.ask({ scope: 'openid profile' });
    await request.finish(await browser.goTo(request.url));
    await recovery();

    const manage = <T>(method: string, path: string, body?: unknown) => browser.manage<T>(method, path, body);
    expectStatus(200, await manage('GET', '/api/users?search=user'));
    expectStatus(200, await manage('GET', '/api/audit-events?limit=1'));
    const group = expectStatus(201, await manage<{ id: string }>('POST', '/api/groups', { name: 'staff' }));
    expectStatus(204, await manage('PUT', `/api/groups/${group.id}/members/${id}`));
    expectStatus(200, await manage('PUT', `/api/users/${id}/claims`, { claims: { nickname: 'Sam' } }));
    expectStatus(201, await manage('POST', `/api/users/${id}/recovery-link`));
    expectStatus(200, await manage('PATCH', `/api/users/${id}`, { isSuspended: true }));

    const rows = server.app.get(ExpiredRows, { strict: false });
    await rows.takeTurns(['sessions'], [0]);
    await rows.pagesOf('sessions');
    await rows.deleteFrom('sessions', 0);
    await server.app.get(Decoys, { strict: false }).look();
    await Promise.all(Array.from({ length: 8 }, () => signedIn(server))).then((people) =>
      Promise.all(people.map((person) => person.browser.signIn(person.identifier))),
    );
  }

  /** By recovery codes, a wrong one too, and by one that is sent. */
  async function recovery(): Promise<void> {
    const { browser, identifier } = await signedIn(server, freshEmail());
    expectStatus(201, await browser.post('/api/my-account/recovery-codes'));
    const stranger = new Browser(server);
    const verification = '/api/experience/verification';
    const wrong = { identifier, code: 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA' };
    expectStatus(400, await stranger.post(`${verification}/recovery-code/verify`, wrong));
    const { verificationId } = expectStatus(
      200,
      await stranger.post<{ verificationId: string }>(`${verification}/verification-code`, { identifier }),
    );
    const [code] = codesSentTo(server, identifier);
    const proof = { verificationId, code };
    expectStatus(200, await stranger.post(`${verification}/verification-code/verify`, proof));
  }

  it('names each feature that a statement asks of the database, and no other', () => {
    const used = Object.keys(FEATURES).filter((name) =>
      [...statements].some((text) => FEATURES[name]!.test(text)),
    );
    expect(rowsOf('Statements').toSorted()).toEqual(used.toSorted());
  });

  it('names each clause and function that is not plain SQL', () => {
    const known = new Set([...PLAIN, ...rowsOf('Statements').flatMap((row) => row.match(/\w+/g) ?? [])]);
    const unknown = new Map<string, string>();
    for (const text of statements) {
      const bare = text.replaceAll(/'[^']*'|"[^"]*"/g, '');
      for (const [word, call] of bare.matchAll(/\b[A-Z]{2,}\b|\b([a-z_0-9]+)\(/g)) {
        const name = call ?? word;
        if (!known.has(name)) unknown.set(name, text.slice(0, 200));
      }
    }
    expect(Object.fromEntries(unknown)).toEqual({});
  });

  it('says of each table where it would go', async () => {
    const named = rowsOf('Keys').flatMap(namesIn);
    const tables = await server.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'passkey'`,
    );
    expect(named.toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
  });

  it('says of each statement of a sign-in which tables it joins, and in how many places', () => {
    const [keys, joins] = tablesOfSection('Keys');
    const everywhere = keys!.flatMap(([tables, by]) => (by === 'everywhere' ? namesIn(tables!) : []));
    const tablesOf = ({ text }: { text: string }) => {
      const tables = Array.from(text.matchAll(/\bkept\.(\w+)/g), ([, table]) => table!);
      return [...new Set(tables)].filter((table) => !everywhere.includes(table)).toSorted();
    };
    const joined = Object.entries(JOINING).flatMap(([name, texts]) =>
      texts.map((text) => [name, tablesOf(text)] as const),
    );
    const said = new Map(joins!.map(([name, , ...cells]) => [name, namesIn(cells.join()).toSorted()]));
    expect([...said.keys()]).toEqual(Object.keys(JOINING));
    for (const [name, tables] of joined) expect([name, tables]).toEqual([name, said.get(name)]);
    // Each table has one place, and each place that has a table counts; of the last column each table is one.
    const placeOf = new Map<string, number>();
    for (const [, , ...cells] of joins!) {
      for (const [place, cell] of cells.entries()) {
        for (const table of namesIn(cell)) {
          expect([table, placeOf.get(table) ?? place]).toEqual([table, place]);
          placeOf.set(table, place);
        }
      }
    }
    const placesOf = ([, , browsers, users, others]: Row) =>
      [browsers, users].filter((cell) => cell !== '').length + namesIn(others!).length;
    expect(joins!.map(([name, places]) => [name, places])).toEqual(
      joins!.map((row) => [row[0], String(placesOf(row))]),
    );
  });

  it('plans with the figures of the bench', () => {
    const figures = tablesIn(read('bench/results.md')).flat();
    const of = (load: string) => figures.find(([name, server]) => name === load && server === 'server')!;
    const micros = (load: string) => Number(of(load)[6]);
    const row = (name: string, load: string) => [
      name,
      `${micros(load).toLocaleString('en')} µs`,
      `${(micros(load) / 100).toFixed(1)} cores`,
    ];
    const signIns = Number(of('whole sign-in')[2]);
    expect(tablesOfSection('A billion credentials')[2]).toEqual([
      row(`the database's processor: options`, 'options, 16 connections'),
      row('verification', 'verify, 16 connections'),
      row('identification', 'identification of a sign-in'),
      row('submit', 'submit of a sign-in'),
      row('the whole flow, one call after the other', 'whole sign-in'),
      ['whole sign-ins', `${signIns} a second`, `${Math.ceil(10_000 / signIns)} such machines`],
    ]);
  });
});
