import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../support/free-port';
import { SHORT_LIVED } from '../../support/short-lived';
import { ORIGIN } from '../../support/test-server';

const MAIN = join(__dirname, '../../../dist/apps/identity-server/bundle/main.js');

/** The built server in a process of its own, which a test may stop and kill. */
export class ServerProcess {
  output = '';
  /** What of it came on standard error. */
  errorOutput = '';

  private constructor(
    readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(
    env: Record<string, string>,
    {
      node = process.execPath,
      nodeOptions = [],
      script = [MAIN],
      ready = true,
    }: { node?: string; nodeOptions?: string[]; script?: string[]; ready?: boolean } = {},
  ): Promise<ServerProcess> {
    const port = env['PORT'] ?? String(await freePort());
    const child = spawn(node, [...nodeOptions, ...SHORT_LIVED, ...script], {
      env: {
        PATH: process.env['PATH'],
        LOG_LEVEL: 'warn',
        RP_ORIGINS: ORIGIN,
        RATE_LIMIT: 'off',
        HOST: '127.0.0.1',
        GATHER_LEAST: process.env['GATHER_LEAST'],
        ...env,
        PORT: port,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = new ServerProcess(child, `http://127.0.0.1:${port}`);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => (server.output += text.toString()));
    }
    child.stderr.on('data', (text: Buffer) => (server.errorOutput += text.toString()));
    try {
      if (ready) await server.untilReady();
    } catch (error) {
      await server.stop('SIGKILL');
      throw error;
    }
    return server;
  }

  /** The exit code once it has ended by this signal. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const exit = once(this.child, 'exit') as Promise<[number | null]>;
    this.child.kill(signal);
    const [code] = await exit;
    return code;
  }

  async untilReady(): Promise<void> {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`the server ended: ${this.output}`);
      }
      const answer = await fetch(`${this.url}/health/ready`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the server was not ready within a minute: ${this.output}`);
  }
}
