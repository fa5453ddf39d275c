import type { IncomingMessage } from 'node:http';
import type { default as Provider, KoaContextWithOIDC } from 'oidc-provider';

/** Where browsers are sent by forms of other sites, too. */
const PATHS = ['/auth', '/session/end'];

/** Characters: servers take no longer addresses. */
const LONGEST = 12_000;

/**
 * Leads a browser that another site's form has sent to the same request by GET (OpenID Connect Core 1.0, section 3.1.2.1;
 * RP-Initiated Logout 1.0, section 2): what is posted from there comes without the cookies that say who is signed in.
 */
export function takePostedRequests(provider: Provider): void {
  provider.use(async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    const isForm = ctx.method === 'POST' && PATHS.includes(ctx.path);
    const request = isForm && ctx.is('application/x-www-form-urlencoded') ? await read(ctx.req) : null;
    if (request === null) return next();
    ctx.status = 303;
    ctx.redirect(`${provider.issuer}${ctx.path}?${request.toString()}`);
    return undefined;
  });
}

/** Null of what is too long. */
async function read(request: IncomingMessage): Promise<URLSearchParams | null> {
  let text = '';
  for await (const part of request) {
    text += String(part);
    if (text.length > LONGEST) return null;
  }
  return new URLSearchParams(text);
}
