import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import compress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RelyingParties, RelyingParty } from 'nestjs-passkey-sign-in';
import { branded, imagesOf } from './page-branding';
import type { Pages } from './page-languages';

/** Pages by their path; everything they load is under `/assets/`, named by its content. */
const PAGES = { '/': 'index.html', '/account': 'account.html', '/admin': 'admin.html' };
const DOCS_PAGE = { '/docs': 'docs.html' };

const HTML = 'text/html; charset=utf-8';
const FOREVER = 'public, max-age=31536000, immutable';

const IMAGE_HEADERS = {
  'cache-control': FOREVER,
  // Opened as a page of its own, an SVG does nothing.
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
};

/** Whether a person came to an address that nothing is at, and no program. */
const isLostPerson = ({ is404, method, url, headers }: FastifyRequest): boolean =>
  is404 && method === 'GET' && !url.startsWith('/api/') && headers.accept?.includes('text/html') === true;

/** What depends on the configuration. */
interface Shown {
  /** Whether Swagger UI is there. */
  docs: boolean;
  /** Whether there is a messenger: without one, pages offer no code. */
  sendsCodes: boolean;
  /** Whether telephone numbers may be written as people dial them at home. */
  nationalNumbers: boolean;
}

/**
 * Serves the built pages of apps/sign-in, compressed, as each relying party's; its pictures; and the texts of languages as JSON.
 */
export async function servePages(
  server: FastifyInstance,
  { folder, languages: { served, added } }: Pages,
  basePath: string,
  relyingParties: RelyingParties,
  { docs, sendsCodes, nationalNumbers }: Shown,
): Promise<void> {
  const attributesOf = ({ signUp = 'open' }: RelyingParty) => [
    ...(added.length > 0 ? [`data-languages="${added.join(' ')}"`] : []),
    ...(sendsCodes ? [] : ['data-sends-codes="no"']),
    ...(nationalNumbers ? ['data-national-numbers="yes"'] : []),
    ...(signUp === 'open' ? [] : [`data-sign-up="${signUp}"`]),
  ];
  const pagesOf = (file: string) => {
    const built = readFileSync(join(folder, file), 'utf8');
    const pages = new Map(
      relyingParties.all.map((relyingParty) => {
        const html = built.replace('<html ', ['<html', ...attributesOf(relyingParty), ''].join(' '));
        return [relyingParty, branded(html, relyingParty)];
      }),
    );
    return ({ headers: { host } }: FastifyRequest) => pages.get(relyingParties.forHost(host)) ?? built;
  };
  await server.register(async (scope) => {
    await scope.register(compress, { threshold: 1024 });
    await scope.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      globIgnore: ['*.html', '**/*.br'],
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const forever = path.startsWith(`${folder}/assets/`);
        void reply.header('cache-control', forever ? FOREVER : 'no-cache');
      },
    });
    for (const [path, file] of Object.entries({ ...PAGES, ...(docs && DOCS_PAGE) })) {
      const pageFor = pagesOf(file);
      scope.get(path, (request, reply) =>
        reply.type(HTML).header('cache-control', 'no-cache').send(pageFor(request)),
      );
    }
    for (const [name, { type, content }] of new Map(relyingParties.all.flatMap(imagesOf))) {
      scope.get(`/branding/${name}`, (_request, reply) =>
        reply.headers({ ...IMAGE_HEADERS, 'content-type': type }).send(Buffer.from(content)),
      );
    }
    for (const [language, texts] of Object.entries(served)) {
      scope.get(`/languages/${language}.json`, (_request, reply) =>
        reply.header('cache-control', 'no-cache').send(texts),
      );
    }
    scope.get('/favicon.ico', (_request, reply) => reply.sendFile('icon.svg'));
  });
  const notFoundFor = pagesOf('not-found.html');
  server.addHook('preHandler', (request, reply, done) => {
    if (isLostPerson(request)) {
      // It is shown at any depth, and the others beside what they load.
      const html = notFoundFor(request).replaceAll('="./', `="${basePath}/`);
      void reply.status(404).type(HTML).send(html);
    } else done();
  });
}
