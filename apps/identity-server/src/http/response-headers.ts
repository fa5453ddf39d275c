import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RelyingPartyOptions } from '@passkey/experience-verification';
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
  private readonly policies = new Map<RelyingPartyOptions, Record<keyof typeof STYLES, string>>();

  constructor(private readonly sites: Sites) {}

  addTo(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply, done) => {
      this.set(request, reply);
      done();
    });
  }

  set(request: FastifyRequest, { raw }: FastifyReply): void {
    const site = this.sites.ofRequest(request);
    const policy = this.policyOf(site)[request.url.startsWith('/docs') ? 'docs' : 'page'];
    raw.setHeader('x-request-id', request.id);
    raw.setHeader('x-content-type-options', 'nosniff');
    raw.setHeader('referrer-policy', 'no-referrer');
    raw.setHeader('content-security-policy', policy);
    raw.setHeader(
      'permissions-policy',
      'publickey-credentials-get=(self), publickey-credentials-create=(self)',
    );
    if (site.origins.some((origin) => origin.startsWith('https:')))
      raw.setHeader('strict-transport-security', 'max-age=31536000');
  }

  private policyOf(site: RelyingPartyOptions): Record<keyof typeof STYLES, string> {
    let policies = this.policies.get(site);
    if (!policies) {
      const framing = site.policy?.crossOrigin ? site.policy.topOrigins?.join(' ') : undefined;
      const policyFor = (styles: string) => pagePolicy(framing || "'none'", styles);
      policies = { page: policyFor(STYLES.page), docs: policyFor(STYLES.docs) };
      this.policies.set(site, policies);
    }
    return policies;
  }
}
