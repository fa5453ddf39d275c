import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { defineConfig, type Plugin, runnerImport } from 'vite';

const resolvingPackages = { tsconfigPaths: true };

const textsForTheServer: Plugin = {
  name: 'texts-for-the-server',
  async generateBundle() {
    const file = resolve(import.meta.dirname, 'src/texts/for-the-server.ts');
    const { module } = await runnerImport<typeof import('./src/texts/for-the-server')>(file, {
      resolve: resolvingPackages,
    });
    this.emitFile({ type: 'asset', fileName: 'texts.json', source: JSON.stringify(module.forTheServer) });
  },
};

/** Once, and as far as it goes: what Swagger UI brings would take the server seconds at each request. */
const compressed: Plugin = {
  name: 'compressed',
  async writeBundle({ dir = '' }, bundle) {
    const files = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name));
    await Promise.all(
      files.map(async (name) => {
        const path = join(dir, name);
        await writeFile(`${path}.br`, await promisify(brotliCompress)(await readFile(path)));
      }),
    );
  },
};

export default defineConfig({
  root: import.meta.dirname,
  // The server may be below a path, which the build does not know.
  base: './',
  plugins: [textsForTheServer, compressed],
  resolve: resolvingPackages,
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/apps/sign-in'),
    emptyOutDir: true,
    target: 'es2022',
    // The pages' content security policy allows files of their own origin, and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['index.html', 'account.html', 'admin.html', 'docs.html', 'not-found.html'].map((page) =>
        resolve(import.meta.dirname, page),
      ),
    },
  },
});
