import { isDatabaseUnavailable } from 'nestjs-passkey-sign-in';
import type { default as Provider, KoaContextWithOIDC } from 'oidc-provider';
import type { ProviderPages } from '../pages/provider-pages';
import { RETRY_AFTER, UNAVAILABLE } from './without-database';

/** Of paths that are asked by one method. */
const METHODS: Record<string, 'GET' | 'POST'> = {
  ...{ '/auth': 'GET', '/jwks': 'GET', '/session/end': 'GET' },
  ...{ '/token': 'POST', '/introspection': 'POST', '/revocation': 'POST', '/request': 'POST' },
  ...{ '/device/auth': 'POST', '/session/end/confirm': 'POST' },
};

/** Has also what is asked wrongly, and what fails, answered as OAuth has errors: programs in JSON, people by a page. */
export function answerEverything(provider: Provider, { renderError }: ProviderPages): void {
  // oidc-provider calls all that it did not expect a server_error, and asks nobody to try again.
  const withoutDatabase = new WeakSet<KoaContextWithOIDC>();
  provider.on('server_error', (ctx, error) => {
    if (isDatabaseUnavailable(error)) withoutDatabase.add(ctx);
  });
  provider.use(async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    const refuse = (status: number, error: string, error_description: string) => {
      ctx.status = status;
      if (ctx.accepts('json', 'html') === 'html') renderError(ctx, { error });
      else ctx.body = { error, error_description };
    };
    try {
      await next();
    } catch (error) {
      provider.emit('server_error', ctx, error);
      refuse(500, 'server_error', 'the request could not be answered');
    }
    if (withoutDatabase.has(ctx)) {
      ctx.set('retry-after', RETRY_AFTER);
      refuse(503, UNAVAILABLE.error, UNAVAILABLE.error_description);
      return;
    }
    if (ctx.status !== 404 || ctx.body !== undefined) return;
    const method = METHODS[ctx.path];
    if (method === undefined) {
      refuse(404, 'invalid_request', 'there is nothing here');
      return;
    }
    ctx.set('allow', method);
    refuse(405, 'invalid_request', `the method must be ${method}`);
  });
}
