import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type RelyingParties, type RelyingParty } from 'nestjs-passkey-sign-in';
import { styleOf } from '../pages/page-branding';

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

/** Swagger UI sets styles on elements; pages have those of their product in themselves. */
const STYLES = {
  page: (relyingParty: RelyingParty) => `'self' 'sha256-${hash('sha256', styleOf(relyingParty), 'base64')}'`,
  docs: () => "'self' 'unsafe-inline'",
};

/** What every answer carries, from whichever layer it comes. */
export class ResponseHeaders {
  private readonly policies = new Map<RelyingParty, Record<keyof typeof STYLES, string>>();

  constructor(private readonly relyingParties: RelyingParties) {}

  addTo(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply, done) => {
      this.set(request, reply);
      done();
    });
  }

  set(request: FastifyRequest, { raw }: FastifyReply): void {
    const relyingParty = this.relyingParties.forHost(request.headers.host);
    const policy = this.policyOf(relyingParty)[request.url.startsWith('/docs') ? 'docs' : 'page'];
    raw.setHeader('x-request-id', request.id);
    raw.setHeader('x-content-type-options', 'nosniff');
    raw.setHeader('referrer-policy', 'no-referrer');
    raw.setHeader('content-security-policy', policy);
    raw.setHeader(
      'permissions-policy',
      'publickey-credentials-get=(self), publickey-credentials-create=(self)',
    );
    if (relyingParty.origins.some((origin) => origin.startsWith('https:')))
      raw.setHeader('strict-transport-security', 'max-age=31536000');
  }

  private policyOf(relyingParty: RelyingParty): Record<keyof typeof STYLES, string> {
    let policies = this.policies.get(relyingParty);
    if (!policies) {
      const { crossOrigin, topOrigins } = relyingParty.policy;
      const framing = crossOrigin ? topOrigins.join(' ') : undefined;
      const policyFor = (kind: keyof typeof STYLES) =>
        pagePolicy(framing || "'none'", STYLES[kind](relyingParty));
      policies = { page: policyFor('page'), docs: policyFor('docs') };
      this.policies.set(relyingParty, policies);
    }
    return policies;
  }
}
