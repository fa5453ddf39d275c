import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Browser } from './browser';
import { SoftwareAuthenticator } from './software-authenticator';

/** A browser whose requests name the host, as those of a page on it do: fetch would set Host by itself. */
export class BrowserAt extends Browser {
  constructor(
    server: { url: string },
    private readonly host: string,
    origin: string,
    authenticator = new SoftwareAuthenticator({ origin }),
    private readonly headers: Record<string, string> = {},
  ) {
    super(server, authenticator, origin);
  }

  override call: Browser['call'] = async (method, path, body, headers) => {
    const exchange = request(this.url + path, {
      method,
      headers: {
        host: this.host,
        origin: this.pageOrigin!,
        cookie: [...this.cookies].map((pair) => pair.join('=')).join('; '),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...this.headers,
        ...headers,
      },
    });
    exchange.end(body === undefined ? undefined : JSON.stringify(body));
    const [answer] = (await once(exchange, 'response')) as [IncomingMessage];
    for (const cookie of answer.headers['set-cookie'] ?? []) this.keep(cookie);
    const content = await text(answer);
    return {
      status: answer.statusCode!,
      body: content ? JSON.parse(content) : null,
      headers: new Headers(
        Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]),
      ),
    };
  };
}
