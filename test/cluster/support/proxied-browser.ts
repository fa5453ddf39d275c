import { once } from 'node:events';
import { type ClientHttp2Session, connect as connectHttp2, constants } from 'node:http2';
import type { IncomingMessage } from 'node:http';
import { Agent, request as requestHttp1 } from 'node:https';
import { connect as connectTls } from 'node:tls';
import { type Answer, Browser } from '../../support/browser';
import { SoftwareAuthenticator } from '../../support/software-authenticator';

export const HOST = 'login.example.com';

/** What callers may say of where they are, and of who they are. */
const MADE_UP = { 'x-forwarded-for': '192.0.2.1, 127.0.0.1', forwarded: 'for=192.0.2.1' };

/** Where a proxy is, and how it is called. */
export interface Way {
  port: number;
  /** PEM of who signed its certificate. */
  ca: string;
  version: 'HTTP/2' | 'HTTP/1.1';
  /** Default: 127.0.0.1. */
  from?: string;
  /** Below which all is served. */
  basePath?: string;
}

interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

interface Received {
  status: number;
  headers: Headers;
  text: string;
}

const toHeaders = (received: Record<string, string | string[] | number | undefined>): Headers => {
  const headers = new Headers();
  for (const [name, values] of Object.entries(received)) {
    if (name.startsWith(':')) continue;
    for (const value of [values ?? []].flat()) headers.append(name, String(value));
  }
  return headers;
};

/** A stream that the other side says it has not begun may be sent again (RFC 9113, section 8.7). */
class NotBegun extends Error {}

/** What calls a proxy as browsers do: connections are kept, and another is made when one is said to end. */
class Connections {
  private readonly agent: Agent;
  private session: ClientHttp2Session | null = null;
  /** Calls that were sent again: nothing of an answer had come on a connection that was used before. */
  sentAgain = 0;

  constructor(private readonly way: Way) {
    const { ca, from } = way;
    this.agent = new Agent({ keepAlive: true, ca, servername: HOST, localAddress: from });
  }

  async send(sent: Sent): Promise<Received> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await (this.way.version === 'HTTP/2' ? this.overHttp2(sent) : this.overHttp1(sent));
      } catch (error) {
        if (!(error instanceof NotBegun) || tries === 3) throw error;
        this.sentAgain += 1;
      }
    }
  }

  close(): void {
    this.session?.destroy();
    this.agent.destroy();
  }

  private async overHttp1({ method, path, headers, body }: Sent): Promise<Received> {
    const request = requestHttp1({
      ...{ agent: this.agent, host: '127.0.0.1', port: this.way.port, method, path },
      headers: {
        host: HOST,
        ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
        ...headers,
      },
    });
    request.end(body);
    const progress = { isAnswered: false };
    request.once('response', () => (progress.isAnswered = true));
    try {
      const [answer] = (await once(request, 'response')) as [IncomingMessage];
      let text = '';
      for await (const part of answer) text += String(part);
      return { status: answer.statusCode!, headers: toHeaders(answer.headersDistinct), text };
    } catch (error) {
      // As browsers do: the proxy has closed the connection at the moment that it was to be used again.
      if (request.reusedSocket && !progress.isAnswered) throw new NotBegun();
      throw error;
    }
  }

  private overHttp2({ method, path, headers, body }: Sent): Promise<Received> {
    const session = this.open();
    const stream = session.request(
      { ':method': method, ':path': path, ...headers },
      { endStream: body === undefined },
    );
    if (body !== undefined) stream.end(body);
    return new Promise((resolve, reject) => {
      let received: Record<string, string | string[] | number | undefined> | null = null;
      let text = '';
      stream.on('response', (answer) => (received = answer));
      stream.on('data', (part: Buffer) => (text += part.toString()));
      stream.on('error', () => undefined);
      stream.on('close', () => {
        if (received !== null) {
          resolve({ status: Number(received[':status']), headers: toHeaders(received), text });
        } else if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM || stream.id === undefined) {
          reject(new NotBegun());
        } else reject(new Error(`stream ${stream.id} was closed: ${stream.rstCode}`));
      });
    });
  }

  private open(): ClientHttp2Session {
    if (this.session && !this.session.closed && !this.session.destroyed) return this.session;
    const { port, ca, from } = this.way;
    const session = connectHttp2(`https://${HOST}`, {
      createConnection: () =>
        connectTls({
          ...{ host: '127.0.0.1', port, ca, servername: HOST, ALPNProtocols: ['h2'] },
          ...(from !== undefined && { localAddress: from }),
        }),
    });
    session.on('error', () => undefined);
    session.on('goaway', () => {
      session.close();
    });
    session.unref();
    return (this.session = session);
  }
}

/** A browser that reaches the servers through a proxy, at the address that people know. */
export class ProxiedBrowser extends Browser {
  private readonly connections: Connections;

  constructor(
    private readonly way: Way,
    authenticator = new SoftwareAuthenticator(),
  ) {
    authenticator.origin = `https://${HOST}`;
    super({ url: `https://${HOST}` }, authenticator, `https://${HOST}`);
    this.connections = new Connections(way);
  }

  get sentAgain(): number {
    return this.connections.sentAgain;
  }

  override call = async <T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> => {
    const answer = await this.connections.send({
      method,
      path: (this.way.basePath ?? '') + path,
      body: body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body),
      headers: {
        ...MADE_UP,
        origin: `https://${HOST}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.cookies.size > 0 && { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') }),
        ...headers,
      },
    });
    for (const cookie of answer.headers.getSetCookie()) this.keep(cookie);
    const isJson = answer.headers.get('content-type')?.includes('application/json');
    return { ...answer, body: (isJson ? JSON.parse(answer.text) : answer.text) as T };
  };

  close(): void {
    this.connections.close();
  }
}
