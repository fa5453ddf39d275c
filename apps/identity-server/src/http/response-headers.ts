import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Sites } from './sites';

const pagePolicy = (frameAncestors: string, styles: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');

/** Swagger UI sets styles on elements. */
const STYLES = { page: "'self'", docs: "'self' 'unsafe-inline'" };

/** What every answer carries, from whichever layer it comes. */
export class ResponseHeaders {
  constructor(private readonly sites: Sites) {}

  addTo(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply, done) => {
      this.set(request, reply);
      done();
    });
  }

  set(request: FastifyRequest, { raw }: FastifyReply): void {
    const { origins, policy } = this.sites.ofRequest(request);
    const frameAncestors = policy?.crossOrigin ? policy.topOrigins : undefined;
    const styles = request.url.startsWith('/docs') ? STYLES.docs : STYLES.page;
    raw.setHeader('x-request-id', request.id);
    raw.setHeader('x-content-type-options', 'nosniff');
    raw.setHeader('referrer-policy', 'no-referrer');
    raw.setHeader('content-security-policy', pagePolicy(frameAncestors?.join(' ') || "'none'", styles));
    raw.setHeader(
      'permissions-policy',
      'publickey-credentials-get=(self), publickey-credentials-create=(self)',
    );
    if (origins.some((origin) => origin.startsWith('https:')))
      raw.setHeader('strict-transport-security', 'max-age=31536000');
  }
}
