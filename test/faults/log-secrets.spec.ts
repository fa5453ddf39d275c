import { Browser, expectStatus, freshUsername } from '../support/browser';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { createDatabase } from './support/fault-database';
import { PostgresCluster } from './support/postgres-cluster';
import { ServerProcess } from './support/server-process';

/** A browser that remembers every cookie it was ever given. */
class RememberingBrowser extends Browser {
  readonly secrets: string[] = [];
  protected override keep(cookie: string): void {
    super.keep(cookie);
    const value = /^[^=]+=([^;]+)/.exec(cookie)?.[1];
    if (value) this.secrets.push(value);
  }
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
        'AAAA-BBBB-CCCC-DDDD',
        MANAGEMENT_TOKEN,
        'wrong-token-5150',
        SECRET,
        'database-password-7391',
        created.authenticationOptions.challenge,
      ];
      expect(server.output).toContain('authentication.succeeded');
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
