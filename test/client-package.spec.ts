import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const PACKAGE = resolve('libs/passkey-client');
const BIN = resolve('node_modules/.bin');

/** What somebody else's frontend writes. */
const CONSUMER = `
import { ApiError, createPasskeyClient, type ErrorCode, type ExtensionInputs, type Passkey } from 'passkey-sign-in-client';
import { definePasskeySignIn } from 'passkey-sign-in-client/element';
import type {} from 'passkey-sign-in-client/react';

export const browsersOwn = (asked: ExtensionInputs): AuthenticationExtensionsClientInputsJSON => asked;

definePasskeySignIn();
const passkeys = createPasskeyClient({ baseUrl: 'https://login.example.com' });
const names: (string | null)[] = (await passkeys.api.listPasskeys()).map(({ name }: Passkey) => name);
const { redirectTo } = await passkeys.signIn({ identifier: { type: 'username', value: 'alice' } });
export const text = (error: unknown): ErrorCode | null => (error instanceof ApiError ? error.code : null);
// @ts-expect-error: no such code
export const wrong: ErrorCode = 'user.no_such_code';
// @ts-expect-error: no such kind of identifier
await passkeys.signIn({ identifier: { type: 'pigeon', value: 'alice' } });
console.log(names, redirectTo);
export const element = (
  <passkey-sign-in base-url="https://login.example.com" onsigned-in={({ detail }) => console.log(detail.redirectTo)} />
);
// @ts-expect-error: no text
export const wrongElement = <passkey-sign-in label={1} />;
`;

// The compiler runs three times.
jest.setTimeout(60_000);

describe('the package of the client', () => {
  let folder: string;
  let installed: string;

  /** As `npm run build:client`, and then installed by another project. */
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-client-'));
    installed = join(folder, 'node_modules/passkey-sign-in-client');
    await mkdir(installed, { recursive: true });
    const dist = join(installed, 'dist');
    execFileSync(join(BIN, 'vite'), ['build', PACKAGE, '--outDir', dist, '--logLevel', 'error']);
    execFileSync(join(BIN, 'tsc'), ['-p', PACKAGE, '--outDir', dist]);
    await cp(join(PACKAGE, 'package.json'), join(installed, 'package.json'));
    await symlink(resolve('node_modules/@simplewebauthn'), join(folder, 'node_modules/@simplewebauthn'));
    await symlink(resolve('node_modules/@types'), join(folder, 'node_modules/@types'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const manifest = async () =>
    JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
      exports: Record<string, { types: string; default: string }>;
      peerDependencies: Record<string, string>;
      sideEffects: boolean;
      type: string;
    };

  /** Bytes of compressed script that an entry point brings, but for what `without` names. */
  const gzipped = async (entry: string, without: string[] = []): Promise<number> => {
    const seen = new Set(without);
    const bytes = async (file: string): Promise<number> => {
      seen.add(file);
      const script = await readFile(join(installed, 'dist', file), 'utf8');
      const imports = [...script.matchAll(/from\s*"\.\/([^"]+)"/g)].map(([, name = '']) => name);
      let sum = gzipSync(script).length;
      for (const name of imports) if (!seen.has(name)) sum += await bytes(name);
      return sum;
    };
    return bytes(entry);
  };

  it('is under 5 kB gzip, and its element under 2 kB more', async () => {
    const client = await gzipped('index.js');
    const element = await gzipped('element.js', ['index.js', 'client.js']);
    expect(client).toBeGreaterThan(1_000);
    expect(client).toBeLessThan(5_000);
    expect(element).toBeLessThan(2_000);
    process.stdout.write(`client: ${client} bytes gzip, element: ${element} bytes more\n`);
  });

  it('needs nothing but @simplewebauthn/browser, and does nothing when it is loaded', async () => {
    const { type, sideEffects, peerDependencies } = await manifest();
    expect({ type, sideEffects }).toEqual({ type: 'module', sideEffects: false });
    const scripts = (await readdir(join(installed, 'dist'))).filter((file) => file.endsWith('.js'));
    const needed = await Promise.all(
      scripts.map(async (file) =>
        [...(await readFile(join(installed, 'dist', file), 'utf8')).matchAll(/from\s*"([^."][^"]*)"/g)].map(
          ([, name]) => name,
        ),
      ),
    );
    const ofScripts = Object.keys(peerDependencies).filter((name) => !name.startsWith('@types/'));
    expect([...new Set(needed.flat())]).toEqual(ofScripts);
    // Also where there is no browser: a server that renders pages may import it.
    const load = 'import("passkey-sign-in-client/element").then(() => import("passkey-sign-in-client"))';
    execFileSync(process.execPath, ['--input-type=module', '-e', load], { cwd: folder });
  });

  it('defines its element once, however many scripts of a page ask for it', () => {
    const script = `
      const defined = new Map();
      globalThis.HTMLElement = class {};
      globalThis.customElements = {
        get: (name) => defined.get(name),
        define: (name, element) => { if (defined.has(name)) throw new Error(name); defined.set(name, element); },
      };
      const { definePasskeySignIn } = await import('passkey-sign-in-client/element');
      definePasskeySignIn();
      definePasskeySignIn();
      console.log([...defined.keys()].join());`;
    const options = { cwd: folder, encoding: 'utf8' } as const;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], options);
    expect(printed).toBe('passkey-sign-in\n');
  });

  it.each(['nodenext', 'bundler'])('has types for module resolution %s', async (resolution) => {
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'consumer.tsx'), CONSUMER);
    const module = resolution === 'nodenext' ? 'nodenext' : 'esnext';
    const options = [
      '--noEmit',
      '--strict',
      '--skipDefaultLibCheck',
      '--jsx',
      'react-jsx',
      '--types',
      'react',
      '--target',
      'es2022',
      '--module',
      module,
    ];
    execFileSync(join(BIN, 'tsc'), [...options, '--moduleResolution', resolution, 'consumer.tsx'], {
      cwd: folder,
      encoding: 'utf8',
    });
  });
});
