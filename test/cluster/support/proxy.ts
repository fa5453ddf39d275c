import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { SubjectAlternativeNameExtension } from '@peculiar/x509';
import { needPackages } from '../../support/debian-packages';
import { certify } from '../../support/certificates';
import { freePort } from '../../support/free-port';
import { Daemon, folderWith } from './daemon';
import { HOST } from './proxied-browser';

const DEPLOY = join(__dirname, '../../../deploy/proxies');
const DOCUMENT = join(__dirname, '../../../docs/proxies.md');

interface Kind {
  /** Debian's name of it. */
  package: string;
  binary: string;
  file: string;
  /** Whether it asks servers how they are, rather than notice when they fail. */
  asksHealth: boolean;
  /** Where its file goes in `folder`; the command that starts it there. */
  install: (folder: string, text: string, replace: (text: string) => string) => Started;
  reload: (daemon: Daemon, started: Started) => void;
}

interface Started {
  command: string[];
  env?: Record<string, string>;
}

const SYSTEM = '/etc';

export const KINDS = {
  nginx: {
    package: 'nginx',
    binary: '/usr/sbin/nginx',
    file: 'nginx.conf',
    asksHealth: false,
    install(folder, text) {
      cpSync(join(SYSTEM, 'nginx'), join(folder, 'nginx'), { recursive: true });
      writeFileSync(join(folder, 'nginx/conf.d/passkey.conf'), text);
      const main = readFileSync(join(SYSTEM, 'nginx/nginx.conf'), 'utf8')
        .replace(/include \/etc\/nginx\/sites-enabled.*/, '')
        .replaceAll('/etc/nginx', join(folder, 'nginx'))
        .replaceAll(/(\/run|\/var\/log\/nginx)\//g, `${folder}/`);
      writeFileSync(join(folder, 'nginx/nginx.conf'), main);
      return { command: ['nginx', '-c', join(folder, 'nginx/nginx.conf'), '-g', 'daemon off;'] };
    },
    reload: (daemon) => {
      daemon.signalFirst('SIGHUP');
    },
  },
  HAProxy: {
    package: 'haproxy',
    binary: '/usr/sbin/haproxy',
    file: 'haproxy.cfg',
    asksHealth: true,
    install(folder, text) {
      writeFileSync(join(folder, 'haproxy.cfg'), text);
      // As Debian's unit starts it, but for telling systemd.
      return {
        command: ['haproxy', '-W', '-S', join(folder, 'master.sock'), '-f', join(folder, 'haproxy.cfg')],
      };
    },
    reload: (daemon) => {
      daemon.signalFirst('SIGUSR2');
    },
  },
  Apache: {
    package: 'apache2',
    binary: '/usr/sbin/apache2',
    file: 'apache.conf',
    asksHealth: true,
    install(folder, text, replace) {
      const root = join(folder, 'apache2');
      cpSync(join(SYSTEM, 'apache2'), root, { recursive: true, verbatimSymlinks: true });
      writeFileSync(join(root, 'sites-available/passkey.conf'), text);
      writeFileSync(join(root, 'ports.conf'), replace(readFileSync(join(root, 'ports.conf'), 'utf8')));
      const env = {
        APACHE_CONFDIR: root,
        APACHE_RUN_USER: 'www-data',
        APACHE_RUN_GROUP: 'www-data',
        APACHE_PID_FILE: join(folder, 'pid'),
        APACHE_RUN_DIR: folder,
        APACHE_LOCK_DIR: folder,
        APACHE_LOG_DIR: folder,
        LANG: 'C',
      };
      const run = (command: string, ...names: string[]) =>
        execFileSync(command, names, { env: { ...process.env, ...env }, stdio: 'pipe' });
      run('a2enmod', '--quiet', ...modulesOf(text));
      run('a2dissite', '--quiet', '000-default');
      run('a2ensite', '--quiet', 'passkey');
      return { command: ['apache2', '-d', root, '-D', 'FOREGROUND'], env };
    },
    reload: (daemon) => {
      daemon.signalFirst('SIGUSR1');
    },
  },
  Caddy: {
    package: 'caddy',
    binary: '/usr/bin/caddy',
    file: 'Caddyfile',
    asksHealth: true,
    install(folder, text) {
      writeFileSync(join(folder, 'Caddyfile'), text);
      return {
        command: ['caddy', 'run', '--config', join(folder, 'Caddyfile')],
        env: { XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
      };
    },
    reload: (_daemon, { command }) => {
      execFileSync('caddy', ['reload', '--force', ...command.slice(2)], { stdio: 'pipe' });
    },
  },
} satisfies Record<string, Kind>;

export type ProxyKind = keyof typeof KINDS;

const modulesOf = (text: string): string[] => /^# a2enmod (.*)$/m.exec(text)![1]!.split(' ');

export function needProxies(kinds: ProxyKind[]): void {
  needPackages(Object.fromEntries(kinds.map((kind) => [KINDS[kind].binary, KINDS[kind].package])));
}

/** The file with the lines that docs/proxies.md gives for a path. */
function belowPath(file: string, text: string): string {
  const document = readFileSync(DOCUMENT, 'utf8');
  const [, difference] = new RegExp(`\`\`\`diff\n# ${file}\n([^]*?)\`\`\``).exec(document) ?? [];
  if (difference === undefined) throw new Error(`docs/proxies.md does not say how ${file} serves a path`);
  // Each run of removed lines is replaced by the added lines that follow it.
  return [...difference.matchAll(/((?:^-.*\n)+)((?:^\+.*\n)+)/gm)].reduce((changed, [, removed, added]) => {
    const [before, after] = [removed!, added!].map((lines) => lines.replaceAll(/^[-+]/gm, ''));
    if (!changed.includes(before!)) throw new Error(`${file} has no line "${before}"`);
    return changed.replace(before!, () => after!);
  }, text);
}

/** A proxy as deploy/proxies has it, on other ports. */
export class Proxy {
  private constructor(
    private readonly kind: Kind,
    private readonly started: Started,
    private readonly daemon: Daemon,
    /** Of TLS, and of HTTP without it. */
    readonly port: number,
    readonly plainPort: number,
    readonly ca: string,
  ) {}

  /**
   * @param servers ports of the two servers behind it
   * @param options.tls folder of a certificate that signs itself, and its key, in place of one made here
   */
  static async start(
    name: ProxyKind,
    servers: readonly [number, number],
    options: { isBelowPath?: boolean; tls?: string } = {},
  ): Promise<Proxy> {
    const kind: Kind = KINDS[name];
    const folder = await folderWith();
    await chmod(folder, 0o755);
    const [port, plainPort, admin] = [await freePort(), await freePort(), await freePort()];
    const tls = options.tls ?? join(folder, 'tls');
    const ca = options.tls ? readFileSync(join(tls, 'fullchain.pem'), 'utf8') : await makeCertificate(tls);
    const replacements: [RegExp, string][] = [
      [/\b443\b/g, String(port)],
      [/\b80\b/g, String(plainPort)],
      [/\/etc\/ssl\/passkey\b/g, tls],
      [/127\.0\.0\.1:3001\b/g, `127.0.0.1:${servers[0]}`],
      [/127\.0\.0\.1:3002\b/g, `127.0.0.1:${servers[1]}`],
      [/localhost:2019\b/g, `localhost:${admin}`],
    ];
    const replace = (text: string) =>
      replacements.reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
    const text = readFileSync(join(DEPLOY, kind.file), 'utf8');
    const started = kind.install(
      folder,
      replace(options.isBelowPath ? belowPath(kind.file, text) : text),
      replace,
    );
    const env = { ...process.env, ...started.env };
    const daemon = await Daemon.start(started.command, folder, port, { user: 'root', env });
    return new Proxy(kind, started, daemon, port, plainPort, ca);
  }

  get said(): string {
    return this.daemon.said;
  }

  /** As `systemctl reload` does. */
  reload(): void {
    this.kind.reload(this.daemon, this.started);
  }

  stop(): Promise<void> {
    return this.daemon.stop();
  }
}

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;

/** Writes a certificate of the host and its key, as proxies want them; answers the PEM of who signed it. */
async function makeCertificate(folder: string): Promise<string> {
  const authority = await certify({ name: 'CN=Test authority', authority: true });
  const { der, keys } = await certify({
    name: `CN=${HOST}`,
    issuer: authority,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: HOST }])],
  });
  const chain = new X509Certificate(der).toString();
  const key = pem('PRIVATE KEY', Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)));
  await mkdir(folder);
  writeFileSync(join(folder, 'fullchain.pem'), chain);
  writeFileSync(join(folder, 'privkey.pem'), key);
  writeFileSync(join(folder, 'haproxy.pem'), chain + key);
  return new X509Certificate(authority.der).toString();
}
