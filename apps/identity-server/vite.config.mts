import { chmod } from 'node:fs/promises';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const dist = resolve(import.meta.dirname, '../../dist/apps/identity-server');

/** Not put in: they load files of their own, or are found at run time by others that would then have another copy. */
const PACKAGES = ['@electric-sql/pglite', '@electric-sql/pglite-socket', 'swagger-ui-dist', 'typeorm', 'pg'];

/**
 * Writes by escapes what is beyond Latin-1: V8 keeps each source, and takes two bytes for every character of one that has any such.
 */
const oneByteSources: Plugin = {
  name: 'one-byte-sources',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      file.code = file.code.replace(
        /[^\0-\xff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    }
  },
};

/** By npm as it links the command once; of a later build `npx` takes it as it is. */
const executableCommand: Plugin = {
  name: 'executable-command',
  writeBundle: ({ dir = '' }) => chmod(resolve(dir, 'passkey-server.js'), 0o755),
};

/**
 * The compiled server and its packages in one file: some 2,000 files are not looked up at each start. From what the
 * TypeScript compiler has made, since Nest needs the types of constructor parameters that it writes down.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [oneByteSources, executableCommand],
  json: { stringify: true, namedExports: false },
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
      output: {
        format: 'cjs',
        comments: { jsdoc: false },
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
});
