import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { generateCredentialKey } from './support/credential-key';
import { SoftwareAuthenticator, type StoredCredential } from './support/software-authenticator';
import { TestServer } from './support/test-server';

interface Result {
  status: string;
  userId?: string;
  code?: string;
  problem?: string;
}

let count = 0;

/** A passkey that an authenticator got from another system. */
function foreignPasskey(algorithm = -7): StoredCredential {
  return {
    ...generateCredentialKey(algorithm),
    credentialId: Buffer.from(`credential ${process.pid} ${++count}`).toString('base64url'),
    rpId: 'localhost',
    userHandle: Buffer.from(`handle ${process.pid} ${count}`).toString('base64url'),
    counter: 0,
  };
}

const cose = ({ coseKey }: StoredCredential) => coseKey.toString('base64url');
const spki = ({ publicKey }: StoredCredential) =>
  publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');

const HANKO_USER = '0b8f6f0e-6f0a-4a5b-9a43-8f6b0f3f4a11';
const ZERO_UUID = '00000000-0000-0000-0000-000000000000';

const utf8 = (base64url: string) => Buffer.from(base64url, 'base64url').toString();

/** The statement that docs/moving.md gives for a system, for the relying party of the tests. */
function documented(system: string): string {
  const page = readFileSync(join(__dirname, '../docs/moving.md'), 'utf8');
  const block = page.split('```sql ' + system.toLowerCase() + '\n')[1]!.split('```')[0]!;
  return block.replaceAll('example.com', 'localhost');
}

describe('passkeys of another system', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const importItems = async (passkeys: unknown[]) =>
    expectStatus(
      200,
      await new Browser(server).manage<{ results: Result[] }>('POST', '/api/passkeys/import', { passkeys }),
    ).results;
  const importAll = (passkeys: object[]) => importItems(passkeys);
  const importOne = async (passkey: object) => (await importAll([passkey]))[0]!;

  const holding = (credential: StoredCredential) => {
    const browser = new Browser(server);
    browser.authenticator.credentials.push(credential);
    return browser;
  };

  it.each([
    ['ES256', -7],
    ['RS256', -257],
    ['EdDSA', -8],
  ])('sign in once they are imported, by COSE key and by SPKI: %s', async (_name, algorithm) => {
    for (const form of ['publicKey', 'publicKeySpki'] as const) {
      const credential = foreignPasskey(algorithm);
      const identifier = freshUsername();
      const result = await importOne({
        user: { username: identifier.value },
        userHandle: credential.userHandle,
        credentialId: credential.credentialId,
        [form]: form === 'publicKey' ? cose(credential) : spki(credential),
        signCount: 0,
        transports: ['internal', 'hybrid', 'telepathy'],
        backupEligible: true,
        backupState: true,
        name: 'From before',
      });
      expect(result).toMatchObject({ status: 'imported', userId: expect.any(String) });
      const browser = holding(credential);
      await browser.signIn(identifier);
      await browser.signIn();
      expect((await browser.get('/api/my-account/passkeys')).body).toMatchObject([
        { name: 'From before', transports: ['internal', 'hybrid'], deviceType: 'multiDevice' },
      ]);
    }
  });

  it('are imported once though the same import comes several times at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [first, second] = [foreignPasskey(), foreignPasskey()];
      const user = { username: freshUsername().value, primaryEmail: `${freshUsername().value}@example.com` };
      const items = [first, second].map((credential) => ({
        user,
        userHandle: first.userHandle,
        credentialId: credential.credentialId,
        publicKey: cose(credential),
      }));
      const answers = await Promise.all(Array.from({ length: 4 }, () => importAll(items)));
      for (const index of [0, 1]) {
        const results = answers.map((answer) => answer[index]!);
        expect(results.map(({ status }) => status).toSorted()).toEqual([
          'imported',
          ...Array(3).fill('unchanged'),
        ]);
        expect(new Set(results.map(({ userId }) => userId)).size).toBe(1);
      }
    }
  });

  it.each([
    '2026-W05',
    '2026-01-31T12:00:00',
    '2026-01-31',
    '2026-031',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '20260131T120000Z',
    'now',
    '+002026-01-31T12:00:00Z',
  ])('of %s are refused for it', async (createdAt) => {
    const credential = foreignPasskey();
    const result = await importOne({
      user: { username: freshUsername().value },
      credentialId: credential.credentialId,
      publicKey: cose(credential),
      createdAt,
    });
    expect(result).toMatchObject({ status: 'refused', code: 'guard.invalid_input' });
    expect(result.problem).toMatch(/^createdAt: /);
  });

  it('whose user handle and flags were not kept sign in, and are learned from', async () => {
    const credential = foreignPasskey();
    const identifier = freshUsername();
    const { credentialId, userHandle } = credential;
    await importOne({ user: { username: identifier.value }, credentialId, publicKey: cose(credential) });
    const browser = holding(credential);
    await browser.signIn();
    const [row] = await server.query<{ handle: Buffer; eligible: boolean }>(
      `SELECT user_handle AS handle, backup_eligible AS eligible FROM passkey.credential_records WHERE credential_id = $1`,
      [Buffer.from(credentialId, 'base64url')],
    );
    expect([row!.handle.toString('base64url'), row!.eligible]).toEqual([userHandle, true]);
    await browser.start('SignIn');
    for (const lies of [{ userHandle: 'b3RoZXI' }, { be: false, bs: false }]) {
      const { verificationId, authenticationOptions } = expectStatus(
        200,
        await browser.discoverableOptions(),
      );
      const payload = browser.authenticator.authenticate(authenticationOptions, lies);
      expect((await browser.verifyAuthentication(verificationId, payload)).status).toBe(400);
    }
  });

  it('are imported once, however often', async () => {
    const credential = foreignPasskey();
    const passkey = {
      user: { username: freshUsername().value },
      userHandle: credential.userHandle,
      credentialId: credential.credentialId,
      publicKey: cose(credential),
    };
    const first = await importOne(passkey);
    const again = { ...passkey, user: { ...passkey.user, suspended: true } };
    expect(await importOne(again)).toEqual({ ...first, status: 'unchanged' });
    await holding(credential).signIn();
  });

  it('come to nobody else: not under another user, handle or identifier', async () => {
    const credential = foreignPasskey();
    const owner = freshUsername().value;
    const passkey = {
      user: { username: owner },
      userHandle: credential.userHandle,
      credentialId: credential.credentialId,
      publicKey: cose(credential),
    };
    await importOne(passkey);
    const refused = expect.objectContaining({ status: 'refused', code: 'passkey.import_conflict' });
    expect(await importOne({ ...passkey, user: { username: freshUsername().value } })).toEqual(refused);
    const mallory = freshUsername();
    await new Browser(server).register(mallory);
    const handleOfMallory = { ...passkey, user: { username: mallory.value }, userHandle: undefined };
    expect(await importOne(handleOfMallory)).toEqual(refused);
    const another = foreignPasskey();
    expect(
      await importOne({ ...passkey, credentialId: another.credentialId, userHandle: another.userHandle }),
    ).toEqual(refused);
  });

  it('that are wrong are refused one by one, with the member named', async () => {
    const good = foreignPasskey();
    const base = {
      user: { username: freshUsername().value },
      credentialId: good.credentialId,
      publicKey: cose(good),
    };
    const other = () => foreignPasskey().credentialId;
    const results = await importAll([
      { ...base, credentialId: other(), publicKey: 'AAAA' },
      { ...base, credentialId: other(), publicKey: undefined, publicKeySpki: 'AAAA' },
      { ...base, credentialId: '!' },
      { ...base, credentialId: other(), user: {} },
      { ...base, credentialId: other(), aaguid: 'x' },
      base,
    ]);
    expect(results.map(({ status, problem }) => [status, problem?.split(':')[0]])).toEqual([
      ['refused', 'publicKey'],
      ['refused', 'publicKeySpki'],
      ['refused', 'credentialId'],
      ['refused', 'user'],
      ['refused', 'aaguid'],
      ['imported', undefined],
    ]);
    const many = await new Browser(server).manage('POST', '/api/passkeys/import', {
      passkeys: Array.from({ length: 51 }, () => base),
    });
    expect(many).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
  });

  const transfer = (credential: StoredCredential, more: object = {}): object => ({
    user: { username: freshUsername().value },
    credentialId: credential.credentialId,
    publicKey: cose(credential),
    userHandle: credential.userHandle,
    backupEligible: true,
    backupState: true,
    ...more,
  });

  it('come in the spellings that other systems keep, and leave in one', async () => {
    const credential = foreignPasskey(-257);
    const pem = credential.publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const aaguid = 'EA9B8D66-4D01-1D21-3CE4-B6B48CB575D4';
    const spellings = [
      {
        publicKey: undefined,
        publicKeySpki: pem,
        aaguid: aaguid.replaceAll('-', ''),
        transports: 'usb, nfc',
      },
      { publicKey: `${Buffer.concat([credential.coseKey, Buffer.from([0])]).toString('base64')}\n`, aaguid },
    ];
    for (const spelling of spellings) {
      const moved = {
        ...credential,
        credentialId: foreignPasskey().credentialId,
        userHandle: foreignPasskey().userHandle,
      };
      const { userId } = await importOne(transfer(moved, spelling));
      const [row] = await server.query(
        `SELECT public_key, aaguid, transports FROM passkey.credential_records WHERE user_id = $1`,
        [userId],
      );
      const transports = 'transports' in spelling ? ['usb', 'nfc'] : [];
      expect(row).toEqual({ public_key: credential.coseKey, aaguid: aaguid.toLowerCase(), transports });
      await holding(moved).signIn();
    }
    const { userId } = await importOne(transfer(foreignPasskey(), { aaguid: '' }));
    const rows = await server.query('SELECT aaguid FROM passkey.credential_records WHERE user_id = $1', [
      userId,
    ]);
    expect(rows).toEqual([{ aaguid: ZERO_UUID }]);
  });

  it('have no key that a registration would not have', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const publicKeySpki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
    expect(
      await importOne(transfer(foreignPasskey(), { publicKey: undefined, publicKeySpki })),
    ).toMatchObject({
      status: 'refused',
      problem: expect.stringMatching(/^publicKeySpki: /),
    });
  });

  it('of which one can not be read keep nobody else out, and the bad ones name what is wrong', async () => {
    const [first, last] = [foreignPasskey(), foreignPasskey()];
    const once = transfer(first);
    const results = await importItems([
      once,
      transfer(foreignPasskey(), { signCount: 'many' }),
      transfer(foreignPasskey(), { createdAt: '2026-01-31T12:00:00' }),
      transfer(foreignPasskey(), { lastUsedAt: '2026-13-31T12:00:00Z' }),
      transfer(foreignPasskey(), { user: { username: 5 } }),
      'nothing',
      transfer(last, { createdAt: '2026-01-31 12:00:00+02' }),
      once,
    ]);
    expect(results.map(({ status, problem }) => [status, problem?.split(':')[0]])).toEqual([
      ['imported', undefined],
      ['refused', 'signCount'],
      ['refused', 'createdAt'],
      ['refused', 'lastUsedAt'],
      ['refused', 'user.username'],
      ['refused', 'passkey'],
      ['imported', undefined],
      ['unchanged', undefined],
    ]);
    await holding(first).signIn();
  });

  it('of a suspended user sign nobody in, and leave as they came', async () => {
    const credential = foreignPasskey();
    const user = { username: freshUsername().value, suspended: true };
    const { userId } = await importOne(transfer(credential, { user }));
    await expect(holding(credential).signIn()).rejects.toThrow('user.suspended');
    const page = await new Browser(server).manage<{ passkeys: { user: object }[] }>(
      'GET',
      '/api/passkeys/export?limit=200',
    );
    expect(page.body.passkeys.map((passkey) => passkey.user)).toContainEqual(expect.objectContaining(user));
    await new Browser(server).manage('PATCH', `/api/users/${userId}`, { suspended: false });
    expect(await importOne(transfer(credential, { user }))).toMatchObject({ status: 'unchanged' });
    expect(
      await importOne(transfer(foreignPasskey(), { user, userHandle: credential.userHandle })),
    ).toMatchObject({
      status: 'refused',
      problem: expect.stringMatching(/suspended/),
    });
  });

  it('sign in at once though the clock that dated them is ahead', async () => {
    const credential = foreignPasskey();
    const user = { username: freshUsername().value };
    const ahead = new Date(Date.now() + 120_000).toISOString();
    await importOne(transfer(credential, { user, createdAt: ahead, lastUsedAt: ahead }));
    const browser = holding(credential);
    await browser.signIn({ type: 'username', value: user.username });
    const [passkey] = (await browser.get<{ createdAt: string }[]>('/api/my-account/passkeys')).body;
    expect(passkey!.createdAt < ahead).toBe(true);
  });

  it('are exported page by page, in the form that the import takes', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    const all: Record<string, unknown>[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { passkeys: Record<string, unknown>[]; nextCursor: string | null } = expectStatus(
        200,
        await browser.manage('GET', `/api/passkeys/export?limit=2${cursor && `&cursor=${cursor}`}`),
      );
      const { passkeys, nextCursor } = page;
      all.push(...passkeys);
      cursor = nextCursor;
    }
    const [{ total }] = (await server.query<{ total: number }>(
      'SELECT count(*)::int AS total FROM passkey.credential_records',
    )) as [{ total: number }];
    expect(new Set(all.map(({ credentialId }) => credentialId)).size).toBe(total);
    const mine = all.find(({ user }) => (user as { username: string }).username === identifier.value)!;
    const { id } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
    await browser.manage('DELETE', `/api/users/${id}`);
    expect(await importOne(mine)).toMatchObject({ status: 'imported' });
    await new Browser(server, browser.authenticator).signIn(identifier);
  });

  it.each([
    [
      'Logto',
      (c: StoredCredential) => [
        `CREATE TABLE users (id text, username text, primary_email text, primary_phone text, is_suspended boolean, mfa_verifications jsonb)`,
        `INSERT INTO users VALUES ('${utf8(c.userHandle)}', 'logto-${count}', 'logto-${count}@example.com', NULL, false, '${JSON.stringify(
          [
            { type: 'Totp', id: '1' },
            {
              type: 'WebAuthn',
              createdAt: '2026-01-31T12:00:00.000Z',
              rpId: 'localhost',
              credentialId: c.credentialId,
              publicKey: cose(c),
              counter: 0,
              transports: ['internal'],
              agent: 'Mozilla/5.0',
            },
          ],
        )}')`,
      ],
    ],
    [
      'Hanko',
      (c: StoredCredential) => [
        `CREATE TABLE webauthn_credentials (id text, name text, user_id uuid, public_key text, attestation_type text,
           aaguid uuid, sign_count integer, last_used_at timestamp, created_at timestamp, backup_eligible boolean,
           backup_state boolean, mfa_only boolean, user_handle_id uuid)`,
        `CREATE TABLE webauthn_credential_transports (name text, webauthn_credential_id text)`,
        `CREATE TABLE emails (id uuid, address text)`,
        `CREATE TABLE primary_emails (email_id uuid, user_id uuid)`,
        `CREATE TABLE usernames (user_id uuid, username text)`,
        `INSERT INTO webauthn_credentials VALUES ('${c.credentialId}', 'Key', '${HANKO_USER}', '${cose(c)}', 'none',
           '${ZERO_UUID}', 0, now(), now(), true, true, false, NULL)`,
        `INSERT INTO webauthn_credential_transports VALUES ('internal', '${c.credentialId}')`,
        `INSERT INTO emails VALUES ('${ZERO_UUID}', 'hanko-${count}@example.com')`,
        `INSERT INTO primary_emails VALUES ('${ZERO_UUID}', '${HANKO_USER}')`,
      ],
    ],
    [
      'better-auth',
      (c: StoredCredential) => [
        `CREATE TABLE "user" (id text, email text)`,
        `CREATE TABLE passkey (id text, name text, "publicKey" text, "userId" text, "credentialID" text, counter integer,
           "deviceType" text, "backedUp" boolean, transports text, "createdAt" timestamptz, aaguid text)`,
        `INSERT INTO "user" VALUES ('u1', 'better-auth-${count}@example.com')`,
        `INSERT INTO passkey VALUES ('p1', NULL, '${Buffer.from(c.coseKey).toString('base64')}', 'u1', '${c.credentialId}',
           0, 'multiDevice', true, 'internal,hybrid', now(), '${ZERO_UUID}')`,
      ],
    ],
  ])("of %s's tables sign in, by the statement in docs/moving.md", async (system, tables) => {
    const credential = foreignPasskey();
    if (system === 'Hanko') {
      credential.userHandle = Buffer.from(HANKO_USER.replaceAll('-', ''), 'hex').toString('base64url');
    }
    const schema = system.toLowerCase().replace('-', '_');
    const rows = await server.database.dataSource.transaction(async (transaction) => {
      await transaction.query(`CREATE SCHEMA ${schema}`);
      await transaction.query(`SET LOCAL search_path TO ${schema}`);
      for (const statement of tables(credential)) await transaction.query(statement);
      return transaction.query<{ passkey: object }[]>(documented(system));
    });
    expect(await importAll(rows.map(({ passkey }) => passkey))).toMatchObject([{ status: 'imported' }]);
    const browser = holding(credential);
    await browser.signIn();
    expect((await browser.get('/api/my-account')).body).toMatchObject({
      primaryEmail: `${system.toLowerCase()}-${count}@example.com`,
    });
    await browser.signIn();
  });

  it('are for management alone', async () => {
    const browser = new Browser(server, new SoftwareAuthenticator());
    expect((await browser.get('/api/passkeys/export')).status).toBe(401);
    expect((await browser.post('/api/passkeys/import', { passkeys: [] })).status).toBe(401);
  });
});
