import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const source = (file: string) => resolve(import.meta.dirname, 'src', file);

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    lib: {
      entry: { index: source('index.ts'), element: source('element.ts'), react: source('react.ts') },
      formats: ['es'],
    },
    rolldownOptions: {
      external: ['@simplewebauthn/browser'],
      output: { minify: true, chunkFileNames: 'client.js' },
    },
  },
});
