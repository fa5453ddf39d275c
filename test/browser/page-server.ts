import { join } from 'node:path';
import { freePort } from '../support/free-port';
import { TestServer } from '../support/test-server';

const PAGES = join(__dirname, '../../dist/apps/sign-in');

/** The server with its built pages, in this process: its database and its log can be looked into. */
export async function startPageServer(
  env: Record<string, string> = {},
): Promise<{ server: TestServer; url: string }> {
  const port = String(await freePort());
  const url = `http://localhost:${port}`;
  const server = await TestServer.start({ PORT: port, RP_ORIGINS: url, ...env }, undefined, PAGES);
  return { server, url };
}
