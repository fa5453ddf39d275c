import type { FastifyInstance } from 'fastify';

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Swagger UI sets styles on elements. */
const DOCS_POLICY = PAGE_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

/** What every answer carries, from whichever layer it comes. */
export function setResponseHeaders(server: FastifyInstance, https: boolean): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader('x-request-id', request.id);
    reply.raw.setHeader('x-content-type-options', 'nosniff');
    reply.raw.setHeader('referrer-policy', 'no-referrer');
    reply.raw.setHeader(
      'content-security-policy',
      request.url.startsWith('/docs') ? DOCS_POLICY : PAGE_POLICY,
    );
    reply.raw.setHeader(
      'permissions-policy',
      'publickey-credentials-get=(self), publickey-credentials-create=(self)',
    );
    if (https) reply.raw.setHeader('strict-transport-security', 'max-age=31536000');
    done();
  });
}
