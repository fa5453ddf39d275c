import { once } from 'node:events';
import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { freePort } from './free-port';
import type { WorkerDatabase } from './worker-database';

const hostOf = (url: URL) => ({ host: url.hostname, port: Number(url.port || 5432) });

/** A port of its own for the worker's database, which can be away. */
export class DatabaseRelay {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private target: NetConnectOpts,
    private readonly port: number,
    /** For DATABASE_URL. */
    readonly url: string,
  ) {}

  static async start({ location }: Pick<WorkerDatabase, 'location'>): Promise<DatabaseRelay> {
    const port = await freePort();
    const url = new URL('url' in location ? location.url : 'postgres://postgres@localhost/postgres');
    const target = 'url' in location ? hostOf(url) : { path: join(location.socketFolder, '.s.PGSQL.5432') };
    const relayed = Object.assign(url, { hostname: '127.0.0.1', port: String(port) });
    const relay = new DatabaseRelay(target, port, relayed.href);
    await relay.listen();
    return relay;
  }

  /** Who was connected is cut off, and comes to another database. */
  leadTo(url: string): void {
    this.target = hostOf(new URL(url));
    this.cut();
  }

  async listen(): Promise<void> {
    this.server = createServer((socket) => {
      const upstream = connect(this.target);
      for (const [one, other] of [
        [socket, upstream],
        [upstream, socket],
      ] as const) {
        this.sockets.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.sockets.delete(one);
          other.destroy();
        });
      }
    }).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async stop(): Promise<void> {
    const closed = this.server && once(this.server, 'close');
    this.server?.close();
    this.cut();
    await closed;
  }

  private cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
