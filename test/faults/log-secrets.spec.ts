import { execFile } from 'node:child_process';
import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as client from 'openid-client';
import { RelyingApplication, Traveller } from '../openid/relying-application';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { until } from '../support/until';
import { createDatabase } from './support/fault-database';
import { PostgresCluster } from './support/postgres-cluster';
import { ServerProcess } from './support/server-process';

const DIST = join(__dirname, '../../dist/apps/identity-server');
const COMMAND = join(DIST, 'bundle/passkey-server.js');
const LOGGER = join(DIST, 'src/logging/logger.js');

/** A browser that remembers every cookie it was ever given. */
class RememberingBrowser extends Traveller {
  readonly secrets: string[] = [];
  protected override keep(cookie: string): void {
    super.keep(cookie);
    const value = /^[^=]+=([^;]+)/.exec(cookie)?.[1];
    if (value) this.secrets.push(value);
  }
}

/** What an application has had of somebody who signs in to it: its secret, codes and tokens, some of them used twice. */
async function issuedTo(browser: RememberingBrowser, server: ServerProcess): Promise<string[]> {
  const shop = await RelyingApplication.start(server);
  const { configuration } = shop;
  const { url, finish, verifier } = await shop.ask({ scope: 'openid offline_access' });
  const callback = await browser.goTo(url);
  const tokens = await finish(callback);
  const renewed = await client.refreshTokenGrant(configuration, tokens.refresh_token!);
  await client.fetchUserInfo(configuration, renewed.access_token, tokens.claims()!.sub);
  await client.tokenRevocation(configuration, renewed.refresh_token!);
  await expect(client.refreshTokenGrant(configuration, renewed.refresh_token!)).rejects.toThrow();
  await expect(finish(callback)).rejects.toThrow();
  return [
    shop.raw().clientSecret,
    verifier,
    new URL(callback).searchParams.get('code')!,
    ...[tokens, renewed].flatMap((given) => [given.access_token, given.refresh_token!, given.id_token!]),
  ];
}

describe('the log at its most talkative', () => {
  it('has no cookie, token, code, secret or password, through whole flows and their failures', async () => {
    const cluster = await PostgresCluster.start();
    try {
      const database = await createDatabase(cluster);
      await cluster.query(`CREATE ROLE app LOGIN SUPERUSER PASSWORD 'database-password-7391'`);
      const SECRET = 'a-secret-of-the-server-0123456789';
      const server = await ServerProcess.start({
        DATABASE_URL: cluster.url(database.name, 'app', 'database-password-7391'),
        LOG_LEVEL: 'trace',
        SECRET,
        MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN,
        ACCOUNT_ENUMERATION: 'decoy',
        MESSENGER: 'off',
        RATE_LIMIT: 'on',
      });
      const browser = new RememberingBrowser(server);
      const identifier = freshUsername();
      await browser.register(identifier);
      const { codes } = expectStatus(
        201,
        await browser.post<{ codes: string[] }>('/api/my-account/recovery-codes'),
      );
      await browser.signIn(identifier);
      await browser.signIn();
      await browser.start('SignIn');
      const created = expectStatus(200, await browser.authenticationOptions(identifier));
      const wrong = browser.authenticator.authenticate(created.authenticationOptions, { up: false });
      expectStatus(400, await browser.verifyAuthentication(created.verificationId, wrong));
      for (const code of [codes[0]!, 'AAAA-BBBB-CCCC-DDDD']) {
        await browser.post('/api/experience/verification/recovery-code/verify', { identifier, code });
      }
      const issued = await issuedTo(browser, server);
      expectStatus(200, await browser.manage('GET', '/api/users'));
      await browser.call('GET', '/api/users', undefined, { authorization: 'Bearer wrong-token-5150' });
      await browser.call('POST', '/api/experience', `{"broken": "${codes[1]!}"`);
      await cluster.stop('immediate');
      expectStatus(503, await browser.discoverableOptions());
      await cluster.start();
      await server.stop('SIGTERM');
      const secrets = [
        ...browser.secrets,
        ...codes,
        ...codes.map((code) => code.replaceAll('-', '')),
        ...issued,
        'AAAA-BBBB-CCCC-DDDD',
        MANAGEMENT_TOKEN,
        'wrong-token-5150',
        SECRET,
        'database-password-7391',
        created.authenticationOptions.challenge,
      ];
      expect(server.output).toContain('authentication.succeeded');
      expect(server.output).toContain('/oidc/token');
      expect(secrets.length).toBeGreaterThan(25);
      for (const secret of secrets) expect(server.output.includes(secret) ? secret : null).toBeNull();

      const failing = await ServerProcess.start(
        { DATABASE_URL: `postgres://app:database-password-7391@127.0.0.1:1/none`, LOG_LEVEL: 'trace' },
        { ready: false },
      );
      await expect(failing.untilReady()).rejects.toThrow(/the server ended/);
      expect(failing.output).not.toContain('database-password-7391');
    } finally {
      await cluster.drop();
    }
  });
});

describe('what is secret', () => {
  it('is in no argument, diagnostic report or answer of the command', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'passkey-reports-'));
    const cluster = await PostgresCluster.start();
    const database = await createDatabase(cluster);
    await cluster.query(`CREATE ROLE app LOGIN SUPERUSER PASSWORD 'database-password-7391'`);
    const env = {
      SECRET: 'a-secret-of-the-server-0123456789',
      MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN,
      METRICS_TOKEN: 'a-token-of-the-figures-0123456789',
      WEBHOOK_URLS: 'https://127.0.0.1:1/path-that-is-secret',
      WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
      REDIS_URL: 'redis://:redis-password-4410@127.0.0.1:1',
      SMTP_URL: 'smtp://user:mail-password-6620@127.0.0.1:1',
      MAIL_FROM: 'no-reply@example.com',
      MESSAGE_WEBHOOK_URL: 'https://127.0.0.1:1/messages',
      MESSAGE_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 8).toString('base64')}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=key-of-the-collector-8830',
      DATABASE_URL: cluster.url(database.name, 'app', 'database-password-7391'),
    };
    const secrets = [
      'redis-password-4410',
      'path-that-is-secret',
      'mail-password-6620',
      'key-of-the-collector-8830',
      'database-password-7391',
      ...Object.values(env).slice(0, 3),
      env.WEBHOOK_SECRET,
      env.MESSAGE_WEBHOOK_SECRET,
    ];
    const found = (text: string) => secrets.filter((secret) => text.includes(secret));
    const command = (...words: string[]) =>
      new Promise<string>((resolve) => {
        execFile(
          process.execPath,
          [COMMAND, ...words],
          { env: { ...process.env, ...env } },
          (_error, out, err) => {
            resolve(out + err);
          },
        );
      });
    try {
      const server = await ServerProcess.start(env, {
        nodeOptions: ['--report-on-signal', `--report-directory=${folder}`],
      });
      const { pid } = server.child;
      expect(found(await readFile(`/proc/${pid}/cmdline`, 'utf8'))).toEqual([]);
      server.child.kill('SIGUSR2');
      const report = async () => (await readdir(folder)).find((name) => name.startsWith('report.'));
      await until(async () => (await report()) !== undefined, 'no report was written');
      await setTimeout(500);
      const text = await readFile(join(folder, (await report())!), 'utf8');
      expect(text).toContain('"environmentVariables"');
      expect(text).toContain('RP_ORIGINS');
      expect(found(text)).toEqual([]);
      for (const words of [['doctor'], ['doctor', '--json'], ['user', 'list', '--json'], ['--help']]) {
        const answer = await command(...words);
        expect(answer.length).toBeGreaterThan(1);
        expect(found(answer)).toEqual([]);
      }
      await server.stop();
      expect(found(server.output)).toEqual([]);
    } finally {
      await cluster.drop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a server that is sent SIGHUP', () => {
  it.each([
    ['silent', 'debug'],
    ['debug', 'trace'],
    ['trace', 'trace'],
  ] as const)(
    'tells of each change where LOG_LEVEL is %s, and never logs less than that',
    async (usual, more) => {
      const script = `
      const { createLogger, changeLevelOnHangUp } = require(${JSON.stringify(LOGGER)});
      createLogger('${usual}').then(async (logger) => {
        changeLevelOnHangUp(logger);
        // A busy machine: the one thread that writes has something else to do first.
        require('node:crypto').pbkdf2('busy', 'salt', 1e6, 64, 'sha512', () => {});
        const waiting = setInterval(() => {}, 1000);
        for (let times = 0; times < 2; times++) {
          const heard = new Promise((resolve) => process.once('SIGHUP', () => setImmediate(resolve)));
          process.kill(process.pid, 'SIGHUP');
          await heard;
          process.stdout.write(JSON.stringify({ now: logger.level }) + '\\n');
        }
        clearInterval(waiting);
      });`;
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
        env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
      });
      const said = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { logLevel?: string; now?: string });
      // The log and this script each have their own way to the pipe.
      const these = (texts: (string | undefined)[]) => texts.filter((text) => text !== undefined);
      expect(these(said.map(({ logLevel }) => logLevel))).toEqual([more, usual]);
      expect(these(said.map(({ now }) => now))).toEqual([more, usual]);
    },
  );

  it('goes on where it comes before there is a log', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'passkey-early-'));
    try {
      const fifo = join(folder, 'token');
      await promisify(execFile)('mkfifo', [fifo]);
      const server = await ServerProcess.start({ METRICS_TOKEN_FILE: fifo }, { ready: false });
      // It reads its configuration once there is one who writes here: by then it has begun.
      const writer = await open(fifo, 'w');
      server.child.kill('SIGHUP');
      await setTimeout(200);
      expect(server.child.signalCode).toBeNull();
      await writer.close();
      await expect(server.untilReady()).rejects.toThrow('METRICS_TOKEN_FILE');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('logs more, and at the next as before', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'passkey-levels-'));
    try {
      const server = await ServerProcess.start({ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn' });
      const said = async (level: string) => {
        server.child.kill('SIGHUP');
        await until(() => server.output.includes(`"logLevel":"${level}"`), `no word of ${level}`);
        const before = server.output.length;
        await new Browser(server).discoverableOptions();
        await setTimeout(100);
        return server.output.slice(before);
      };
      expect(await said('debug')).toContain(
        '"path":"/api/experience/preflight/sign-in-web-authn/authentication"',
      );
      expect(await said('warn')).toBe('');
      expect(await server.stop()).toBe(0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
