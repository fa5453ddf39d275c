import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ServerProcess } from '../faults/support/server-process';
import { freshUsername } from '../support/browser';
import { freePort } from '../support/free-port';
import { commandsOf, rolesOfDatabase } from './support/commands';
import { HOST, ProxiedBrowser } from './support/proxied-browser';
import { Proxy, requirePackages } from './support/proxy';

const RUN_MIGRATIONS = join(__dirname, '../../dist/apps/identity-server/src/database/run-migrations.js');

/** Of docs/operations.md, in their order: what is done on the primary, the standby, the primary, and the standby. */
const [PRIMARY, STANDBY, SYNCHRONOUS, PROMOTE] = commandsOf('PostgreSQL with a standby');

const ROLES = rolesOfDatabase();

describe('an operator who follows docs/operations.md', () => {
  const suffix = `test${process.pid}`;
  const servers: ServerProcess[] = [];
  let version: string;
  let ports: { primary: number; standby: number };
  let proxy: Proxy;

  /** As the document has them, but that both machines are this one. */
  const run = (machine: 'primary' | 'standby', commands: string) => {
    const here = commands
      .replaceAll(/\b17\b/g, version)
      .replaceAll(/10\.0\.0\.[12]/g, '127.0.0.1')
      .replaceAll('host=127.0.0.1 port=5432', `host=127.0.0.1 port=${ports.primary}`)
      .replaceAll('5432', String(ports[machine]))
      .replaceAll(/(?<=\d[ /])(primary|standby)\b/g, `$1${suffix}`);
    execFileSync('bash', ['-euc', here], { stdio: 'pipe', cwd: '/' });
  };
  const psql = (statements: string) =>
    execFileSync(
      'runuser',
      ['-u', 'postgres', '--', 'psql', '-q', '-p', String(ports.primary), '-v', 'ON_ERROR_STOP=1'],
      {
        input: statements,
        stdio: 'pipe',
        cwd: '/',
      },
    );
  const urlOf = (role: string) =>
    `postgres://${role}:...@127.0.0.1:${ports.primary},127.0.0.1:${ports.standby}/passkey?target_session_attrs=read-write`;

  beforeAll(async () => {
    requirePackages(['nginx']);
    if (!existsSync('/usr/bin/pg_createcluster'))
      throw new Error('not installed; run: apt-get install postgresql');
    version = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))[0]!;
    ports = { primary: await freePort(), standby: await freePort() };
  });
  afterAll(async () => {
    for (const server of servers) await server.stop('SIGKILL');
    await (proxy as Proxy | undefined)?.stop();
    for (const name of ['standby', 'primary']) {
      execFileSync('pg_dropcluster', ['--stop', version, name + suffix], { stdio: 'ignore' });
    }
  });

  it('has two servers, a standby and a proxy, and signs people in when the primary is lost', async () => {
    run('primary', PRIMARY!);
    run('standby', STANDBY!);
    run('primary', SYNCHRONOUS!);
    psql(ROLES);
    execFileSync(process.execPath, [RUN_MIGRATIONS], {
      env: { DATABASE_URL: urlOf('passkey_migration'), OIDC: 'off' },
    });
    for (let count = 0; count < 2; count += 1) {
      servers.push(
        await ServerProcess.start({
          DATABASE_URL: urlOf('passkey_runtime'),
          RP_ID: HOST,
          RP_ORIGINS: `https://${HOST}`,
          TRUSTED_PROXIES: '127.0.0.1',
          SECRET: 'secret-of-the-tests-0123456789abcdef',
        }),
      );
    }
    const [one, two] = servers.map(({ url }) => Number(new URL(url).port));
    proxy = await Proxy.start('nginx', [one!, two!]);
    const way = { port: proxy.port, ca: proxy.ca, version: 'HTTP/2' } as const;
    const person = new ProxiedBrowser(way);
    const identifier = freshUsername();
    await person.register(identifier);
    await new ProxiedBrowser(way, person.authenticator).signIn(identifier);

    execFileSync('pg_ctlcluster', ['-m', 'immediate', version, `primary${suffix}`, 'stop']);
    run('standby', PROMOTE!);
    for (const server of servers) await server.untilReady();
    await new ProxiedBrowser(way, person.authenticator).signIn(identifier);
    await new ProxiedBrowser(way).register(freshUsername());
  });
});
