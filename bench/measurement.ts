import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { BenchDatabase } from './bench-database';
import { killOnExit } from './kill-on-exit';
import type { LoadOrder, LoadResult } from './load';
import { cpuClock, residentMegabytes, withChildren } from './process-figures';
import type { ServerProcess } from './server-process';

/** Figures of one server under one load. */
export interface Measurement {
  requestsPerSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Microseconds of processor time a request. */
  serverCpu: number;
  databaseCpu: number;
  /** Share of one processor that the load process used. */
  loadCpu: number;
  residentMegabytes: number;
}

/** The process that makes the load. */
export class Load {
  private readonly child: ChildProcess;

  constructor(
    peopleFile: string,
    /** None where the database is in the server's process. */
    private readonly databases: BenchDatabase[],
  ) {
    this.child = killOnExit(fork(join(__dirname, 'load.js'), [peopleFile]));
    this.child.once('exit', (code) => {
      if (code) process.exit(1);
    });
  }

  async measure(
    server: ServerProcess,
    order: Omit<LoadOrder, 'url' | 'ceremony'>,
    prepared: () => void = () => undefined,
  ): Promise<Measurement> {
    const next = async <T>() => ((await once(this.child, 'message')) as [T])[0];
    this.child.send({ ...order, url: server.url, ceremony: server.ceremony } satisfies LoadOrder);
    await next<'measuring'>();
    const processes = withChildren(server.child.pid);
    const backends = (await Promise.all(this.databases.map((database) => database.processes()))).flat();
    prepared();
    const [serverClock, databaseClock] = [cpuClock(processes), cpuClock(backends)];
    this.child.send('go');
    const { seconds, p50, p99, ownCpu } = await next<LoadResult>();
    const [serverSeconds, databaseSeconds] = [serverClock(), databaseClock()];
    return {
      requestsPerSecond: order.requests / seconds,
      p50,
      p99,
      serverCpu: (serverSeconds / order.requests) * 1e6,
      databaseCpu: (databaseSeconds / order.requests) * 1e6,
      loadCpu: ownCpu / seconds,
      residentMegabytes: residentMegabytes(processes),
    };
  }

  stop(): void {
    this.child.kill();
  }
}
