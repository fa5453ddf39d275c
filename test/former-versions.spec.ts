import { readFileSync } from 'node:fs';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../apps/identity-server/src/database/data-source-options';
import { Browser, expectStatus, type Identifier } from './support/browser';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { TestServer } from './support/test-server';
import { blankDatabase, type WorkerDatabase } from './support/worker-database';

interface Passkey {
  algorithm: number;
  credentialId: string;
  rpId: string;
  userHandle: string;
  counter: number;
  /** PKCS #8, base64. */
  privateKey: string;
  coseKey: string;
}

interface Person {
  id: string;
  identifiers: Partial<Record<Identifier['type'], string>>;
  cookies: Record<string, string>;
  codes: string[];
  passkeys: Passkey[];
}

interface UnderWay {
  verificationId: string;
  cookies: Record<string, string>;
}

/** What was in the browsers and authenticators when the database was dumped, and how many rows each table had. */
interface Kept {
  people: Person[];
  underWay: {
    passkeys: Passkey[];
    verified: UnderWay;
    identified: UnderWay;
    registered: UnderWay & { passkeys: Passkey[] };
  };
  rows: Record<string, number>;
}

const FOLDER = join(__dirname, 'former-versions');
const DUMP = readFileSync(join(FOLDER, 'public-tables.sql'), 'utf8');
const KEPT = JSON.parse(readFileSync(join(FOLDER, 'public-tables.json'), 'utf8')) as Kept;

const MEMBER = { username: 'username', email: 'primaryEmail', phone: 'primaryPhone' } as const;

const authenticatorWith = (passkeys: Passkey[]): SoftwareAuthenticator => {
  const authenticator = new SoftwareAuthenticator();
  for (const { privateKey: pkcs8, coseKey, ...rest } of passkeys) {
    const privateKey = createPrivateKey({
      key: Buffer.from(pkcs8, 'base64'),
      format: 'der',
      type: 'pkcs8',
    });
    const publicKey = createPublicKey(privateKey);
    authenticator.credentials.push({
      ...rest,
      privateKey,
      publicKey,
      coseKey: Buffer.from(coseKey, 'base64'),
    });
  }
  return authenticator;
};

describe('a database of the version whose tables were in `public`', () => {
  let testDatabase: WorkerDatabase;
  let server: TestServer;
  beforeAll(async () => {
    testDatabase = await blankDatabase();
    const dataSource = await new DataSource(dataSourceOptions(testDatabase.location)).initialize();
    await dataSource.query(DUMP);
    // The session of the embedded database outlives its connections, and with it what the dump has set.
    await dataSource.query('RESET ALL');
    await dataSource.destroy();
    server = await TestServer.start({}, testDatabase);
  });
  afterAll(async () => {
    await server.stop();
    await testDatabase.drop();
  });

  const browserWith = (passkeys: Passkey[], cookies: Record<string, string> = {}) => {
    const browser = new Browser(server, authenticatorWith(passkeys));
    for (const [name, value] of Object.entries(cookies)) browser.cookies.set(name, value);
    return browser;
  };

  it('is moved with every row, and is as a new one is', async () => {
    for (const [table, count] of Object.entries(KEPT.rows)) {
      const [row] = await server.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM passkey.${table}`,
      );
      expect([table, row!.count]).toEqual([table, count]);
    }
    const [identifiers] = await server.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM passkey.user_identifiers`,
    );
    expect(identifiers!.count).toBeGreaterThanOrEqual(
      KEPT.people.flatMap((person) => Object.keys(person.identifiers)).length,
    );
    const left = await server.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    expect(left).toEqual([{ name: 'migrations' }]);
    const { upQueries } = await server.database.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it.each(KEPT.people)('$identifiers are still signed in, and sign in again', async (person) => {
    const account = { id: person.id } as Record<string, unknown>;
    for (const [type, member] of Object.entries(MEMBER)) {
      account[member] = person.identifiers[type as Identifier['type']] ?? null;
    }
    const before = browserWith(person.passkeys, person.cookies);
    expect((await before.get('/api/my-account')).body).toMatchObject(account);
    for (const [type, value] of Object.entries(person.identifiers)) {
      const browser = browserWith(person.passkeys);
      await browser.signIn({ type: type as Identifier['type'], value });
      expect((await browser.get('/api/my-account')).body).toMatchObject(account);
      const taken = browserWith([]);
      await taken.start('Register');
      const answer = await taken.registrationOptions({ type: type as Identifier['type'], value });
      expect(answer.body).toMatchObject({ code: `user.${type}_already_in_use` });
      const recovered = await browserWith([]).post('/api/experience/verification/recovery-code/verify', {
        identifier: { type, value },
        code: person.codes.pop(),
      });
      expectStatus(200, recovered);
    }
    await browserWith(person.passkeys).signIn();
  });

  it('keeps suspended users out, and its events', async () => {
    const management = browserWith([]);
    const { users } = (await management.manage<{ users: Record<string, unknown>[] }>('GET', '/api/users'))
      .body;
    expect(users.filter(({ suspended }) => suspended)).toEqual([
      expect.objectContaining({ username: 'Gone', primaryEmail: 'gone@example.com' }),
    ]);
    const { events } = (
      await management.manage<{ events: unknown[] }>('GET', '/api/audit-events?type=user.registered')
    ).body;
    expect(events).toHaveLength(5);
  });

  it('lets a sign-in and a registration that were under way go on', async () => {
    const { verified, identified, registered, passkeys } = KEPT.underWay;
    const one = browserWith(passkeys, verified.cookies);
    expectStatus(204, await one.identify(verified.verificationId));
    expectStatus(200, await one.submit());
    const other = browserWith(passkeys, identified.cookies);
    expectStatus(200, await other.submit());
    expect((await other.get('/api/my-account')).body).toMatchObject({ username: 'Mid' });
    const third = browserWith(registered.passkeys, registered.cookies);
    expectStatus(201, await third.identify(registered.verificationId));
    await third.signIn({ type: 'email', value: 'new@example.com' });
  });
});
