import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { ExpiredRows } from '../libs/experience-verification/src/database/sweeping/expired-rows.repository';
import { expectStatus, freshUsername } from './support/browser';
import { RelyingApplication, Traveller } from './openid/relying-application';
import { verifiedRegistration } from './support/records';
import { signedIn } from './support/signed-in';
import { TestServer } from './support/test-server';

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
  '`unnest` of several arrays': /\bunnest\(\$\d+::\w+\[\], /,
  '`WITH ORDINALITY`': /\bWITH ORDINALITY\b/,
  'set-returning function in the list of `SELECT`': /\bSELECT (DISTINCT )?unnest\(/,
  'array: type, `= ANY`, `ARRAY(…)`, `array_position`': /\[\]|\bANY \(|\bARRAY\(/,
  '`jsonb`: type, `->`': /::jsonb|->/,
  '`jsonb_build_object`, `jsonb_agg`, `jsonb_object_agg`, `row_to_json`':
    /\b(jsonb_(build_object|agg|object_agg)|row_to_json)\(/,
  '`jsonb_to_record`': /\bjsonb_to_record\(/,
  'bytes of text: `decode`, `translate`, `rpad`, `length`': /\bdecode\(/,
  '`SELECT` of no column': /\bSELECT (FROM|WHERE)\b/,
  'row comparison': /\(\w+, \w+\) (<|>|IN) ?\(/,
  '`sha256(bytea)`': /\bsha256\(/,
  '`gen_random_uuid()`': /\bgen_random_uuid\(/,
  '`now()`': /\bnow\(\)/,
  '`interval` arithmetic': /\* interval\b/,
  'transaction of several statements: `START TRANSACTION`': /^START TRANSACTION/,
  '`ctid`': /\bctid\b/,
  '`pg_relation_size`, `current_setting`, integer division': /\bpg_relation_size\(/,
};

/** Words and functions that all of them take. */
const PLAIN = `
  SELECT FROM WHERE AS ON AND OR NOT IN IS NULL LIKE EXISTS JOIN LEFT UNION ALL ORDER BY ASC DESC LIMIT CASE WHEN THEN ELSE
  END VALUES INSERT INTO UPDATE SET DELETE DEFAULT COUNT COMMIT ROLLBACK OF
  coalesce greatest least lower position extract min max count`.match(/\w+/g)!;

/** What a new connection is asked and told, of which there may be any number. */
const OF_A_CONNECTION = /^SET |\bpg_is_in_recovery\b|\bversion\(\)|\bcurrent_schema\b/;

const DOCUMENT = readFileSync(join(__dirname, '../docs/scale.md'), 'utf8');
const section = (title: string) => DOCUMENT.split(/^## /m).find((text) => text.startsWith(title))!;
/** First cells of the table's rows. */
const rowsOf = (title: string) =>
  Array.from(section(title).matchAll(/^\| (?!-)(.+?) +\|/gm), ([, cell]) => cell!).slice(1);

describe('docs/scale.md', () => {
  let server: TestServer;
  const statements = new Set<string>();
  beforeAll(async () => {
    server = await TestServer.start({ GATHER_LEAST: '4', RATE_LIMIT: 'on' });
    const { query } = Client.prototype as unknown as { query: (...parameters: unknown[]) => unknown };
    const spy = jest.spyOn(Client.prototype, 'query') as unknown as jest.SpyInstance;
    spy.mockImplementation(function (this: Client, ...parameters: unknown[]) {
      const [config] = parameters as [string | { text: string }];
      const text = typeof config === 'string' ? config : config.text;
      if (!OF_A_CONNECTION.test(text)) statements.add(text);
      return query.apply(this, parameters);
    });
    await wholeFlow();
    spy.mockRestore();
  });
  afterAll(() => server.stop());

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
    await Promise.all(Array.from({ length: 8 }, () => signedIn(server))).then((people) =>
      Promise.all(people.map((person) => person.browser.signIn(person.identifier))),
    );
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
    const named = rowsOf('Keys').flatMap((cell) =>
      Array.from(cell.matchAll(/`(\w+)`/g), ([, name]) => name!),
    );
    const tables = await server.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'passkey'`,
    );
    expect(named.toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
  });
});
