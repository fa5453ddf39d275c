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

describe('passkeys of another system', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const importAll = async (passkeys: object[]) =>
    expectStatus(
      200,
      await new Browser(server).manage<{ results: Result[] }>('POST', '/api/passkeys/import', { passkeys }),
    ).results;
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

  it('whose user handle and flags were not kept sign in, and are learned from', async () => {
    const credential = foreignPasskey();
    const identifier = freshUsername();
    const { credentialId, userHandle } = credential;
    await importOne({ user: { username: identifier.value }, credentialId, publicKey: cose(credential) });
    const browser = holding(credential);
    await browser.signIn();
    const [row] = await server.query<{ handle: Buffer; eligible: boolean }>(
      `SELECT user_handle AS handle, backup_eligible AS eligible FROM credential_records WHERE credential_id = $1`,
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
    expect(await importOne(passkey)).toEqual({ ...first, status: 'unchanged' });
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
      'SELECT count(*)::int AS total FROM credential_records',
    )) as [{ total: number }];
    expect(new Set(all.map(({ credentialId }) => credentialId)).size).toBe(total);
    const mine = all.find(({ user }) => (user as { username: string }).username === identifier.value)!;
    const { id } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
    await browser.manage('DELETE', `/api/users/${id}`);
    expect(await importOne(mine)).toMatchObject({ status: 'imported' });
    await new Browser(server, browser.authenticator).signIn(identifier);
  });

  it('are for management alone', async () => {
    const browser = new Browser(server, new SoftwareAuthenticator());
    expect((await browser.get('/api/passkeys/export')).status).toBe(401);
    expect((await browser.post('/api/passkeys/import', { passkeys: [] })).status).toBe(401);
  });
});
