import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

const isHere = spawnSync('redis-server', ['--version']).error === undefined;

/** For what needs Redis. CI installs it, and must not do without. */
export const describeWithRedis = isHere || process.env['CI_REPORTS'] ? describe : describe.skip;

/** Of its own, with nothing on a disk; does not wait until it answers. */
export const startRedis = (port: number): ChildProcess =>
  spawn('redis-server', ['--port', String(port), '--save', '', '--bind', '127.0.0.1'], {
    stdio: 'ignore',
    cwd: tmpdir(),
  });
