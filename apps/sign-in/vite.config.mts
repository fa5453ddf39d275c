import { resolve } from 'node:path';
import { defineConfig, type Plugin, runnerImport } from 'vite';

const textsForTheServer: Plugin = {
  name: 'texts-for-the-server',
  async generateBundle() {
    const file = resolve(import.meta.dirname, 'src/texts/for-the-server.ts');
    const { module } = await runnerImport<typeof import('./src/texts/for-the-server')>(file);
    this.emitFile({ type: 'asset', fileName: 'texts.json', source: JSON.stringify(module.forTheServer) });
  },
};

export default defineConfig({
  root: import.meta.dirname,
  // The server may be below a path, which the build does not know.
  base: './',
  plugins: [textsForTheServer],
  resolve: { tsconfigPaths: true },
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/apps/sign-in'),
    emptyOutDir: true,
    target: 'es2022',
    // The pages' content security policy allows files of their own origin, and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['index.html', 'account.html', 'admin.html', 'not-found.html'].map((page) =>
        resolve(import.meta.dirname, page),
      ),
    },
  },
});
