import type { Branding, BrandingImage } from '../webauthn/branding';

/** A text in HTML: between tags, and in an attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** The logo for the page's scheme; beside the product's name it says nothing more. */
export function logoHtml(
  { light, dark }: NonNullable<Branding['logo']>,
  addressOf: (image: BrandingImage) => string,
): string {
  return `<picture><source media="(prefers-color-scheme: dark)" srcset="${addressOf(dark)}" /><img class="logo" src="${addressOf(light)}" alt="" height="48" /></picture>`;
}

/** Links to the product's terms and privacy policy; empty without either. */
export function linksHtml(
  { termsUri, privacyUri }: Branding,
  { terms, privacy }: { terms: string; privacy: string },
): string {
  const linkTo = (uri: string | undefined, key: string, text: string) =>
    uri === undefined
      ? ''
      : `<a href="${escapeHtml(uri)}" rel="noreferrer" data-text="${key}">${escapeHtml(text)}</a>`;
  const links = linkTo(termsUri, 'terms', terms) + linkTo(privacyUri, 'privacy', privacy);
  return links && `<p class="links">${links}</p>`;
}
