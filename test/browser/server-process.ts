import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../support/free-port';
import { SHORT_LIVED } from '../support/short-lived';

const MAIN = join(__dirname, '../../dist/apps/identity-server/bundle/main.js');

/** The built server in a process of its own, as an operator runs it. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(env: Record<string, string>): Promise<ServerProcess> {
    const port = env['PORT'] ?? String(await freePort());
    const child = spawn(process.execPath, [...SHORT_LIVED, MAIN], {
      env: { PATH: process.env['PATH'], LOG_LEVEL: 'warn', ...env, PORT: port },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const server = new ServerProcess(child, `http://localhost:${port}`);
    await server.untilReady();
    return server;
  }

  get port(): string {
    return new URL(this.url).port;
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.kill(signal);
    await exit;
  }

  private async untilReady(): Promise<void> {
    for (const deadline = Date.now() + 55_000; Date.now() < deadline;) {
      if (this.child.exitCode !== null) throw new Error(`the server exited with ${this.child.exitCode}`);
      const answer = await fetch(`${this.url}/health/ready`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the server was not ready within 55 seconds');
  }
}
