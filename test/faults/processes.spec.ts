import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { needPackages } from '../support/debian-packages';
import { freePort } from '../support/free-port';
import { startRedis } from '../support/redis-server';
import { PostgresServers } from './support/postgres-servers';
import { ServerProcess } from './support/server-process';

const PREFLIGHT = '/api/experience/preflight/sign-in-web-authn/authentication';

interface Asked {
  status: number | undefined;
  code: unknown;
  connection: string | undefined;
  retryAfter: string | undefined;
}

/** Asks again and again, on one connection as long as that is kept. */
async function askUntilRefused(url: string): Promise<{ answers: Asked[]; refusal: unknown }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers: Asked[] = [];
  try {
    for (;;) {
      const [answer] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
      const { connection, 'retry-after': retryAfter } = answer.headers;
      const { code } = JSON.parse(Buffer.concat(await answer.toArray()).toString()) as { code?: unknown };
      answers.push({ status: answer.statusCode, code, connection, retryAfter });
    }
  } catch (error) {
    return { answers, refusal: (error as NodeJS.ErrnoException).code };
  } finally {
    agent.destroy();
  }
}

describe('a server on PostgreSQL', () => {
  const servers = new PostgresServers();

  it('migrates once, when four start at the same time', async () => {
    await Promise.all(Array.from({ length: 4 }, () => servers.start()));
    await servers.expectMigratedOnce();
    for (const server of servers.all)
      expect((await fetch(server.url + PREFLIGHT, { method: 'POST' })).status).toBe(200);
  });

  it('that gets SIGTERM under load answers what is under way, and ends with 0', async () => {
    const server = await servers.start();
    await servers.expectOrderlyEnd(server);
  });

  it('that gets SIGTERM is not ready first, and then takes no connections, on each address of localhost', async () => {
    const preload = join(await mkdtemp(join(tmpdir(), 'passkey-localhost-')), 'lookup.cjs');
    await writeFile(
      preload,
      `require('node:dns/promises').lookup = async () => ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }));`,
    );
    const server = await servers.start({ HOST: 'localhost' }, { nodeOptions: ['--require', preload] });
    const { port } = new URL(server.url);
    const places = ['127.0.0.1', '127.0.0.2'].map((address) => `http://${address}:${port}`);
    for (const place of places) expect((await fetch(`${place}/health/ready`)).status).toBe(200);
    const asked = Promise.all(places.map((place) => askUntilRefused(`${place}/health/ready`)));
    expect(await server.stop('SIGTERM')).toBe(0);
    for (const { answers, refusal } of await asked) {
      expect(refusal).toBe('ECONNREFUSED');
      const notReady = answers.filter(({ status }) => status !== 200);
      expect(notReady[0]).toMatchObject({
        ...{ status: 503, code: 'server.shutting_down', connection: 'keep-alive' },
        retryAfter: expect.stringMatching(/^\d+$/),
      });
      expect(notReady.at(-1)).toMatchObject({ status: 503, connection: 'close' });
    }
  });

  it('that gets SIGTERM does not wait for who never asks anything on the connection that is open', async () => {
    const server = await servers.start();
    const { hostname, port } = new URL(server.url);
    const silent = connect(Number(port), hostname);
    await once(silent, 'connect');
    const closed = once(silent, 'close');
    const begun = performance.now();
    expect(await server.stop('SIGTERM')).toBe(0);
    // By its deadline, 10 s, it cuts every connection.
    expect(performance.now() - begun).toBeLessThan(8_000);
    await closed;
  });

  it('whose clock is an hour off lets challenges live as long as any other', async () => {
    const preload = join(await mkdtemp(join(tmpdir(), 'passkey-clock-')), 'clock.cjs');
    await writeFile(
      preload,
      `const RealDate = Date; const off = Number(process.env.CLOCK_OFF);
       globalThis.Date = class extends RealDate {
         constructor(...of) { of.length ? super(...of) : super(RealDate.now() + off); }
         static now() { return RealDate.now() + off; }
       };`,
    );
    for (const hours of [-1, 1]) {
      const off = await servers.start(
        { CLOCK_OFF: String(hours * 3_600_000) },
        { nodeOptions: ['--require', preload] },
      );
      const right = await servers.start();
      const identifier = freshUsername();
      const browser = new Browser(off);
      await browser.register(identifier);
      await browser.signIn(identifier);
      expectStatus(200, await browser.get('/api/my-account'));
      // What one server made, the other takes; and both see the same end.
      const created = expectStatus(200, await browser.discoverableOptions());
      const elsewhere = new Browser(right, browser.authenticator);
      for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value);
      const payload = browser.authenticator.authenticate(created.authenticationOptions);
      expectStatus(200, await elsewhere.verifyAuthentication(created.verificationId, payload));
      const expired = expectStatus(200, await browser.discoverableOptions());
      const { cluster, database } = servers;
      await cluster.query(`UPDATE passkey.verification_records SET expires_at = now()`, database.name);
      const late = browser.authenticator.authenticate(expired.authenticationOptions);
      expect((await browser.verifyAuthentication(expired.verificationId, late)).status).toBe(404);
      await servers.killAll();
    }
    await rm(join(preload, '..'), { recursive: true });
  });

  it('cuts off clients that stall, and lives on with those who hang up', async () => {
    const server = await servers.start();
    const { port } = new URL(server.url);
    const send = (text: string) => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(text);
      return socket;
    };
    const began = performance.now();
    const stalled = [
      ...Array.from({ length: 200 }, () => send('POST / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')),
      ...Array.from({ length: 200 }, () =>
        send(
          `POST ${PREFLIGHT} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
        ),
      ),
    ];
    for (let index = 0; index < 100; index += 1) {
      send(`POST ${PREFLIGHT} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`).destroy();
    }
    expect((await fetch(server.url + PREFLIGHT, { method: 'POST' })).status).toBe(200);
    await Promise.all(stalled.map((socket) => once(socket.resume(), 'close')));
    const took = performance.now() - began;
    console.log(`400 stalled clients were cut off within ${Math.round(took)} ms`);
    expect(took).toBeLessThan(20_000);
    expect((await fetch(server.url + PREFLIGHT, { method: 'POST' })).status).toBe(200);
  });

  it('signs in while Redis is away, each server counting for itself, and shares again when it is back', async () => {
    needPackages({ '/usr/bin/redis-server': 'redis-server' });
    const redisPort = await freePort();
    let redis = startRedis(redisPort);
    const env = {
      RATE_LIMIT: 'on',
      RATE_LIMIT_PER_ADDRESS: '60',
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      TRUSTED_PROXIES: '127.0.0.1',
    };
    const pair = [await servers.start(env), await servers.start(env)] as const;
    const ask = async (server: ServerProcess, from: string) => {
      const began = performance.now();
      const { status } = await fetch(server.url + PREFLIGHT, {
        method: 'POST',
        headers: { 'x-forwarded-for': from },
      });
      return { status, took: performance.now() - began };
    };
    const admittedOf = async (from: string) => {
      let admitted = 0;
      for (let turn = 0; turn < 160; turn += 1) {
        const { status } = await ask(pair[turn % 2]!, from);
        if (status === 200) admitted += 1;
        else expect(status).toBe(429);
      }
      return admitted;
    };
    try {
      await expectEventually(async (turn) => (await admittedOf(`10.1.0.${turn}`)) <= 73);
      redis.kill('SIGKILL');
      await once(redis, 'exit');
      expect(await admittedOf('10.2.0.1')).toBe(120);
      const browser = new Browser(pair[0]);
      const identifier = freshUsername();
      await browser.register(identifier);
      await browser.signIn(identifier);
      redis = startRedis(redisPort);
      await expectEventually(async (turn) => (await admittedOf(`10.3.0.${turn}`)) <= 73);
      // Stopped, but still connected: slow without end.
      redis.kill('SIGSTOP');
      expect(await admittedOf('10.4.0.1')).toBeGreaterThanOrEqual(60);
      await browser.signIn(identifier);
    } finally {
      redis.kill('SIGKILL');
    }
    for (const { output } of servers.all) expect(output.match(/limits are not shared/g)).toHaveLength(1);
  });
});

async function expectEventually(holds: (turn: number) => Promise<boolean>): Promise<void> {
  for (let turn = 1; turn <= 10; turn += 1) {
    if (await holds(turn)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('it did not come to hold');
}
