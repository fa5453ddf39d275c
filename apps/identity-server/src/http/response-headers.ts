import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type RelyingParties, type RelyingParty } from 'nestjs-passkey-sign-in';
import { styleOf } from '../pages/page-branding';

/** Styles are files, but for those of the product, which are in the page. */
const pagePolicy = (relyingParty: RelyingParty, frameAncestors: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'sha256-${hash('sha256', styleOf(relyingParty), 'base64')}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');

/** What every answer carries, from whichever layer it comes. */
export class ResponseHeaders {
  private readonly policies = new Map<RelyingParty, string>();

  constructor(private readonly relyingParties: RelyingParties) {}

  addTo(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply, done) => {
      this.set(request, reply);
      done();
    });
  }

  set(request: FastifyRequest, { raw }: FastifyReply): void {
    const relyingParty = this.relyingParties.forHost(request.headers.host);
    raw.setHeader('x-request-id', request.id);
    raw.setHeader('x-content-type-options', 'nosniff');
    raw.setHeader('referrer-policy', 'no-referrer');
    raw.setHeader('content-security-policy', this.policyOf(relyingParty));
    raw.setHeader(
      'permissions-policy',
      'publickey-credentials-get=(self), publickey-credentials-create=(self)',
    );
    if (relyingParty.origins.some((origin) => origin.startsWith('https:')))
      raw.setHeader('strict-transport-security', 'max-age=31536000');
  }

  private policyOf(relyingParty: RelyingParty): string {
    let policy = this.policies.get(relyingParty);
    if (policy === undefined) {
      const { crossOrigin, topOrigins } = relyingParty.policy;
      const framing = crossOrigin ? topOrigins.join(' ') : undefined;
      policy = pagePolicy(relyingParty, framing || "'none'");
      this.policies.set(relyingParty, policy);
    }
    return policy;
  }
}
