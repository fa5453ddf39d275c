import { once } from 'node:events';
import { lookup } from 'node:dns/promises';
import { type AddressInfo, createServer, Server, type Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * What a server listens on: `localhost` is two addresses on most machines. The connections of each are the HTTP server's, so that
 * they end alike.
 */
export class Listeners {
  private readonly all: Server[] = [];
  private readonly connections = new Set<Socket>();

  constructor(private readonly app: NestFastifyApplication) {}

  /** @throws the first address' error; another that can not be had is passed over */
  async open(port: number, host: string): Promise<void> {
    const found = host === 'localhost' ? await lookup(host, { all: true }) : [];
    const [first = host, ...others] = new Set(found.map(({ address }) => address));
    const server = this.app.getHttpServer();
    server.on('connection', (connection: Socket) => {
      this.connections.add(connection);
      connection.once('close', () => this.connections.delete(connection));
    });
    await this.app.listen(port, first);
    this.all.push(server);
    const { port: taken } = server.address() as AddressInfo;
    await Promise.all(others.map((address) => this.openBeside(server, taken, address)));
  }

  /** Refuses connections from now on; resolves once those that are there have ended. */
  async close(): Promise<void> {
    const closed = (listener: Server) =>
      new Promise((resolve) => {
        // Not the HTTP server's own, which cuts those that are idle at once: a request may be on its way on each.
        Server.prototype.close.call(listener, resolve);
      });
    await Promise.all(this.all.map(closed));
  }

  /** Ends the connections on which no request is under way: those whose last one is answered, and those that never had one. */
  closeIdle(): void {
    this.app.getHttpServer().closeIdleConnections();
    // Browsers connect ahead of what they may ask; to Node.js, only a connection that was asked something can be idle.
    for (const connection of this.connections) if (connection.bytesRead === 0) connection.destroy();
  }

  private async openBeside(server: Server, port: number, host: string): Promise<void> {
    const listener = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      server.emit('connection', socket),
    );
    try {
      await once(listener.listen(port, host), 'listening');
      this.all.push(listener);
    } catch {
      // The first address serves.
    }
  }
}
