import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase } from '../faults/support/fault-database';
import { PostgresCluster } from '../faults/support/postgres-cluster';
import { Browser, freshUsername } from '../support/browser';
import { freePort } from '../support/free-port';
import { ORIGIN } from '../support/test-server';
import { Image } from './support/image';

/** A Debian is made, and what it needs is installed, from the registries. */
const PATIENCE_MS = 1_500_000;

const codeOf = async (child: ChildProcess): Promise<number | null> => {
  child.stdout?.resume();
  child.stderr?.resume();
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
};

describe('the image', () => {
  let image: Image;
  let cluster: PostgresCluster;
  let env: Record<string, string>;
  beforeAll(async () => {
    image = Image.build();
    cluster = await PostgresCluster.start();
    env = {
      DATABASE_URL: (await createDatabase(cluster)).url,
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      RP_ORIGINS: ORIGIN,
      SECRET: 'secret-of-the-tests-0123456789abcdef',
    };
  }, PATIENCE_MS);
  afterAll(async () => {
    image.drop();
    await cluster.drop();
  });

  it('is that of a user who is not root, and owns nothing of it but the folder for data', () => {
    expect(image.config.User).toBe('10001:10001');
    expect(statSync(image.path('data')).uid).toBe(10001);
    const { stdout } = spawnSync('find', [image.path('app'), '-user', '10001', '-print', '-quit'], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });

  it('has one Node.js, of the line that production runs on', () => {
    const [node] = image.config.Entrypoint;
    expect(image.config.Healthcheck.Test[1]).toBe(node);
    const inside = (...command: string[]) =>
      spawnSync('chroot', [image.path('/'), ...command], { encoding: 'utf8' }).stdout;
    expect(inside(node!, '--version')).toMatch(/^v24\./);
    const others = inside('find', '/usr', '-name', 'node', '-not', '-type', 'd', '-o', '-name', 'libnode*');
    expect(others).toBe(`${node}\n`);
  });

  it('keeps the embedded database in its volume, where one is meant: else a database that was forgotten is asked for', async () => {
    const embedded = Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'DATABASE_URL'));
    const server = image.run(['start'], embedded);
    try {
      await untilHealthy(server);
      await new Browser({ url: `http://127.0.0.1:${env['PORT']}` }).register(freshUsername());
    } finally {
      server.kill('SIGKILL');
    }
    const forgotten = image.run(['start'], {
      ...embedded,
      RP_ID: 'example.com',
      RP_ORIGINS: 'https://login.example.com',
    });
    let said = '';
    forgotten.stderr!.on('data', (text: Buffer) => (said += text.toString()));
    expect(await codeOf(forgotten)).toBe(1);
    expect(said).toMatch(/^DATABASE_URL: is not set; /);
  });

  it('migrates, serves and is asked how it is, with nothing that it may write and no shell', async () => {
    expect(await codeOf(image.run(['migrate'], env))).toBe(0);
    expect(await codeOf(image.check(env))).toBe(1);
    const server = image.run(['start'], env);
    try {
      await untilHealthy(server);
      const browser = new Browser({ url: `http://127.0.0.1:${env['PORT']}` });
      const identifier = freshUsername();
      await browser.register(identifier);
      await browser.signIn(identifier);
      expect((await browser.get('/')).status).toBe(200);
    } finally {
      server.kill('SIGKILL');
    }
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('%s ends it in order, and while it starts too', async (signal) => {
    const server = image.run(['start'], env);
    await untilHealthy(server);
    const asked = performance.now();
    expect(await ended(server, signal)).toBe(0);
    expect(performance.now() - asked).toBeLessThan(11_000);
    // However long the machine takes to start it: it does not come to serve.
    const starting = image.run(['start'], env);
    let said = '';
    starting.stdout!.on('data', (text: Buffer) => (said += text.toString()));
    expect(await ended(starting, signal)).toBe(0);
    expect(said).not.toContain('Ready: ');
  });

  const untilHealthy = async (server: ChildProcess): Promise<void> => {
    let said = '';
    for (const stream of [server.stdout!, server.stderr!])
      stream.on('data', (text: Buffer) => (said += text.toString()));
    for (const deadline = Date.now() + 60_000; Date.now() < deadline && server.exitCode === null;) {
      if ((await codeOf(image.check(env))) === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`it was not ready: ${said}`);
  };
});

const childrenOf = (pid: number): number[] =>
  spawnSync('pgrep', ['--parent', String(pid)], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean)
    .map(Number);

const isNode = (pid: number): boolean =>
  spawnSync('readlink', [join('/proc', String(pid), 'exe')], { encoding: 'utf8' }).stdout.includes('node');

/** Node.js, of the namespace of its own in which it is process 1. */
async function untilProcess1(unshare: ChildProcess): Promise<number> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    const process1 = childrenOf(unshare.pid!).find(isNode);
    if (process1 !== undefined) return process1;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('Node.js was not started');
}

async function ended(unshare: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exit = codeOf(unshare);
  const process1 = await untilProcess1(unshare);
  // Again and again: what comes before Node.js has read its first file is lost on process 1. It may be gone before unshare is.
  const again = setInterval(() => spawnSync('kill', ['-s', signal, String(process1)]), 200);
  const code = await exit;
  clearInterval(again);
  return code;
}
