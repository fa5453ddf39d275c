import { once } from 'node:events';
import { lookup } from 'node:dns/promises';
import { type AddressInfo, createServer, Server } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * What a server listens on: `localhost` is two addresses on most machines. The connections of each are the HTTP server's, so that
 * they end alike.
 */
export class Listeners {
  private readonly all: Server[] = [];

  constructor(private readonly app: NestFastifyApplication) {}

  /** @throws the first address' error; another that can not be had is passed over */
  async open(port: number, host: string): Promise<void> {
    const found = host === 'localhost' ? await lookup(host, { all: true }) : [];
    const [first = host, ...others] = new Set(found.map(({ address }) => address));
    await this.app.listen(port, first);
    const server = this.app.getHttpServer();
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
