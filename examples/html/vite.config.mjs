import { defineConfig } from 'vite';

/** The server of ../nest-express, or another that has this page among its origins. */
const API = process.env.API ?? 'http://localhost:3000';

export default defineConfig({
  server: { port: Number(process.env.PORT ?? 3001), strictPort: true, proxy: { '/api': API, '/hello': API } },
});
