import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const dist = resolve(import.meta.dirname, '../../dist/apps/identity-server');

/** Not put in: they load files of their own, or are found at run time by others that would then have another copy. */
const PACKAGES = ['@electric-sql/pglite', '@electric-sql/pglite-socket', 'swagger-ui-dist', 'typeorm', 'pg'];

/**
 * The compiled server and its packages in one file: some 2,000 files are not looked up at each start. From what the
 * TypeScript compiler has made, since Nest needs the types of constructor parameters that it writes down.
 */
export default defineConfig({
  root: import.meta.dirname,
  ssr: {
    noExternal: true,
    external: PACKAGES,
    // The form that Node.js takes: of a package that has two, there would be two copies.
    resolve: { mainFields: ['main'] },
  },
  build: {
    ssr: true,
    outDir: resolve(dist, 'bundle'),
    emptyOutDir: true,
    target: 'node20',
    // Beside main.js, so that `__dirname` is the same folder in each.
    rolldownOptions: {
      input: [resolve(dist, 'src/main.js'), resolve(dist, 'src/passkey-server.js')],
      output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
