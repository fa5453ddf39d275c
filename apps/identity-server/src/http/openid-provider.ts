import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OpenIdProvider } from 'nestjs-passkey-openid-provider';

/** Hands the requests of applications to the OpenID Provider, once Nest has made it. */
export class OpenIdProviderRoutes {
  private provider: OpenIdProvider | null = null;

  /** Whether it answers this request, its preflights too. Relying parties are the configured ones, known at once. */
  readonly areFor = (request: FastifyRequest): boolean =>
    this.provider?.isOwn(request, request.originalUrl) === true;

  /** To be called after all that every request goes through, and before the framework reads bodies. */
  addTo(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply, done) => {
      const { provider } = this;
      if (!provider || !this.areFor(request)) {
        done();
        return;
      }
      // Which pages may call the provider is its own to say, by application.
      for (const name of Object.keys(reply.getHeaders())) {
        if (!name.startsWith('access-control-')) continue;
        reply.removeHeader(name);
        reply.raw.removeHeader(name);
      }
      reply.hijack();
      // An issuer's address is a whole one.
      request.raw.url = request.originalUrl;
      provider.handle(request, request.raw, reply).catch((error: unknown) => {
        request.log.error(error);
        if (!reply.raw.headersSent) reply.raw.writeHead(500);
        reply.raw.end();
      });
    });
  }

  answerWith(provider: OpenIdProvider): void {
    this.provider = provider;
  }
}
