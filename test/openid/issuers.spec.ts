import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as requestOf } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenIdProvider } from 'nestjs-passkey-openid-provider';
import { RELYING_PARTY_PROVIDER, type RelyingPartyProvider } from 'nestjs-passkey-sign-in';
import { onServed } from '../support/at-once';
import { freshUsername } from '../support/browser';
import { signedIn } from '../support/signed-in';
import { TestServer } from '../support/test-server';
import { emptyDatabase } from '../support/worker-database';
import { RelyingApplication, Traveller } from './relying-application';

describe('issuers', () => {
  let folder: string;
  let server: TestServer;
  let other: TestServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-issuers-'));
    const tenants = join(folder, 'tenants.json');
    await writeFile(
      tenants,
      JSON.stringify([
        {
          hosts: ['login.other.example'],
          id: 'other.example',
          name: 'Other',
          origins: ['https://login.other.example'],
        },
      ]),
    );
    const resources = join(folder, 'resources.json');
    await writeFile(
      resources,
      JSON.stringify([{ identifier: 'https://api.example', scopes: ['orders:read'] }]),
    );
    server = await TestServer.start({ RP_TENANTS: tenants, OIDC_RESOURCES: resources });
    other = await TestServer.start({ RP_TENANTS: tenants });
  });
  afterAll(async () => {
    await other.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** `fetch` would not send this header. */
  const get = (path: string, host?: string): Promise<Record<string, unknown>> => {
    return new Promise((resolve, reject) => {
      requestOf(server.url + path, { headers: host === undefined ? {} : { host } }, (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += part.toString()));
        response.on('end', () => {
          resolve(JSON.parse(text) as Record<string, unknown>);
        });
      })
        .on('error', reject)
        .end();
    });
  };

  it('are one for each relying party, with keys of its own', async () => {
    const keysOf = async (host?: string) =>
      ((await get('/oidc/jwks', host)) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    const own = await get('/oidc/.well-known/openid-configuration');
    const tenant = await get('/oidc/.well-known/openid-configuration', 'login.other.example');
    expect([own['issuer'], tenant['issuer']]).toEqual([
      'http://localhost:3000/oidc',
      'https://login.other.example/oidc',
    ]);
    expect(new Set([...(await keysOf()), ...(await keysOf('login.other.example'))]).size).toBe(6);
  });

  it('are asked for once a request, and not for what is none of theirs', async () => {
    const parties = server.app.get<RelyingPartyProvider>(RELYING_PARTY_PROVIDER, { strict: false });
    const asked = jest.spyOn(parties, 'forRequest');
    await get('/oidc/.well-known/openid-configuration');
    expect(asked).toHaveBeenCalledTimes(1);
    await get('/api/my-account');
    expect(asked).toHaveBeenCalledTimes(2);
    asked.mockRestore();
  });

  it('are known later where the relying party is', async () => {
    const parties = server.app.get<RelyingPartyProvider>(RELYING_PARTY_PROVIDER, { strict: false });
    const provider = server.app.get(OpenIdProvider);
    const relyingParty = await parties.forRequest({ headers: {} });
    const later = jest.spyOn(parties, 'forRequest').mockImplementation(() => Promise.resolve(relyingParty));
    const isOwn = (path: string) => provider.isOwn({ headers: {} }, path);
    expect(await isOwn('/oidc/token?a=b')).toBe(true);
    expect(await isOwn('/elsewhere/oidc/token')).toBe(false);
    later.mockRestore();
  });

  it('give tokens for the host’s own APIs that these can look at themselves', async () => {
    const shop = await RelyingApplication.start(server);
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const request = await shop.ask({
      resource: 'https://api.example',
      scope: 'openid orders:read orders:write',
    });
    const callback = await browser.goTo(request.url);
    const { access_token } = await request.finish(callback);
    expect(
      await server.query(
        `SELECT type FROM passkey.audit_events WHERE details->>'application' = $1 AND type LIKE 'token.%'`,
        [shop.id],
      ),
    ).toEqual([{ type: 'token.issued' }]);
    // None of it is kept that the code's use could be written with.
    await expect(request.finish(callback)).rejects.toMatchObject({ error: 'invalid_grant' });
    const [header, claims] = access_token
      .split('.')
      .map((part, index) =>
        index < 2 ? (JSON.parse(Buffer.from(part, 'base64url').toString()) as object) : null,
      );
    expect(header).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    expect(claims).toMatchObject({
      ...{
        iss: 'http://localhost:3000/oidc',
        aud: 'https://api.example',
        scope: 'orders:read',
        client_id: shop.id,
      },
    });
    const unknown = await shop.ask({ resource: 'https://other.example' });
    expect(new URL(await browser.goTo(unknown.url)).searchParams.get('error')).toBe('invalid_target');
  });

  it('have the same keys on every server, and the next is published before it signs', async () => {
    const kids = async ({ url }: TestServer) =>
      ((await (await fetch(`${url}/oidc/jwks`)).json()) as { keys: { kid: string; alg: string }[] }).keys;
    expect(await kids(server)).toEqual(await kids(other));
    await server.query(
      `UPDATE passkey.oidc_signing_keys SET signs_from = signs_from - interval '89 days 1 hour'`,
    );
    const late = await TestServer.start();
    const before = await kids(server);
    const published = await kids(late);
    expect(published).toHaveLength(6);
    // What signs is the first of its algorithm: still the old one.
    for (const alg of ['RS256', 'ES256', 'EdDSA']) {
      expect(published.find((key) => key.alg === alg)!.kid).toBe(before.find((key) => key.alg === alg)!.kid);
    }
    await server.query(
      `UPDATE passkey.oidc_signing_keys SET signs_from = signs_from - interval '1 day 1 hour'`,
    );
    await late.stop();
    const later = await TestServer.start();
    const signing = (await kids(later)).find((key) => key.alg === 'ES256')!.kid;
    expect(before.map(({ kid }) => kid)).not.toContain(signing);
    await later.stop();
  });

  it('sign on with new keys where the secret was lost', async () => {
    await server.query('DELETE FROM passkey.installation_secrets');
    const changed = await TestServer.start({ SECRET: 'another-secret-0123456789abcdef' });
    const shop = await RelyingApplication.start(changed);
    const browser = new Traveller(changed);
    await browser.register(freshUsername());
    const request = await shop.ask();
    expect((await request.finish(await browser.goTo(request.url))).claims()!.sub).toEqual(expect.any(String));
    await changed.stop();
  });
});

describe('an issuer', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('is made once an application asks, and not by whoever signs in before', async () => {
    const keys = () => server.query('SELECT FROM passkey.oidc_signing_keys');
    await signedIn(server);
    expect(await keys()).toEqual([]);
    await fetch(`${server.url}/oidc/jwks`);
    expect(await keys()).not.toEqual([]);
  });
});

onServed('an OpenID Provider on a served database', () => {
  it.each([
    ['is there with a secret', { SECRET: 'a-secret-of-all-servers-0123456789' }, 200, false],
    ['is not there without one, which the log says', { SECRET: '' }, 404, true],
    ['is not there where that is meant', { OIDC: 'off' }, 404, false],
  ])('%s', async (_what, env, status, warns) => {
    const { location } = await emptyDatabase();
    const server = await TestServer.start({ DATABASE_URL: (location as { url: string }).url, ...env });
    try {
      const answer = await fetch(`${server.url}/oidc/.well-known/openid-configuration`);
      expect(answer.status).toBe(status);
      expect(JSON.stringify(server.log).includes('no application signs people in here')).toBe(warns);
    } finally {
      await server.stop();
    }
  });
});
