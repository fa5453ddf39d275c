import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needPackages } from '../../support/debian-packages';
import { makeDebian13 } from './debian-13';

const ROOT = join(__dirname, '../../..');
const CONTAINERFILE = join(ROOT, 'deploy/container/Containerfile');

/** What a machine's own proxy signs with, where it has one: else no registry is reached from within. */
const CERTIFICATES = process.env['NODE_EXTRA_CA_CERTS'];

interface ImageConfig {
  User: string;
  Env: string[];
  Entrypoint: string[];
  Cmd: string[];
  WorkingDir: string;
  Healthcheck: { Test: string[] };
}

/** The image that the Containerfile makes, on a Debian that debootstrap has made: no other registry is asked. */
export class Image {
  private container = '';
  private mounted = '';
  config!: ImageConfig;

  private constructor(private readonly folder: string) {}

  static build(): Image {
    needPackages({
      '/usr/bin/buildah': 'buildah',
      '/usr/bin/crun': 'crun',
    });
    const image = new Image(mkdtempSync(join(tmpdir(), 'passkey-image-')));
    const debian = join(image.folder, 'debian');
    makeDebian13(debian);
    const base = image.buildah('from', 'scratch');
    image.buildah('add', '-q', base, debian, '/');
    if (CERTIFICATES) {
      image.buildah('copy', '-q', base, CERTIFICATES, '/etc/ssl/machine.crt');
      image.buildah('config', '--env', 'NODE_EXTRA_CA_CERTS=/etc/ssl/machine.crt', base);
    }
    image.buildah('commit', '-q', base, 'localhost/debian');
    image.buildah('rm', base);
    image.buildah(
      ...[
        'build',
        '-q',
        '--format',
        'docker',
        '--isolation',
        'chroot',
        '--build-arg',
        'BASE=localhost/debian',
      ],
      ...['-f', CONTAINERFILE, '-t', 'passkey', ROOT],
    );
    image.container = image.buildah('from', 'localhost/passkey');
    image.mounted = image.buildah('mount', image.container);
    const { Docker } = JSON.parse(image.buildah('inspect', image.container)) as {
      Docker: { config: ImageConfig };
    };
    image.config = Docker.config;
    return image;
  }

  /** Where a file of the image is now. */
  path(file: string): string {
    return join(this.mounted, file);
  }

  /** Its process 1, with a root that can't be written, an empty volume at /data, and without shells, as the user that it names. */
  run(args: string[], env: Record<string, string>): ChildProcess {
    const { Entrypoint } = this.config;
    return this.inside([...Entrypoint, ...args], env);
  }

  /** What the image has asked how a server is. */
  check(env: Record<string, string>): ChildProcess {
    const [kind, ...command] = this.config.Healthcheck.Test;
    if (kind !== 'CMD') throw new Error(`the check needs a shell: ${kind}`);
    return this.inside(command, env);
  }

  drop(): void {
    if (this.container) this.buildah('rm', this.container);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private inside(command: string[], env: Record<string, string>): ChildProcess {
    const [user, group] = this.config.User.split(':');
    const given = Object.fromEntries(this.config.Env.map((each) => each.split(/=(.*)/s) as [string, string]));
    // A process that changes its user forgets by default that it is to end with unshare.
    const script = [
      `mount --bind "$ROOT" "$ROOT"`,
      `mount -t proc proc "$ROOT/proc"`,
      `mount --bind /dev "$ROOT/dev"`,
      `for shell in sh dash bash; do mount --bind /dev/null "$ROOT/usr/bin/$shell"; done`,
      `mount -t tmpfs -o "uid=$USER_ID,gid=$GROUP_ID,mode=700" tmpfs "$ROOT/data"`,
      `mount -o remount,bind,ro "$ROOT"`,
      `cd "$ROOT$FOLDER"`,
      `exec chroot "$ROOT" setpriv --pdeathsig=keep --reuid="$USER_ID" --regid="$GROUP_ID" --clear-groups --no-new-privs --bounding-set=-all env -i -C "$FOLDER" "$@"`,
    ].join('\n');
    return spawn(
      'unshare',
      [
        ...['--mount', '--pid', '--fork', '--kill-child', 'sh', '-ec', script, 'sh'],
        ...Object.entries({ ...given, ...env }).map((pair) => pair.join('=')),
        ...command,
      ],
      {
        env: {
          PATH: process.env['PATH'],
          ROOT: this.mounted,
          FOLDER: this.config.WorkingDir,
          USER_ID: user,
          GROUP_ID: group,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
  }

  private buildah(...args: string[]): string {
    const places = ['--root', join(this.folder, 'store'), '--runroot', join(this.folder, 'run')];
    return execFileSync('buildah', [...places, ...args], {
      encoding: 'utf8',
      maxBuffer: 1e8,
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }
}
