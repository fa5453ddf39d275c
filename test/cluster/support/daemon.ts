import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with these files, which the user `postgres` may write. */
export async function folderWith(files: Record<string, string[]> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'passkey-around-'));
  for (const [name, lines] of Object.entries(files)) {
    await writeFile(join(folder, name), [...lines, ''].join('\n'));
  }
  if (process.getuid?.() === 0) await chown(folder, Number(execFileSync('id', ['-u', 'postgres'])), -1);
  return folder;
}

const listens = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  const outcome = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return outcome;
};

/** A program of Debian's in the foreground. */
export class Daemon {
  said = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text: Buffer) => (this.said += text.toString()));
    }
  }

  /**
   * @param port that it listens on once it has started
   * @param options.user `postgres` unless another is given: most of these refuse to be root
   */
  static async start(
    command: string[],
    folder: string,
    port: number,
    { user = 'postgres', env = process.env }: { user?: string; env?: NodeJS.ProcessEnv } = {},
  ): Promise<Daemon> {
    const [name = '', ...rest] =
      process.getuid?.() === 0 && user !== 'root' ? ['runuser', '-u', user, '--', ...command] : command;
    const daemon = new Daemon(
      spawn(name, rest, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, cwd: folder, env }),
      folder,
    );
    for (const deadline = Date.now() + 30_000; Date.now() < deadline && daemon.child.exitCode === null;) {
      if (await listens(port)) return daemon;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${command[0]} did not start: ${daemon.said}`);
  }

  /** To it alone, which passes on to those that it has started what concerns them. */
  signalFirst(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** To it and to all that it has started. */
  signal(signal: NodeJS.Signals): void {
    process.kill(-this.child.pid!, signal);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exit = once(this.child, 'exit');
      this.signal('SIGKILL');
      await exit;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}
