import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { freePort } from '../test/support/free-port';
import type { LoadOrder } from './load';
import { killOnExit } from './kill-on-exit';
import { ORIGIN } from './people';

/** A server under test, in a process of its own, its output in a file. */
export interface ServerProcess {
  name: string;
  url: string;
  ceremony: LoadOrder['ceremony'];
  child: ChildProcess & { pid: number };
  /** From the start of the process to its first answer. */
  startMilliseconds: number;
  stop(): Promise<void>;
}

export interface ServerProgram {
  name: string;
  ceremony: LoadOrder['ceremony'];
  script: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  nodeOptions?: string[];
  /** Of Node.js; unset: that of the bench. */
  binary?: string;
}

export const DIST = join(__dirname, '..');

/** `exec env VARIABLE node OPTIONS SCRIPT`, as `npm run start:prod` runs the server. */
const { scripts } = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
  scripts: Record<'start:prod', string>;
};
const [, , VARIABLE = '', , ...NODE_COMMAND] = scripts['start:prod'].split(' ');
const [SCRIPT = '', ...NODE_OPTIONS] = NODE_COMMAND.reverse();

/** The built server as production runs it: logs, limits and metrics on. */
export const product = (env: NodeJS.ProcessEnv, folder: string): ServerProgram => ({
  name: 'server',
  ceremony: 'experience',
  script: SCRIPT,
  nodeOptions: NODE_OPTIONS,
  env: {
    ...parseEnv(VARIABLE),
    NODE_ENV: 'production',
    LOG_LEVEL: 'info',
    RATE_LIMIT: 'on',
    TRUSTED_PROXIES: '127.0.0.1,::1',
    HOST: '127.0.0.1',
    RP_ORIGINS: ORIGIN,
    SECRET: 'a secret of the bench 0123456789abcdef',
    ...env,
  },
  logFile: join(folder, 'server.log'),
});

/** The same, in which no calls share a statement. */
export const alone = (env: NodeJS.ProcessEnv, folder: string): ServerProgram => ({
  ...product({ ...env, GATHER_MOST: '1' }, folder),
  name: 'each call alone',
});

export const floor = (url: string, folder: string): ServerProgram => ({
  name: 'floor',
  ceremony: 'floor',
  script: join(__dirname, 'floor.js'),
  env: { NODE_ENV: 'production', DATABASE_URL: url },
  logFile: join(folder, 'floor.log'),
});

/** The binary of a line of Node.js, such as 24, from the npm registry. */
export const binaryOf = (line: string): string =>
  execFileSync('.ci/on-node', [line, 'node', '-p', 'process.execPath'], { encoding: 'utf8' }).trim();

/** The same server on another Node.js. */
export const productOnNode = (program: ServerProgram, line: string): ServerProgram => ({
  ...program,
  name: `server, Node ${line}`,
  binary: binaryOf(line),
});

/** The floor, with its sign-in's statements shared. */
export const sharingFloor = (url: string, folder: string): ServerProgram => {
  const program = floor(url, folder);
  return { ...program, name: 'sharing floor', env: { ...program.env, FLOOR_SHARES: 'on' } };
};

/** What the OpenID Provider is built on, by itself. */
export const oidcProvider = (folder: string): ServerProgram => ({
  name: 'oidc-provider',
  ceremony: 'oidcProvider',
  script: join(__dirname, 'oidc-provider.js'),
  env: { NODE_ENV: 'production' },
  logFile: join(folder, 'oidc-provider.log'),
});

/** Starts it on a free port, and waits until it takes connections. */
export async function start(program: ServerProgram): Promise<ServerProcess> {
  const port = await freePort();
  const log = openSync(program.logFile, 'a');
  const began = performance.now();
  const child = killOnExit(
    spawn(program.binary ?? process.execPath, [...(program.nodeOptions ?? []), program.script], {
      env: { PATH: process.env['PATH'], ...program.env, PORT: String(port) },
      stdio: ['ignore', log, log],
    }),
  );
  while (!(await accepts(port))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${program.name} did not start: see ${program.logFile}`);
    await sleep(2);
  }
  return {
    name: program.name,
    ceremony: program.ceremony,
    url: `http://127.0.0.1:${port}`,
    child: child as ServerProcess['child'],
    startMilliseconds: performance.now() - began,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Servers listen once they are ready. */
const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
