import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Exchange, type RelyingParty, toRelyingParty } from 'nestjs-passkey-sign-in';
import { ORIGIN } from '../support/test-server';

const RELYING_PARTY: RelyingParty = toRelyingParty({ id: 'localhost', name: 'Host', origins: [ORIGIN] });

/** A browser as a port sees it: its cookies, exchange by exchange. */
export class Visitor {
  constructor(private readonly cookies = new Map<string, string>()) {}

  /** Somebody who has copied this browser's cookies as they are now. */
  thief(): Visitor {
    return new Visitor(new Map(this.cookies));
  }

  /** Calls the port in an exchange of its own; the browser keeps the cookies that it sets. */
  async visit<T>(call: (exchange: Exchange) => T | Promise<T>): Promise<T> {
    const request = new IncomingMessage(new Socket());
    request.url = '/';
    request.method = 'POST';
    request.headers = { host: new URL(ORIGIN).host };
    if (this.cookies.size > 0)
      request.headers.cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    const response = new ServerResponse(request);
    try {
      return await call(new Exchange(request, Object.assign(response, { status: () => {} }), RELYING_PARTY));
    } finally {
      for (const cookie of [response.getHeader('set-cookie') ?? []].flat()) this.keep(String(cookie));
    }
  }

  private keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(/; ?/);
    const [name = '', value = ''] = pair.split('=');
    const deleted = attributes.some((text) => /^(max-age=0|expires=thu, 01 jan 1970.*)$/i.test(text));
    if (deleted) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
