import compress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Pages by their path; everything they load is under `/assets/`, named by its content. */
const PAGES = { '/': 'index.html', '/account': 'account.html' };

/** Serves the built pages of apps/sign-in from `folder`, compressed. */
export async function servePages(server: FastifyInstance, folder: string): Promise<void> {
  await server.register(async (scope) => {
    await scope.register(compress, { threshold: 1024 });
    await scope.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const forever = path.startsWith(`${folder}/assets/`);
        void reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    for (const [path, file] of Object.entries(PAGES)) {
      scope.get(path, (_request, reply) => reply.sendFile(file));
    }
  });
}
