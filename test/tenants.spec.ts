import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { RelyingParties } from 'nestjs-passkey-sign-in';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { TestServer } from './support/test-server';

const HERE = 'http://localhost:3000';
const THERE = 'http://there.localhost:3000';
const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');

/** A browser whose requests name the host, as those of a page on it do: fetch would set Host by itself. */
class BrowserAt extends Browser {
  constructor(
    server: TestServer,
    private readonly host: string,
    origin: string,
  ) {
    super(server, new SoftwareAuthenticator({ origin }), origin);
  }

  override call: Browser['call'] = async (method, path, body, headers) => {
    const exchange = request(this.url + path, {
      method,
      headers: {
        host: this.host,
        origin: this.pageOrigin!,
        cookie: [...this.cookies].map((pair) => pair.join('=')).join('; '),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    exchange.end(body === undefined ? undefined : JSON.stringify(body));
    const [answer] = (await once(exchange, 'response')) as [IncomingMessage];
    for (const cookie of answer.headers['set-cookie'] ?? []) this.keep(cookie);
    const content = await text(answer);
    return {
      status: answer.statusCode!,
      body: content ? JSON.parse(content) : null,
      headers: new Headers(
        Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]),
      ),
    };
  };
}

describe('several relying parties in one server', () => {
  let folder: string;
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
    server = await TestServer.start({ RP_TENANTS: path });
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
      code: 'session.mfa.webauthn_verification_not_found',
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
