import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ServerProcess } from '../faults/support/server-process';
import { freshUsername } from '../support/browser';
import { freePort } from '../support/free-port';
import { newestPostgres } from '../support/newest-postgres';
import { commandsOf, rolesOfDatabase } from './support/commands';
import { ProxiedBrowser } from './support/proxied-browser';
import { needProxies, Proxy } from './support/proxy';

const ROOT = join(__dirname, '../..');

const PACKAGES = ['curl', 'nginx', 'nodejs', 'npm', 'openssl', 'postgresql'];

/** The one command of its block that is run here: the build comes before every test of this folder. */
const NODE =
  'npm install --global --prefix /usr/local --ignore-scripts "node-linux-$(node -p process.arch)@24"\n';
const buildOf = (release: string) =>
  `cd /srv/passkey/${release}\nnpm ci\nnpm run build\nnpm prune --omit=dev\n`;
const CURRENT = 'ln -sfn 0.1.0 /srv/passkey/current\n';

const [INSTALL, BUILT, PRIMARY, STANDBY, SYNCHRONOUS, DATABASE, SERVERS, COMMAND, PROXY, LOOK, ...NONE] =
  commandsOf('From an empty Debian');
const [REBUILT, RELEASE] = commandsOf('A new release');
const [WITHOUT_STANDBY] = commandsOf('When the standby is lost');
const [PROMOTE] = commandsOf('When the primary is lost');

/** What the document's `systemctl enable --now passkey@PORT` runs, by its unit. */
async function startUnit(port: number, folder: string): Promise<ServerProcess> {
  const unit = readFileSync(join(folder, 'etc/systemd/system/passkey@.service'), 'utf8');
  const valueOf = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)![1]!;
  const [node, ...command] = valueOf('ExecStart').split(' ');
  const script = command.findIndex((word) => !word.startsWith('-'));
  const said = valueOf('Environment').replaceAll('%i', String(port));
  return ServerProcess.start(
    {
      ...(parseEnv(
        readFileSync(valueOf('EnvironmentFile').replace('/etc', `${folder}/etc`), 'utf8'),
      ) as Record<string, string>),
      ...(parseEnv(said.replaceAll('%d', `${folder}/etc/passkey`).replaceAll(' ', '\n')) as Record<
        string,
        string
      >),
    },
    {
      node: `${folder}${node}`,
      nodeOptions: command.slice(0, script),
      script: command
        .slice(script)
        .map((word, index) => (index === 0 ? join(folder, valueOf('WorkingDirectory'), word) : word)),
    },
  );
}

describe('an operator who follows docs/operations.md', () => {
  const suffix = `test${process.pid}`;
  const servers: ServerProcess[] = [];
  let version: string;
  let folder: string;
  let ports: { primary: number; standby: number; servers: [number, number] };
  let proxy: Proxy;

  /** As the document has them, but for ports and folders, and that both machines are this one. */
  const run = (machine: 'primary' | 'standby', commands: string, published = 443) => {
    const here = commands
      .replaceAll(/\b17\b/g, version)
      .replaceAll('10.0.0.1:5432', `127.0.0.1:${ports.primary}`)
      .replaceAll('10.0.0.2:5432', `127.0.0.1:${ports.standby}`)
      .replaceAll(/10\.0\.0\.[12]/g, '127.0.0.1')
      .replaceAll('host=127.0.0.1 port=5432', `host=127.0.0.1 port=${ports.primary}`)
      .replaceAll('5432', String(ports[machine]))
      .replaceAll(/(?<=\d[ /])main\b/g, machine + suffix)
      .replaceAll(/\/etc\/(passkey|systemd|ssl|nginx)\b/g, `${folder}/etc/$1`)
      .replaceAll('/usr/local', `${folder}/usr/local`)
      .replaceAll('/srv/passkey', `${folder}/srv/passkey`)
      .replaceAll(/(?<=passkey@|127\.0\.0\.1:)300[12]/g, (port) => String(ports.servers[Number(port) - 3001]))
      .replaceAll('127.0.0.1:443', `127.0.0.1:${published}`);
    const systemctl = `systemctl() { echo "$*" >> ${folder}/systemctl; }\n`;
    return execFileSync('bash', ['-euc', systemctl + here], { encoding: 'utf8', stdio: 'pipe', cwd: '/' });
  };
  /** This repository, built, in a folder of its own; its page says which it is. */
  const makeRelease = (release: string) => {
    const place = join(folder, 'srv/passkey', release);
    mkdirSync(place, { recursive: true });
    for (const part of ['dist', 'deploy']) cpSync(join(ROOT, part), join(place, part), { recursive: true });
    for (const part of ['package.json', 'node_modules']) symlinkSync(join(ROOT, part), join(place, part));
    appendFileSync(join(place, 'dist/apps/sign-in/index.html'), `<!-- ${release} -->`);
  };
  /** The release that a server serves, whole: what its page loads, and what the server itself loads once it is asked for. */
  const releaseOf = async ({ url }: ServerProcess): Promise<string> => {
    const page = await (await fetch(url)).text();
    for (const path of [/src="\.(\/assets\/[^"]+)"/.exec(page)![1]!, '/oidc/jwks']) {
      expect({ path, status: (await fetch(url + path)).status }).toEqual({ path, status: 200 });
    }
    return /<!-- ([\d.]+) -->$/.exec(page)![1]!;
  };
  /** What `systemctl` was asked by the last commands. */
  const asked = () => readFileSync(join(folder, 'systemctl'), 'utf8').trimEnd().split('\n').at(-1);

  beforeAll(async () => {
    needProxies(['nginx']);
    version = newestPostgres().version;
    folder = await mkdtemp(join(tmpdir(), 'passkey-operations-'));
    ports = {
      primary: await freePort(),
      standby: await freePort(),
      servers: [await freePort(), await freePort()],
    };
    // As the package leaves them on each machine.
    for (const machine of ['primary', 'standby'] as const) {
      execFileSync(
        'pg_createcluster',
        [version, machine + suffix, '--port', String(ports[machine]), '--start'],
        {
          stdio: 'pipe',
        },
      );
    }
    mkdirSync(join(folder, 'etc/ssl'), { recursive: true });
    makeRelease('0.1.0');
  });
  afterAll(async () => {
    for (const server of servers) await server.stop('SIGKILL');
    await (proxy as Proxy | undefined)?.stop();
    for (const name of ['standby', 'primary']) {
      execFileSync('pg_dropcluster', ['--stop', version, name + suffix], { stdio: 'ignore' });
    }
    await rm(folder, { recursive: true, force: true });
  });

  it('has two servers, a standby and a proxy, and signs people in when either machine is lost', async () => {
    expect(INSTALL!.trimEnd().split('\n').at(-1)).toBe(
      `apt-get install --no-install-recommends ${PACKAGES.join(' ')}`,
    );
    expect(BUILT).toBe(NODE + buildOf('0.1.0') + CURRENT);
    run('primary', NODE + CURRENT);
    expect(NONE).toEqual([]);
    run('primary', PRIMARY!);
    run('standby', STANDBY!);
    run('primary', SYNCHRONOUS!);
    expect(run('primary', DATABASE!)).toContain('Migrated: ');
    // Whoever pastes it once more has the passwords that the roles have.
    expect(() => run('primary', DATABASE!)).toThrow('role "passkey_migration" already exists');
    run('primary', SERVERS!);
    expect(asked()).toBe(`enable --now ${ports.servers.map((port) => `passkey@${port}`).join(' ')}`);
    for (const port of ports.servers) servers.push(await startUnit(port, folder));
    expect(run('primary', COMMAND!)).toContain('https://login.example.com/');
    run('primary', PROXY!);
    expect(asked()).toBe('reload nginx');
    proxy = await Proxy.start('nginx', ports.servers, { tls: join(folder, 'etc/ssl/passkey') });
    expect(JSON.parse(run('primary', LOOK!, proxy.port))).toMatchObject({ status: 'ok' });

    const way = { port: proxy.port, ca: proxy.ca, version: 'HTTP/2' } as const;
    const person = new ProxiedBrowser(way);
    const identifier = freshUsername();
    await person.register(identifier);
    await new ProxiedBrowser(way, person.authenticator).signIn(identifier);

    execFileSync('pg_ctlcluster', ['-m', 'immediate', version, `standby${suffix}`, 'stop']);
    await expect(new ProxiedBrowser(way).register(freshUsername())).rejects.toThrow('503');
    run('primary', WITHOUT_STANDBY!);
    for (const server of servers) await server.untilReady();
    await new ProxiedBrowser(way, person.authenticator).signIn(identifier);
    execFileSync('pg_ctlcluster', [version, `standby${suffix}`, 'start']);
    run('primary', SYNCHRONOUS!);

    expect(REBUILT).toBe(buildOf('0.2.0'));
    makeRelease('0.2.0');
    const [release, ...restarts] = RELEASE!.split(/(?=^systemctl restart )/m);
    expect(run('primary', release!)).toContain('Nothing to migrate.');
    for (const [index, restart] of restarts.entries()) {
      expect(await releaseOf(servers[index]!)).toBe('0.1.0');
      await servers[index]!.stop();
      servers[index] = await startUnit(ports.servers[index]!, folder);
      run('primary', restart);
      expect(asked()).toBe(`restart passkey@${ports.servers[index]}`);
      expect(await releaseOf(servers[index])).toBe('0.2.0');
      await new ProxiedBrowser(way, person.authenticator).signIn(identifier);
    }

    execFileSync('pg_ctlcluster', ['-m', 'immediate', version, `primary${suffix}`, 'stop']);
    run('standby', PROMOTE!);
    for (const server of servers) await server.untilReady();
    await new ProxiedBrowser(way, person.authenticator).signIn(identifier);
    await new ProxiedBrowser(way).register(freshUsername());
  });

  it('makes the roles that docs/database.md tells of', () => {
    const statements = /<<END\n([^]*?)END\n/.exec(DATABASE!)![1]!;
    expect(statements.replaceAll(/'\$(MIGRATION|RUNTIME)'/g, "'...'")).toBe(rolesOfDatabase());
  });
});
