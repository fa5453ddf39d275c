import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { RelyingParties } from 'nestjs-passkey-sign-in';
import { type Browser, expectStatus, freshUsername } from './support/browser';
import { BrowserAt } from './support/browser-at';
import { TestServer } from './support/test-server';

const HERE = 'http://localhost:3000';
const THERE = 'http://there.localhost:3000';
const TOKEN_FOR_THERE = 'management-token-of-there-0123456789';
const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');

describe('several relying parties in one server', () => {
  let folder: string;
  let env: Record<string, string>;
  let server: TestServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-tenants-'));
    const path = join(folder, 'tenants.json');
    const tenant = {
      hosts: ['there.localhost'],
      id: 'there.localhost',
      name: 'There',
      origins: [THERE],
      relatedOrigins: ['https://there.example'],
      policy: { userVerification: 'preferred' },
      appleApps: ['A1B2C3D4E5.example.there'],
      androidApps: [`example.there=${FINGERPRINT}`],
    };
    await writeFile(path, JSON.stringify([tenant]));
    const tokens = join(folder, 'tokens.json');
    const sha256 = createHash('sha256').update(TOKEN_FOR_THERE).digest('hex');
    const token = { name: 'there', sha256, scopes: ['users:read'], relyingParties: ['there.localhost'] };
    await writeFile(tokens, JSON.stringify([token]));
    env = { RP_TENANTS: path, MANAGEMENT_TOKENS: tokens, MESSENGER: 'print' };
    server = await TestServer.start(env);
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const here = () => new BrowserAt(server, 'localhost:3000', HERE);
  const there = () => new BrowserAt(server, 'There.localhost.:3000', THERE);

  it('are picked by the host name, with name, origins and policy of their own', async () => {
    const options = async (browser: Browser) => {
      await browser.start('Register');
      return expectStatus(200, await browser.registrationOptions(freshUsername())).registrationOptions;
    };
    expect(await options(here())).toMatchObject({
      rp: { id: 'localhost', name: 'Test' },
      authenticatorSelection: { userVerification: 'required' },
    });
    expect(await options(there())).toMatchObject({
      rp: { id: 'there.localhost', name: 'There' },
      authenticatorSelection: { userVerification: 'preferred' },
    });
  });

  it('take no name that is not configured, whatever the headers say', async () => {
    const forged = new BrowserAt(server, 'evil.example', HERE);
    const { authenticationOptions } = expectStatus(200, await forged.discoverableOptions());
    expect(authenticationOptions.rpId).toBe('localhost');
    const forwarded = await here().call<{ authenticationOptions: { rpId: string } }>(
      'POST',
      '/api/experience/preflight/sign-in-web-authn/authentication',
      {},
      { 'x-forwarded-host': 'there.localhost', forwarded: 'host=there.localhost' },
    );
    expect(forwarded.body.authenticationOptions.rpId).toBe('localhost');
  });

  it('keep their passkeys apart: one is unknown to the other', async () => {
    const browser = here();
    const identifier = freshUsername();
    await browser.register(identifier);
    const other = there();
    other.authenticator.credentials.push(...browser.authenticator.credentials);
    expect((await other.authenticationOptions(identifier)).body).toMatchObject({
      code: 'user.user_not_exist',
    });
    const { verificationId, authenticationOptions } = expectStatus(200, await other.discoverableOptions());
    const [credential] = browser.authenticator.credentials;
    const payload = other.authenticator.authenticate(authenticationOptions, { credential });
    const answer = await other.verifyAuthentication(verificationId, payload);
    expect(answer).toMatchObject({ status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } });
    expect(server.reasons('session.mfa.webauthn_verification_failed').at(-1)).toMatch(
      /not known to this relying party/,
    );
  });

  it('refuse each other’s pages, challenges, interactions and sessions', async () => {
    const browser = here();
    await browser.register(freshUsername());
    const crossed = there();
    // Under either name: `there` has an origin with https.
    const plantIn = ({ cookies }: Browser, from: Browser) => {
      for (const [name, value] of from.cookies) cookies.set(name, value).set(`__Host-${name}`, value);
    };
    plantIn(crossed, browser);
    expect((await crossed.get('/api/my-account')).status).toBe(401);
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions);
    plantIn(crossed, browser);
    expect((await crossed.verifyAuthentication(verificationId, payload)).status).toBe(404);
    expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
    expect((await crossed.identify(verificationId)).status).toBe(404);
    expectStatus(204, await browser.identify(verificationId));
    expect((await crossed.submit()).status).toBe(404);
    const page = new BrowserAt(server, 'there.localhost', HERE);
    expect((await page.start('SignIn')).body).toMatchObject({ code: 'request.cross_origin' });
  });

  it('have users of their own: one name may be two people', async () => {
    const name = freshUsername();
    const [one, other] = [here(), there()];
    await one.register(name);
    await other.register(name);
    const id = async (browser: Browser) => expectStatus(200, await browser.get('/api/my-account'))['id'];
    const ids = [await id(one), await id(other)];
    expect(ids[0]).not.toBe(ids[1]);
    await one.signIn(name);
    await other.signIn(name);
    expect([await id(one), await id(other)]).toEqual(ids);
    const again = there();
    await again.start('Register');
    expect((await again.registrationOptions(name)).body).toMatchObject({
      code: 'user.username_already_in_use',
    });
  });

  it('take no recovery code of each other, nor count what is sent at the other', async () => {
    const name = freshUsername();
    const [one, other] = [here(), there()];
    await one.register(name);
    await other.register(name);
    const { codes } = expectStatus(
      201,
      await one.post<{ codes: string[] }>('/api/my-account/recovery-codes'),
    );
    const recover = (browser: Browser) =>
      browser.post('/api/experience/verification/recovery-code/verify', { identifier: name, code: codes[0] });
    expect((await recover(there())).body).toMatchObject({ code: 'session.mfa.invalid_recovery_code' });
    expectStatus(200, await recover(here()));
    const send = (browser: Browser) =>
      browser.post('/api/experience/verification/verification-code', {
        identifier: { type: 'email', value: 'nobody@two.example' },
      });
    for (let sent = 0; sent < 3; sent += 1) expectStatus(200, await send(here()));
    expect((await send(here())).status).toBe(429);
    expectStatus(200, await send(there()));
  });

  it('do not sign in a user of another tenant by a passkey from before', async () => {
    const browser = there();
    const identifier = freshUsername();
    await browser.register(identifier);
    const move = (tenant: string) =>
      server.query(
        `WITH moved AS (UPDATE passkey.user_identifiers SET tenant = $2 WHERE value = $1 RETURNING user_id)
         UPDATE passkey.users SET tenant = $2 WHERE id IN (SELECT user_id FROM moved)`,
        [identifier.value, tenant],
      );
    await move('default');
    expect((await browser.get('/api/my-account')).status).toBe(401);
    await expect(browser.signIn()).rejects.toThrow(/webauthn_verification_failed/);
    expect(server.reasons('session.mfa.webauthn_verification_failed').at(-1)).toMatch(
      /not known to this relying party/,
    );
    await move('there.localhost');
    await browser.signIn();
  });

  it('manage their own users alone, and read their own events', async () => {
    const [one, other] = [here(), there()];
    const name = freshUsername();
    await one.register(name);
    await other.register(freshUsername());
    const id = String(expectStatus(200, await one.get('/api/my-account'))['id']);
    const listed = async (browser: Browser) =>
      JSON.stringify((await browser.manage('GET', '/api/users?limit=100')).body);
    expect(await listed(here())).toContain(id);
    expect(await listed(there())).not.toContain(id);
    const passkeys = (await here().manage<{ id: string }[]>('GET', `/api/users/${id}/passkeys`)).body;
    const calls: [string, string, unknown?][] = [
      ['GET', `/api/users/${id}`],
      ['PATCH', `/api/users/${id}`, { suspended: true }],
      ['DELETE', `/api/users/${id}`],
      ['GET', `/api/users/${id}/passkeys`],
      ['GET', `/api/users/${id}/passkeys/${passkeys[0]!.id}`],
      ['DELETE', `/api/users/${id}/passkeys`],
      ['DELETE', `/api/users/${id}/passkeys/${passkeys[0]!.id}`],
      ['GET', `/api/users/${id}/sessions`],
      ['DELETE', `/api/users/${id}/sessions`],
    ];
    for (const call of calls) {
      expect([call, (await there().manage(...call)).body]).toMatchObject([
        call,
        { code: 'user.user_not_exist' },
      ]);
    }
    await one.signIn(name);
    const events = async (browser: Browser) =>
      (await browser.manage<{ events: { rpId: string }[] }>('GET', '/api/audit-events?limit=100')).body
        .events;
    expect(new Set((await events(there())).map(({ rpId }) => rpId))).toEqual(new Set(['there.localhost']));
    expect(new Set((await events(here())).map(({ rpId }) => rpId))).toEqual(new Set(['localhost']));
    const settings = async (browser: Browser) =>
      (await browser.manage<{ id: string; managementTokens: { name: string }[] }>('GET', '/api/settings'))
        .body;
    const namesOf = ({ managementTokens }: Awaited<ReturnType<typeof settings>>) =>
      managementTokens.map(({ name }) => name).sort();
    const [ofThere, ofHere] = [await settings(there()), await settings(here())];
    expect([ofThere.id, namesOf(ofThere)]).toEqual(['there.localhost', ['management', 'there']]);
    expect([ofHere.id, namesOf(ofHere)]).toEqual(['localhost', ['management']]);
  });

  it('import and export by tenant, and share no user handle', async () => {
    const browser = here();
    const name = freshUsername();
    await browser.register(name);
    interface Exported {
      user: { username: string };
      userHandle: string;
      credentialId: string;
    }
    const exported = (
      await here().manage<{ passkeys: Exported[] }>('GET', '/api/passkeys/export?limit=100')
    ).body.passkeys.find(({ user }) => user.username === name.value)!;
    const bring = async (changes: Partial<Exported>) => {
      const passkey = { ...exported, credentialId: freshUsername().value, ...changes };
      const answer = await there().manage<{ results: Record<string, unknown>[] }>(
        'POST',
        '/api/passkeys/import',
        { passkeys: [passkey] },
      );
      return answer.body.results[0];
    };
    expect(await bring({})).toMatchObject({ status: 'refused', code: 'passkey.import_conflict' });
    const userHandle = Buffer.from(name.value).toString('base64url');
    const imported = await bring({ userHandle });
    expect(imported).toMatchObject({ status: 'imported' });
    const found = await there().manage('GET', `/api/users/${String(imported!['userId'])}`);
    expect(found.body).toMatchObject({ username: name.value });
    expect((await here().manage('GET', `/api/users/${String(imported!['userId'])}`)).status).toBe(404);
  });

  it('are each managed by tokens that are limited to them', async () => {
    const list = (browser: Browser) =>
      browser.call('GET', '/api/users', undefined, { authorization: `Bearer ${TOKEN_FOR_THERE}` });
    expectStatus(200, await list(there()));
    expect((await list(here())).body).toMatchObject({ code: 'auth.forbidden' });
  });

  it('get the users from before, once, that have passkeys of theirs alone', async () => {
    const [one, both, own] = [there(), there(), here()];
    const names = [freshUsername(), freshUsername(), freshUsername()];
    await one.register(names[0]!);
    await both.register(names[1]!);
    await own.register(names[2]!);
    const values = names.map(({ value }) => value);
    const ofThem = `(SELECT user_id FROM passkey.user_identifiers WHERE value = ANY ($1))`;
    // As they were when all tenants had the same users.
    await server.query(`UPDATE passkey.users SET tenant = 'default' WHERE id IN ${ofThem}`, [values]);
    await server.query(`UPDATE passkey.user_identifiers SET tenant = 'default' WHERE value = ANY ($1)`, [
      values,
    ]);
    await server.query(
      `INSERT INTO passkey.credential_records
       SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'rp_id', 'localhost'))).*
         FROM passkey.credential_records c JOIN passkey.user_identifiers i ON i.user_id = c.user_id WHERE i.value = $1`,
      [values[1]],
    );
    await server.query(`INSERT INTO passkey.unsettled_tenants VALUES ('localhost'), ('there.localhost')`);
    const next = await TestServer.start(env);
    await next.stop();
    const tenants = await server.query(
      `SELECT i.tenant, u.tenant AS of_user FROM passkey.user_identifiers i JOIN passkey.users u ON u.id = i.user_id
        WHERE value = ANY ($1) ORDER BY array_position($1, value)`,
      [values],
    );
    expect(tenants).toEqual(
      ['there.localhost', 'default', 'default'].map((tenant) => ({ tenant, of_user: tenant })),
    );
    await one.signIn(names[0]);
    await own.signIn(names[2]);
    expect(await server.query(`SELECT FROM passkey.unsettled_tenants`)).toEqual([]);
  });

  it('publish related origins, apps and pages of their own', async () => {
    const get = async (browser: Browser, path: string) => (await browser.get(`/.well-known/${path}`)).body;
    expect(await get(there(), 'webauthn')).toEqual({ origins: [THERE, 'https://there.example'] });
    expect(await get(here(), 'webauthn')).toEqual({ origins: [HERE] });
    expect(await get(there(), 'passkey-endpoints')).toMatchObject({ manage: `${THERE}/account` });
    expect(await get(there(), 'apple-app-site-association')).toEqual({
      webcredentials: { apps: ['A1B2C3D4E5.example.there'] },
    });
    expect(await get(there(), 'assetlinks.json')).toMatchObject([
      {
        target: {
          namespace: 'android_app',
          package_name: 'example.there',
          sha256_cert_fingerprints: [FINGERPRINT],
        },
      },
    ]);
    expect(await get(here(), 'assetlinks.json')).toEqual([]);
  });

  it.each(['there.localhost', 'there.localhost.', 'THERE.localhost.:3000'])(
    'share %s with its own pages only',
    async (host) => {
      const allowed = async (origin: string) => {
        const { headers } = await new BrowserAt(server, host, origin).get('/.well-known/webauthn');
        return headers.get('access-control-allow-origin');
      };
      expect(await allowed(THERE)).toBe(THERE);
      expect(await allowed(HERE)).toBeNull();
    },
  );

  it('accept the Android apps that they name', async () => {
    const origin = `android:apk-key-hash:${Buffer.alloc(32, 0xab).toString('base64url')}`;
    const app = new BrowserAt(server, 'there.localhost', THERE);
    app.authenticator.origin = origin;
    await app.register(freshUsername());
    const elsewhere = new BrowserAt(server, 'localhost', HERE);
    elsewhere.authenticator.origin = origin;
    await expect(elsewhere.register(freshUsername())).rejects.toThrow(/webauthn_verification_failed/);
  });
});

describe('hosts of tenants', () => {
  const own = { id: 'localhost', name: 'Here', origins: [HERE] };
  const tenant = (hosts: string[]) => ({
    hosts,
    id: 'example.org',
    name: 'There',
    origins: ['https://example.org'],
  });

  it.each([
    ['Login.Example.org', 'login.example.org'],
    ['login.example.org.', 'login.example.org:8443'],
    ['m\u00fcnchen.example.org', 'xn--mnchen-3ya.example.org'],
  ])('%s are found by the Host header %s', (host, header) => {
    expect(new RelyingParties(own, [tenant([host])]).forHost(header).id).toBe('example.org');
  });

  it.each(['login.example.org:8443', '*.example.org', 'https://login.example.org', ''])(
    '%j are refused at the start',
    (host) => {
      expect(() => new RelyingParties(own, [tenant([host])])).toThrow(
        /^tenants: host .* must be one host name/,
      );
    },
  );

  it('are one at least', () => {
    expect(() => new RelyingParties(own, [tenant([])])).toThrow(/"example.org" must have at least one/);
  });

  it('are named once, however they are written', () => {
    expect(() => new RelyingParties(own, [tenant(['a.example.org', 'A.example.org.'])])).toThrow(
      /named twice/,
    );
  });

  it('and origins may end in a slash, which browsers never send', () => {
    const policy = { crossOrigin: true, topOrigins: ['https://shop.example/'] };
    const relyingParty = new RelyingParties({ ...own, origins: [`${HERE}/`], policy }).own;
    expect([relyingParty.origins, relyingParty.policy.topOrigins]).toEqual([
      [HERE],
      ['https://shop.example'],
    ]);
    for (const wrong of ['https://shop.example/path', 'shop.example']) {
      expect(() => new RelyingParties({ ...own, policy: { ...policy, topOrigins: [wrong] } })).toThrow(
        /^policy.topOrigins/,
      );
    }
  });
});

describe('an option of a relying party that is there and undefined', () => {
  const named = { name: 'Here', origins: [HERE] };

  it('is as one that is not there: users of a tenant stay its own', () => {
    const said = { ...named, id: 'localhost' };
    const there = { ...named, id: 'example.org', hosts: ['example.org'] };
    const unsaid = { tenant: undefined, basePath: undefined, signUp: undefined, redirects: undefined };
    const policy = { userVerification: undefined, algorithms: undefined };
    expect(new RelyingParties({ ...said, ...unsaid, policy }, [{ ...there, ...unsaid, policy }]).all).toEqual(
      new RelyingParties(said, [there]).all,
    );
    expect(new RelyingParties(said, [there]).all.map(({ tenant }) => tenant)).toEqual([
      'default',
      'example.org',
    ]);
  });
});
