import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { dirname, join, resolve } from 'node:path';

const CLIENT = resolve('libs/passkey-client/dist');
const BROWSER = join(dirname(dirname(require.resolve('@simplewebauthn/browser'))), 'esm');

/** Where a browser without a bundler finds the packages. */
const IMPORTS = {
  'passkey-sign-in-client': '/client/index.js',
  'passkey-sign-in-client/element': '/client/element.js',
  '@simplewebauthn/browser': '/browser/index.js',
};

/** Somebody else's sign-in frontend: a page on an origin of its own that uses the built client. */
export class Frontend {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param html body of its one page */
  static async start(port: number, html: string): Promise<Frontend> {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      const [, folder, file] = /^\/(client|browser)\/([\w./-]+\.js)$/.exec(path) ?? [];
      if (!file) {
        response.setHeader('content-type', 'text/html');
        response.end(
          `<!doctype html><script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>${html}`,
        );
        return;
      }
      response.setHeader('content-type', 'text/javascript');
      readFile(join(folder === 'client' ? CLIENT : BROWSER, file)).then(
        (script) => response.end(script),
        () => response.writeHead(404).end(),
      );
    }).listen(port);
    await once(server, 'listening');
    return new Frontend(server, `http://localhost:${port}`);
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}
