import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** What clients asked of PostgreSQL through the proxy. */
export interface Count {
  statements: number;
  roundTrips: number;
}

/** The null-terminated strings at the beginning of a message's body. */
const stringsOf = (body: Buffer) => body.toString('utf8').split('\0');

/** Message types of the frontend (PostgreSQL, section 55.7). */
const PARSE = 0x50;
const BIND = 0x42;
const EXECUTE = 0x45;
const QUERY = 0x51;
const SYNC = 0x53;

/**
 * A proxy in front of PostgreSQL that counts what passes: each Execute or Query is a statement, each Sync or
 * Query is answered by one ReadyForQuery, which the driver waits for, and so is a round trip.
 */
export class CountingProxy {
  readonly count: Count = { statements: 0, roundTrips: 0 };
  /** How often each statement was sent, by its text: those with a name may be parsed once. */
  readonly sent = new Map<string, number>();
  private readonly server = createServer((client) => {
    const upstream = connect(Number(this.target.port || 5432), this.target.hostname);
    let pending = Buffer.alloc(0);
    let started = false;
    const texts = new Map<string, string>();
    client.on('data', (chunk: Buffer) => {
      upstream.write(chunk);
      pending = Buffer.concat([pending, chunk]);
      for (;;) {
        // The first message, StartupMessage, has no type.
        const header = started ? 1 : 0;
        if (pending.length < header + 4) return;
        const length = header + pending.readUInt32BE(header);
        if (pending.length < length) return;
        if (started) this.add(pending.readUInt8(0), pending.subarray(header + 4, length), texts);
        started = true;
        pending = pending.subarray(length);
      }
    });
    upstream.pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
  });

  private constructor(private readonly target: URL) {}

  static async start(url: string): Promise<CountingProxy> {
    const proxy = new CountingProxy(new URL(url));
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  reset(): void {
    Object.assign(this.count, { statements: 0, roundTrips: 0 });
    this.sent.clear();
  }

  close(): void {
    this.server.close();
  }

  /** @param texts of the connection's prepared statements, by name */
  private add(type: number, body: Buffer, texts: Map<string, string>): void {
    if (type === PARSE) {
      const [name = '', text = ''] = stringsOf(body);
      texts.set(name, text);
    }
    if (type === BIND || type === QUERY) {
      const [first = '', statement = ''] = stringsOf(body);
      const text = type === QUERY ? first : (texts.get(statement) ?? '');
      this.sent.set(text, (this.sent.get(text) ?? 0) + 1);
    }
    if (type === EXECUTE || type === QUERY) this.count.statements += 1;
    if (type === SYNC || type === QUERY) this.count.roundTrips += 1;
  }
}
