import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  status: number;
  /** Status line and header lines. */
  head: string;
  body: string;
}

/**
 * One kept-alive HTTP/1.1 connection that sends bytes made beforehand, one request at a time. It does as little
 * as it can, so that the load does not take the processor from what it measures: answers have a Content-Length.
 */
export class HttpConnection {
  private received = '';
  private waiting?: { resolve: (answer: HttpAnswer) => void; reject: (error: Error) => void };

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1').setNoDelay(true);
    socket.on('data', (text: string) => {
      this.received += text;
      this.takeAnswer();
    });
    socket.on('error', (error) => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(new Error('the server closed the connection')));
  }

  static open(url: URL): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(url.port), url.hostname);
      socket.once('error', reject);
      socket.once('connect', () => {
        resolve(new HttpConnection(socket));
      });
    });
  }

  send(request: Buffer): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private takeAnswer(): void {
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.received.slice(0, headEnd);
    const end = headEnd + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.received.length < end) return;
    const answer = { status: Number(head.slice(9, 12)), head, body: this.received.slice(headEnd + 4, end) };
    this.received = this.received.slice(end);
    this.waiting?.resolve(answer);
    this.waiting = undefined;
  }
}

/** The bytes of a request with a JSON body. */
export function toRequest(
  method: string,
  url: URL,
  path: string,
  body: object | undefined,
  headers: Record<string, string>,
): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = Object.entries({
    host: url.host,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`);
}
