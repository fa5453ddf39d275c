import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import compress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PageLanguages } from './page-languages';

/** Pages by their path; everything they load is under `/assets/`, named by its content. */
const PAGES = { '/': 'index.html', '/account': 'account.html' };

const HTML = 'text/html; charset=utf-8';

/** Whether a person came to an address that nothing is at, and no program. */
const isLostPerson = ({ is404, method, url, headers }: FastifyRequest): boolean =>
  is404 && method === 'GET' && !url.startsWith('/api/') && headers.accept?.includes('text/html') === true;

/** Serves the built pages of apps/sign-in from `folder`, compressed, and the texts of languages as JSON. */
export async function servePages(
  server: FastifyInstance,
  folder: string,
  basePath: string,
  { served, added }: PageLanguages,
): Promise<void> {
  const pageOf = (file: string) => {
    const html = readFileSync(join(folder, file), 'utf8');
    return added.length > 0 ? html.replace('<html ', `<html data-languages="${added.join(' ')}" `) : html;
  };
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
      if (added.length === 0) scope.get(path, (_request, reply) => reply.sendFile(file));
      else {
        const html = pageOf(file);
        scope.get(path, (_request, reply) => reply.type(HTML).header('cache-control', 'no-cache').send(html));
      }
    }
    for (const [language, texts] of Object.entries(served)) {
      scope.get(`/languages/${language}.json`, (_request, reply) =>
        reply.header('cache-control', 'no-cache').send(texts),
      );
    }
    scope.get('/favicon.ico', (_request, reply) => reply.sendFile('icon.svg'));
  });
  // It is shown at any depth, and the others beside what they load.
  const notFound = pageOf('not-found.html').replaceAll('="./', `="${basePath}/`);
  server.addHook('preHandler', (request, reply, done) => {
    if (isLostPerson(request)) void reply.status(404).type(HTML).send(notFound);
    else done();
  });
}
