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
    const rest = this.received.slice(headEnd + 4);
    const status = Number(head.slice(9, 12));
    const length = status === 204 ? '0' : /content-length: (\d+)/i.exec(head)?.[1];
    const body = length === undefined ? unchunk(rest) : rest.slice(0, Number(length));
    if (body === null || (length !== undefined && rest.length < Number(length))) return;
    const answer = { status, head, body };
    // One request at a time: nothing comes after its answer.
    this.received = '';
    this.waiting?.resolve(answer);
    this.waiting = undefined;
  }
}

/** The body in chunks, once the last one is there (RFC 9112, section 7.1). */
function unchunk(text: string): string | null {
  if (!text.endsWith('0\r\n\r\n')) return null;
  let body = '';
  for (let at = 0; ;) {
    const lineEnd = text.indexOf('\r\n', at);
    const length = parseInt(text.slice(at, lineEnd), 16);
    if (length === 0) return body;
    body += text.slice(lineEnd + 2, lineEnd + 2 + length);
    at = lineEnd + 4 + length;
  }
}

/** The bytes of a request with a body in JSON, or of a form. */
export function toRequest(
  method: string,
  url: URL,
  path: string,
  body: object | undefined,
  headers: Record<string, string>,
): Buffer {
  const isForm = body instanceof URLSearchParams;
  const text = body === undefined ? '' : isForm ? body.toString() : JSON.stringify(body);
  const lines = Object.entries({
    host: url.host,
    ...(body !== undefined && {
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
    }),
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`);
}
