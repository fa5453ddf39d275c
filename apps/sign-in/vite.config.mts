import { resolve } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // The server may be below a path, which the build does not know.
  base: './',
  resolve: { tsconfigPaths: true },
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/apps/sign-in'),
    emptyOutDir: true,
    target: 'es2022',
    // The pages' content security policy allows files of their own origin, and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['index.html', 'account.html', 'not-found.html'].map((page) =>
        resolve(import.meta.dirname, page),
      ),
    },
  },
});
