import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Database } from '../../apps/identity-server/src/database/database';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { ORIGIN, TestServer } from '../support/test-server';
import { failed } from './build-packages';
import type { SignUpAndIn } from './clients/authenticator';

const run = promisify(execFile);

/** What judges the document, and makes clients of it; nothing else here needs it. */
const TOOLS = {
  '@redocly/openapi-core': '2.64.0',
  '@stoplight/spectral-core': '1.24.1',
  '@stoplight/spectral-rulesets': '1.23.1',
  'openapi-fetch': '0.17.0',
  'openapi-typescript': '7.13.0',
  'swagger-typescript-api': '13.13.0',
  typescript: '~5.9.3',
};

const COMPILER_OPTIONS = {
  module: 'nodenext',
  target: 'es2022',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  types: [],
  strict: true,
  skipLibCheck: false,
  outDir: 'dist',
};

/** As a browser's: it keeps cookies, and names its page. */
function browserFetch(): typeof fetch {
  const cookies = new Map<string, string>();
  return async (input, init) => {
    const request = new Request(input, init);
    request.headers.set('origin', ORIGIN);
    request.headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '));
    const response = await fetch(request);
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      cookies.set(name!, value!);
    }
    return response;
  };
}

describe('the OpenAPI document, in the hands of others', () => {
  let folder: string;
  let server: TestServer;

  const tool = (name: string, ...parameters: string[]) =>
    run(join(folder, 'node_modules/.bin', name), parameters, { cwd: folder }).catch(failed);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-openapi-'));
    const packageJson = { private: true, type: 'commonjs', dependencies: TOOLS };
    await writeFile(join(folder, 'package.json'), JSON.stringify(packageJson));
    const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    const dataDir = join(folder, 'data');
    [server] = await Promise.all([
      TestServer.start({}, { open: () => Database.open({ dataDir }), drop: () => Promise.resolve() }),
      run('npm', ['install', ...flags], { cwd: folder }).catch(failed),
    ]);
    const document = await fetch(`${server.url}/openapi.json`);
    await writeFile(join(folder, 'openapi.json'), await document.text());
  }, 300_000);
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is clean by the recommended rules of Redocly and Spectral', async () => {
    const lint = resolve('test/packages/openapi-lint.cjs');
    const { stdout } = await run(process.execPath, [lint, folder, join(folder, 'openapi.json')]);
    expect(stdout).toBe('');
  }, 120_000);

  it('makes clients that compile, and that sign people up and in', async () => {
    await cp(resolve('test/packages/clients'), folder, { recursive: true });
    const api = ['-o', '.', '-n', 'generated-api.ts', '--module-name-first-tag', '--silent'];
    await Promise.all([
      tool('openapi-typescript', 'openapi.json', '-o', 'openapi-typescript.ts'),
      tool('swagger-typescript-api', 'generate', '-p', 'openapi.json', ...api),
    ]);
    // It is made for compilers that are told to look away.
    const generated = join(folder, 'generated-api.ts');
    await writeFile(generated, (await readFile(generated, 'utf8')).replace('// @ts-nocheck', ''));
    const clients = ['openapi-fetch', 'swagger-typescript-api'];
    const files = clients.map((client) => `${client}.ts`);
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files }),
    );
    await tool('tsc', '-p', '.');

    const require = createRequire(join(folder, 'package.json'));
    for (const client of clients) {
      const { signUpAndIn } = require(`./dist/${client}.js`) as { signUpAndIn: SignUpAndIn };
      const authenticator = new SoftwareAuthenticator();
      const username = `alice-of-${client}`;
      expect(
        await signUpAndIn(server.url, browserFetch(), username, {
          register: (options) => Promise.resolve(authenticator.register(options as never) as never),
          authenticate: (options) => Promise.resolve(authenticator.authenticate(options as never) as never),
        }),
      ).toBe(username);
    }
  }, 120_000);
});
