import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

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
export class ResponseHeaders {
  constructor(private readonly https: boolean) {}

  addTo(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply, done) => {
      this.set(request, reply);
      done();
    });
  }

  set(request: FastifyRequest, { raw }: FastifyReply): void {
    raw.setHeader('x-request-id', request.id);
    raw.setHeader('x-content-type-options', 'nosniff');
    raw.setHeader('referrer-policy', 'no-referrer');
    raw.setHeader('content-security-policy', request.url.startsWith('/docs') ? DOCS_POLICY : PAGE_POLICY);
    raw.setHeader(
      'permissions-policy',
      'publickey-credentials-get=(self), publickey-credentials-create=(self)',
    );
    if (this.https) raw.setHeader('strict-transport-security', 'max-age=31536000');
  }
}
