import { hash } from 'node:crypto';
import {
  type Branding,
  type BrandingImage,
  brandingOf,
  brandingStyle,
  type ColorScheme,
  type RelyingParty,
} from 'nestjs-passkey-sign-in';

const ENDINGS: Record<BrandingImage['type'], string> = {
  'image/svg+xml': 'svg',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

/** What stands in the `style` of a relying party's pages, and is allowed there by its hash. */
export const styleOf = (relyingParty: RelyingParty): string => brandingStyle(brandingOf(relyingParty));

const safe = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** A picture of this content never changes under its name. */
const fileNameOf = ({ type, content }: BrandingImage): string =>
  `${hash('sha256', content, 'hex').slice(0, 16)}.${ENDINGS[type]}`;

/** Pictures of a relying party's pages, by their names under `/branding/`. */
export function imagesOf(relyingParty: RelyingParty): [string, BrandingImage][] {
  const { logo } = brandingOf(relyingParty);
  return logo ? [logo.light, logo.dark].map((image) => [fileNameOf(image), image]) : [];
}

function logoHtml({ logo }: Branding): string {
  if (!logo) return '<img class="logo" src="./icon.svg" alt="" width="48" height="48" />';
  const address = (scheme: ColorScheme) => `./branding/${fileNameOf(logo[scheme])}`;
  // Beside the name it says nothing more.
  return `<picture><source media="(prefers-color-scheme: dark)" srcset="${address('dark')}" /><img class="logo" src="${address('light')}" alt="" height="48" /></picture>`;
}

function linksHtml({ termsUri, privacyUri }: Branding): string {
  const linkTo = (uri: string | undefined, key: string, text: string) =>
    uri === undefined ? '' : `<a href="${safe(uri)}" rel="noreferrer" data-text="${key}">${text}</a>`;
  const links = linkTo(termsUri, 'terms', 'Terms') + linkTo(privacyUri, 'privacy', 'Privacy');
  return links && `<p class="links">${links}</p>`;
}

/** A built page as the relying party's: with the name of its product, logo, links and styles. */
export function branded(html: string, relyingParty: RelyingParty): string {
  const branding = brandingOf(relyingParty);
  const name = safe(branding.name);
  const parts: Record<string, string> = {
    logo: logoHtml(branding),
    name: name && `<span>${name}</span>`,
    links: linksHtml(branding),
    style: `${name && `<meta name="application-name" content="${name}" />`}<style>${styleOf(relyingParty)}</style>`,
  };
  return html
    .replace('</title>', () => (name ? ` · ${name}</title>` : '</title>'))
    .replaceAll(/<!-- (logo|name|links|style) -->/g, (_all, part: string) => parts[part] ?? '');
}
