import { Browser } from './browser';
import { SoftwareAuthenticator } from './software-authenticator';

/** A browser whose requests name the host, as those of a page on it do. */
export class BrowserAt extends Browser {
  constructor(
    server: { url: string },
    host: string,
    origin: string,
    authenticator = new SoftwareAuthenticator({ origin }),
    ofEach: Record<string, string> = {},
  ) {
    super(server, authenticator, origin);
    const call = this.call;
    this.call = (method, path, body, headers) => call(method, path, body, { host, ...ofEach, ...headers });
  }
}
