import type { default as Provider, KoaContextWithOIDC } from 'oidc-provider';

const OWN_FORMS = "form-action 'self'";

/**
 * Lets the page that posts an answer to its application do so (OAuth 2.0 Form Post Response Mode): the server's own policy has
 * forms stay here. Browsers apply it to where the application redirects from there, too.
 */
export function letAnswersBePosted(provider: Provider): void {
  provider.use(async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    await next();
    // Of what is not there oidc-provider has no context.
    const { oidc } = ctx as Partial<KoaContextWithOIDC>;
    const policy = ctx.response.get('content-security-policy');
    if (oidc?.params?.['response_mode'] !== 'form_post' || !policy.includes(OWN_FORMS)) return;
    ctx.set('content-security-policy', policy.replace(OWN_FORMS, 'form-action https: http:'));
  });
}
