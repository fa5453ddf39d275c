import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Gives each request to the next of its servers, whoever comes: a proxy that keeps nobody at one server. */
export class Balancer {
  servers: { url: string }[] = [];
  private turn = 0;

  private constructor(private readonly http: Server) {
    http.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
      this.pass(incoming, outgoing);
    });
  }

  static async start(): Promise<Balancer> {
    const http = createServer().listen(0, '127.0.0.1');
    await once(http, 'listening');
    return new Balancer(http);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const server = this.servers[this.turn++ % this.servers.length]!;
    const { method, headers } = incoming;
    const passed = request(server.url + incoming.url!, { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', (error) => outgoing.writeHead(502).end(error.message));
    incoming.pipe(passed);
  }

  async stop(): Promise<void> {
    this.http.close();
    this.http.closeAllConnections();
    await once(this.http, 'close');
  }
}
