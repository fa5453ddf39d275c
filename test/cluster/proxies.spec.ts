import { once } from 'node:events';
import { createServer, get as getHttp, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { createDatabase } from '../faults/support/fault-database';
import { PostgresCluster } from '../faults/support/postgres-cluster';
import { ServerProcess } from '../faults/support/server-process';
import { expectStatus, freshUsername } from '../support/browser';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { HOST, ProxiedBrowser, type Way } from './support/proxied-browser';
import { expectNoneDropped, VERSIONS } from './support/proxied-load';
import { KINDS, needProxies, Proxy, type ProxyKind } from './support/proxy';

/** All, or those of `PROXIES=nginx,Caddy`. */
const NAMES = (process.env['PROXIES']?.split(',') ?? Object.keys(KINDS)) as ProxyKind[];

/** Of servers, one after the other. */
const RESTARTS = Number(process.env['RESTARTS'] ?? 4);

/** One path to whoever decodes them, as servers do. */
const SPELLINGS = ['/metrics', '/metrics?x', '/%6detrics', '/metri%63s', '/%6D%65%74%72%69%63%73'];

const portOf = ({ url }: ServerProcess) => Number(new URL(url).port);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface AuditEvents {
  events: { details: { ip: string } }[];
}

describe('proxies', () => {
  let cluster: PostgresCluster;
  let database: string;
  beforeAll(async () => {
    needProxies(NAMES);
    cluster = await PostgresCluster.start();
    database = (await createDatabase(cluster)).url;
  });
  afterAll(() => cluster.drop());

  const startServer = (env: Record<string, string> = {}) =>
    ServerProcess.start({
      DATABASE_URL: database,
      RP_ID: HOST,
      RP_ORIGINS: `https://${HOST}`,
      TRUSTED_PROXIES: '127.0.0.1',
      MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN,
      SECRET: 'secret-of-the-tests-0123456789abcdef',
      // As the unit of deploy/systemd has it.
      SHUTDOWN_DELAY_SECONDS: '5',
      ...env,
    });

  const startPair = async (env: Record<string, string> = {}) =>
    [await startServer(env), await startServer(env)] as const;

  describe.each(NAMES)('%s', (name) => {
    let servers: [ServerProcess, ServerProcess];
    let proxy: Proxy;
    const browsers: ProxiedBrowser[] = [];
    beforeAll(async () => {
      servers = [...(await startPair())];
      proxy = await Proxy.start(name, [portOf(servers[0]), portOf(servers[1])]);
    });
    afterAll(async () => {
      for (const browser of browsers) browser.close();
      for (const server of servers) await server.stop('SIGKILL');
      await proxy.stop();
    });

    const wayOver = (version: Way['version'], from?: string): Way => ({
      port: proxy.port,
      ca: proxy.ca,
      version,
      from,
    });

    const browserOver = (
      version: Way['version'],
      from?: string,
      authenticator?: ProxiedBrowser['authenticator'],
    ) => {
      const browser = new ProxiedBrowser(wayOver(version, from), authenticator);
      browsers.push(browser);
      return browser;
    };

    it.each(VERSIONS)(
      'people register and sign in over %s, counted by the addresses they call from, whatever they say',
      async (version) => {
        for (const from of ['127.0.0.2', '127.0.0.3']) {
          const person = browserOver(version, from);
          const identifier = freshUsername();
          await person.register(identifier);
          const another = browserOver(version, from, person.authenticator);
          await another.signIn(identifier);
          for (const cookie of another.cookies.keys()) expect(cookie).toMatch(/^__Host-/);
          const { id } = expectStatus(200, await another.get('/api/my-account'));
          const { body } = await person.manage<AuditEvents>('GET', `/api/audit-events?userId=${String(id)}`);
          expect(body.events.length).toBeGreaterThan(2);
          expect(new Set(body.events.map(({ details }) => details.ip))).toEqual(new Set([from]));
        }
      },
    );

    it('the pages and all they load come through, and the API describes itself', async () => {
      await expectAllOf(browserOver('HTTP/2'), '');
    });

    it.each(SPELLINGS)(
      'what each server is asked itself, such as its metrics, is not for everybody: %s',
      async (path) => {
        const { status, headers } = await browserOver('HTTP/2').get(path);
        expect([status, headers.has('x-request-id')]).toEqual([404, false]);
      },
    );

    it('HTTP leads to HTTPS', async () => {
      const asked = getHttp({
        port: proxy.plainPort,
        path: '/account?ui_locales=de',
        headers: { host: HOST },
      });
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      answer.resume();
      expect([answer.statusCode, answer.headers.location?.replace(/:\d+/, '')]).toEqual([
        308,
        `https://${HOST}/account?ui_locales=de`,
      ]);
    });

    it('TLS before 1.2 is refused', async () => {
      const attempt = async (version: 'TLSv1.1' | 'TLSv1.2') => {
        const socket = connectTls({
          ...{ port: proxy.port, ca: proxy.ca, servername: HOST, ciphers: 'ALL:@SECLEVEL=0' },
          ...{ minVersion: version, maxVersion: version },
        });
        const outcome = await Promise.race([
          once(socket, 'secureConnect').then(() => socket.getProtocol()),
          once(socket, 'error').then(() => 'refused'),
        ]).catch(() => 'refused');
        socket.destroy();
        return outcome;
      };
      expect([await attempt('TLSv1.1'), await attempt('TLSv1.2')]).toEqual(['refused', 'TLSv1.2']);
    });

    it.each(VERSIONS)('a body that is too large is answered 413 over %s', async (version) => {
      const browser = browserOver(version);
      const large = await browser.post('/api/experience/submit', Buffer.alloc(100_000, ' '));
      expect(large).toMatchObject({ status: 413, body: { code: 'request.body_too_large' } });
      const huge = await browser.post('/api/experience/submit', Buffer.alloc(5_000_000, ' '));
      expect(huge.status).toBe(413);
    });

    it('no request is dropped when it is reloaded', async () => {
      await expectNoneDropped(name, browserOver, async (load) => {
        for (let round = 0; round < 5; round += 1) {
          proxy.reload();
          await load.until(10);
          await pause(500);
        }
      });
    });

    it('no request is dropped when the servers are started anew, one after the other', async () => {
      await expectNoneDropped(name, browserOver, async (load) => {
        for (let round = 0; round < RESTARTS; round += 1) {
          const server = servers[round % 2]!;
          expect(await server.stop()).toBe(0);
          servers[round % 2] = await startServer({ PORT: String(portOf(server)) });
          await load.until(10);
        }
      });
    });

    it('goes on with the other server when one is killed', async () => {
      const port = String(portOf(servers[1]));
      await servers[1].stop('SIGKILL');
      // What is sent on a connection that a proxy does not know to be closed is lost: a busy machine tells it late.
      await pause(1_000);
      const browser = browserOver('HTTP/2');
      for (let times = 0; times < 20; times += 1) expectStatus(200, await browser.discoverableOptions());
      servers[1] = await startServer({ PORT: port });
    });

    it('cuts off clients that stall', async () => {
      const send = (text: string) => {
        const socket = connectTls({ port: proxy.port, ca: proxy.ca, servername: HOST });
        socket.on('error', () => undefined);
        socket.write(text);
        return socket;
      };
      const post = `POST /api/experience/submit HTTP/1.1\r\nHost: ${HOST}\r\n`;
      const sockets = [
        send(''),
        send('GET / HTTP/1.1\r\nX-Slow: '),
        send(`${post}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`),
      ];
      const began = performance.now();
      await Promise.all(sockets.map((socket) => once(socket.resume(), 'close')));
      expect(performance.now() - began).toBeLessThan(50_000);
    });

    it('answers for servers that stall, and uses them once they go on', async () => {
      const browser = browserOver('HTTP/2');
      expectStatus(200, await browser.discoverableOptions());
      for (const { child } of servers) child.kill('SIGSTOP');
      const began = performance.now();
      const { status } = await browser.discoverableOptions();
      for (const { child } of servers) child.kill('SIGCONT');
      expect([502, 503, 504]).toContain(status);
      expect(performance.now() - began).toBeLessThan(40_000);
      await pause(6_000);
      for (let times = 0; times < 10; times += 1) expectStatus(200, await browser.discoverableOptions());
    });

    (KINDS[name].asksHealth ? it : it.skip)(
      'a server that says that it is not ready gets no requests',
      async () => {
        const server = await startServer();
        let calls = 0;
        const notReady = createServer(({ url }, response) => {
          if (url !== '/health/ready') calls += 1;
          response.writeHead(url === '/health/ready' ? 503 : 200).end();
        }).listen(0, '127.0.0.1');
        await once(notReady, 'listening');
        const another = await Proxy.start(name, [portOf(server), (notReady.address() as AddressInfo).port]);
        await pause(4_000);
        calls = 0;
        const browser = new ProxiedBrowser({ port: another.port, ca: another.ca, version: 'HTTP/2' });
        for (let times = 0; times < 20; times += 1) expectStatus(200, await browser.discoverableOptions());
        expect(calls).toBe(0);
        browser.close();
        await another.stop();
        notReady.close();
        notReady.closeAllConnections();
        await server.stop('SIGKILL');
      },
    );
  });

  describe.each(NAMES)('%s below a path', (name) => {
    let servers: readonly [ServerProcess, ServerProcess];
    let proxy: Proxy;
    let way: Way;
    beforeAll(async () => {
      servers = await startPair({ BASE_PATH: '/auth' });
      proxy = await Proxy.start(name, [portOf(servers[0]), portOf(servers[1])], { isBelowPath: true });
      way = { port: proxy.port, ca: proxy.ca, version: 'HTTP/2' };
    });
    afterAll(async () => {
      for (const server of servers) await server.stop('SIGKILL');
      await proxy.stop();
    });

    it('people register and sign in, with pages, API, issuer and cookies below it', async () => {
      const person = new ProxiedBrowser({ ...way, basePath: '/auth' });
      const identifier = freshUsername();
      await person.register(identifier);
      const another = new ProxiedBrowser({ ...way, basePath: '/auth' }, person.authenticator);
      await another.signIn(identifier);
      expectStatus(200, await another.get('/api/my-account'));
      for (const cookie of another.cookies.keys()) expect(cookie).toMatch(/^__Secure-/);
      const { headers } = await another.discoverableOptions();
      for (const cookie of headers.getSetCookie()) expect(cookie).toMatch(/; Path=\/auth(;|$)/);
      await expectAllOf(another, '/auth');
      for (const browser of [person, another]) browser.close();
    });

    it('what is beside it is not asked of the servers, but for what has its place at the root', async () => {
      const browser = new ProxiedBrowser(way);
      const { status, headers } = await browser.get('/auth?ui_locales=de');
      expect([status, headers.get('location')]).toEqual([308, '/auth/?ui_locales=de']);
      for (const path of ['webauthn', 'passkey-endpoints', 'oauth-authorization-server/auth/oidc']) {
        expectStatus(200, await browser.get(`/.well-known/${path}`));
      }
      const metrics = SPELLINGS.map((path) => `/auth${path}`);
      for (const path of ['/', '/account', '/authx', '/health/ready', '/metrics', ...metrics]) {
        const answer = await browser.get(path);
        expect([path, answer.headers.has('x-request-id')]).toEqual([path, false]);
        expect([path, answer.status]).not.toEqual([path, 502]);
      }
      browser.close();
    });
  });
});

/** Pages with all they load, the document of the API, and the issuer. */
async function expectAllOf(browser: ProxiedBrowser, basePath: string): Promise<void> {
  const page = expectStatus(200, await browser.get<string>('/'));
  const assets = [...page.matchAll(/(?:src|href)="\.?(\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path!);
  expect(assets.length).toBeGreaterThan(0);
  for (const asset of assets) expectStatus(200, await browser.get(asset));
  expectStatus(200, await browser.get('/health/ready'));
  const document = expectStatus(200, await browser.get('/openapi.json'));
  if (basePath) expect(document).toMatchObject({ servers: [{ url: basePath }] });
  const issuer = `https://${HOST}${basePath}/oidc`;
  expect((await browser.get('/oidc/.well-known/openid-configuration')).body).toMatchObject({
    issuer,
    token_endpoint: `${issuer}/token`,
  });
}
