import { hash } from 'node:crypto';
import {
  type BrandingImage,
  brandingOf,
  brandingStyle,
  escapeHtml,
  linksHtml,
  logoHtml,
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

/** A picture of this content never changes under its name. */
const fileNameOf = ({ type, content }: BrandingImage): string =>
  `${hash('sha256', content, 'hex').slice(0, 16)}.${ENDINGS[type]}`;

/** Pictures of a relying party's pages, by their names under `/branding/`. */
export function imagesOf(relyingParty: RelyingParty): [string, BrandingImage][] {
  const { logo } = brandingOf(relyingParty);
  return logo ? [logo.light, logo.dark].map((image) => [fileNameOf(image), image]) : [];
}

const DEFAULT_LOGO = '<img class="logo" src="./icon.svg" alt="" width="48" height="48" />';

/** A built page as the relying party's: with the name of its product, logo, links and styles. */
export function branded(html: string, relyingParty: RelyingParty): string {
  const branding = brandingOf(relyingParty);
  const name = escapeHtml(branding.name);
  const parts: Record<string, string> = {
    logo: branding.logo
      ? logoHtml(branding.logo, (image) => `./branding/${fileNameOf(image)}`)
      : DEFAULT_LOGO,
    name: name && `<span>${name}</span>`,
    links: linksHtml(branding, { terms: 'Terms', privacy: 'Privacy' }),
    style: `${name && `<meta name="application-name" content="${name}" />`}<style>${styleOf(relyingParty)}</style>`,
  };
  return html
    .replace('</title>', () => (name ? ` · ${name}</title>` : '</title>'))
    .replaceAll(/<!-- (logo|name|links|style) -->/g, (_all, part: string) => parts[part] ?? '');
}
