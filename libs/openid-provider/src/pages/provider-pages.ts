import { hash } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';
import {
  type Branding,
  type BrandingImage,
  brandingStyle,
  escapeHtml,
  linksHtml,
  logoHtml,
} from 'nestjs-passkey-sign-in';
import { chooseLanguage } from './choose-language';
import { english, type ProviderLanguages, type ProviderTexts } from './texts';

const STYLE = `:root{color-scheme:light dark;font-family:system-ui,sans-serif;line-height:1.5}
body{display:grid;min-height:100vh;margin:0;place-items:center;background:var(--background);color:var(--text)}
main{box-sizing:border-box;width:min(26rem,100vw);padding:2rem;border-radius:calc(var(--radius)*1.6);background:var(--surface);box-shadow:0 4px 24px #0002;overflow-wrap:anywhere}
.product{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem .875rem;margin:0;font-weight:600}
.logo{display:block;max-width:100%;object-fit:contain}
h1{font-size:1.5rem;line-height:1.25}
input{box-sizing:border-box;width:100%;padding:.75rem;border:1px solid var(--quiet);border-radius:var(--radius);background:var(--field);color:inherit;font:inherit;font-size:1.5rem;letter-spacing:.15em;text-align:center;text-transform:uppercase}
button{box-sizing:border-box;width:100%;min-height:2.75rem;margin-top:.75rem;border:1px solid var(--line);border-radius:var(--radius);background:none;color:inherit;font:inherit;font-weight:600;cursor:pointer}
button.primary{border-color:transparent;background:var(--accent);color:var(--accent-text)}
button.primary:hover{background:var(--accent-hover)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
a{color:var(--link)}
.links{display:flex;flex-wrap:wrap;gap:.5rem 1rem;justify-content:center;margin:1.5rem 0 0;font-size:.875rem}
code{font-size:1.25rem}small code{font-size:1em}small{color:var(--quiet)}
`;

/** Schemes that native applications have to themselves (RFC 8252, section 7.1): a domain turned round, so with a dot. */
const PRIVATE_USE = /^[a-z][a-z0-9+-]*\.[a-z0-9+.-]*:/i;

const schemesOf = ({ oidc }: Partial<KoaContextWithOIDC>): string[] =>
  (oidc?.client?.postLogoutRedirectUris ?? []).flatMap((uri) => PRIVATE_USE.exec(uri)?.[0] ?? []);

/** Applications are led to by a form: browsers want to be told that its redirect may leave this site. */
const policyFor = (style: string, schemes: string[]): string =>
  `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; img-src data:; form-action ${["'self'", 'https:', 'http:', ...new Set(schemes)].join(' ')}; base-uri 'none'; frame-ancestors 'none'`;

/** What the person chose on the sign-in page. */
const CHOSEN = 'language';

/** Nobody reads more languages than this. */
const MOST_WANTED = 20;

/** What was chosen, then what the application asks for, then what the browser is set to. */
function wantedLanguages(ctx: KoaContextWithOIDC): string[] {
  // Before oidc-provider has begun there is no `oidc`.
  const asked = (ctx as Partial<KoaContextWithOIDC>).oidc?.params?.['ui_locales'];
  const set = ctx.acceptsLanguages();
  return [
    ctx.cookies.get(CHOSEN) ?? '',
    ...(typeof asked === 'string' ? asked.split(' ') : []),
    ...(Array.isArray(set) ? set : []),
  ].slice(0, MOST_WANTED);
}

/** In the page itself: whoever mounts the provider need serve no picture. */
const dataUrlOf = ({ type, content }: BrandingImage): string =>
  `data:${type};base64,${Buffer.from(content).toString('base64')}`;

function productHtml({ logo, name }: Branding): string {
  const parts = (logo ? logoHtml(logo, dataUrlOf) : '') + (name && `<span>${escapeHtml(name)}</span>`);
  return parts && `<p class="product">${parts}</p>`;
}

type Render = (
  ctx: KoaContextWithOIDC,
  title: (texts: ProviderTexts) => string,
  body: (texts: ProviderTexts) => string,
) => void;

const renderIn =
  (languages: ProviderLanguages, brandingFor: BrandingFor): Render =>
  (ctx, title, body) => {
    const branding = brandingFor(ctx);
    const style = STYLE + brandingStyle(branding);
    const { language } = chooseLanguage(wantedLanguages(ctx), Object.keys(languages));
    const { direction, texts } = languages[language] ?? { direction: 'ltr', texts: english };
    ctx.type = 'html';
    ctx.set('content-security-policy', policyFor(style, schemesOf(ctx)));
    const heading = escapeHtml(title(texts));
    const name = branding.name && ` · ${escapeHtml(branding.name)}`;
    ctx.body = `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${heading}${name}</title><style>${style}</style></head><body><main>${productHtml(branding)}<h1>${heading}</h1>${body(texts)}${linksHtml(branding, texts)}</main></body></html>`;
  };

const nameOf = ({ oidc }: KoaContextWithOIDC): string =>
  oidc.client?.clientName ?? oidc.client?.clientId ?? '';

/** How the product looks for which the request is. */
type BrandingFor = (ctx: KoaContextWithOIDC) => Branding;

/** The pages that oidc-provider asks for. */
export function providerPages(languages: ProviderLanguages, brandingFor: BrandingFor) {
  const render = renderIn(languages, brandingFor);

  /** What went wrong, in words that help, and the id by which the log has it. */
  function renderError(ctx: KoaContextWithOIDC, { error }: { error: string }): void {
    const id = String(ctx.res.getHeader('x-request-id') ?? '');
    render(
      ctx,
      ({ errorTitle }) => errorTitle,
      ({ errorHow, errorId }) =>
        `<p>${escapeHtml(errorHow)}</p><p><small>${escapeHtml(errorId)} <code>${escapeHtml(error)}</code> <code>${escapeHtml(id)}</code></small></p>`,
    );
  }

  function renderSignOut(ctx: KoaContextWithOIDC, form: string): void {
    render(
      ctx,
      ({ signOutTitle }) => signOutTitle,
      ({ signOutHow, signOut, staySignedIn }) =>
        `<p>${escapeHtml(signOutHow)}</p>${form}<button class="primary" autofocus type="submit" form="op.logoutForm" value="yes" name="logout">${escapeHtml(signOut)}</button><button type="submit" form="op.logoutForm">${escapeHtml(staySignedIn)}</button>`,
    );
  }

  function renderSignedOut(ctx: KoaContextWithOIDC): void {
    render(
      ctx,
      ({ signedOutTitle }) => signedOutTitle,
      ({ signedOutHow }) => `<p>${escapeHtml(signedOutHow)}</p>`,
    );
  }

  /** @param form of oidc-provider, with the input and its protection against forged requests */
  function renderUserCodeInput(
    ctx: KoaContextWithOIDC,
    form: string,
    _out: unknown,
    error?: Error & { userCode?: string },
  ): void {
    const action = /action="([^"]*)"/.exec(form)?.[1] ?? '';
    const xsrf = /name="xsrf" value="([^"]*)"/.exec(form)?.[1] ?? '';
    render(
      ctx,
      ({ deviceTitle }) => deviceTitle,
      ({ deviceHow, deviceCode, deviceWrong, continueOn }) =>
        `<p${error ? ' role="alert"' : ''}>${escapeHtml(error ? deviceWrong : deviceHow)}</p><form method="post" action="${action}"><input type="hidden" name="xsrf" value="${xsrf}"><label for="code">${escapeHtml(deviceCode)}</label><input id="code" name="user_code" autofocus autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="32" value="${escapeHtml(error?.userCode ?? '')}"><button class="primary">${escapeHtml(continueOn)}</button></form>`,
    );
  }

  function renderUserCodeConfirmation(
    ctx: KoaContextWithOIDC,
    form: string,
    _client: unknown,
    _device: unknown,
    userCode: string,
  ): void {
    render(
      ctx,
      ({ deviceConfirmTitle }) => deviceConfirmTitle.replace('{name}', nameOf(ctx)),
      ({ deviceConfirmHow, allow, refuse }) =>
        `<p>${escapeHtml(deviceConfirmHow)}</p><p><code>${escapeHtml(userCode)}</code></p>${form}<button class="primary" autofocus type="submit" form="op.deviceConfirmForm">${escapeHtml(allow)}</button><button type="submit" form="op.deviceConfirmForm" value="yes" name="abort">${escapeHtml(refuse)}</button>`,
    );
  }

  function renderDeviceSuccess(ctx: KoaContextWithOIDC): void {
    render(
      ctx,
      ({ deviceDoneTitle }) => deviceDoneTitle,
      ({ deviceDoneHow }) => `<p>${escapeHtml(deviceDoneHow.replace('{name}', nameOf(ctx)))}</p>`,
    );
  }

  return {
    renderError,
    renderSignOut,
    renderSignedOut,
    renderUserCodeInput,
    renderUserCodeConfirmation,
    renderDeviceSuccess,
  };
}

export type ProviderPages = ReturnType<typeof providerPages>;
