import type { SendMailOptions } from 'nodemailer';
import {
  type AccountMessage,
  type Branding,
  type BrandingImage,
  type ColorScheme,
  escapeHtml,
} from 'nestjs-passkey-sign-in';
import type { MailLanguage } from './message-texts';

/** Who writes. */
export interface Product {
  name: string;
  /** Where people sign in, with the path below which it is served. */
  url: string;
  branding: Branding;
}

export interface Mail {
  subject: string;
  text: string;
  html: string;
  attachments: NonNullable<SendMailOptions['attachments']>;
}

/** What a mail says of a message, plainly and as HTML; its pictures come with it, and nothing from elsewhere. */
export function toMail(message: AccountMessage, product: Product, language: MailLanguage): Mail {
  const { texts, links } = language;
  const name = onOneLine(product.name);
  const fill = (text: string) =>
    text.replaceAll(/\{(name|site)\}/g, (_, key) => (key === 'name' ? name : product.url));
  const account = `${product.url}/account`;
  const contentOf = (): { subject: string; lines: Line[] } => {
    switch (message.kind) {
      case 'verification-code':
        return {
          subject: fill(texts.codeSubject),
          lines: [
            { text: fill(texts.codeHow) },
            { text: message.code, isCode: true },
            { text: fill(texts.codeNotYou) },
          ],
        };
      case 'invitation':
        return {
          subject: fill(texts.invitationSubject),
          lines: [{ text: fill(texts.invitationHow) }, { text: message.url, link: message.url }],
        };
      default:
        return {
          subject: `${name}: ${fill(texts[message.kind])}`,
          lines: [
            { text: fill(texts[message.kind]) },
            { text: fill(texts.noticeNotYou) },
            { text: account, link: account },
          ],
        };
    }
  };
  const { subject, lines } = contentOf();
  const { termsUri, privacyUri } = product.branding;
  const footer = [
    ...(termsUri === undefined ? [] : [{ text: links.terms, link: termsUri }]),
    ...(privacyUri === undefined ? [] : [{ text: links.privacy, link: privacyUri }]),
  ];
  const inText = footer.map(({ text, link }) => `${text}: ${link}`).join('\n');
  const body = [
    `<p class="product">${logoHtml(product.branding)}<strong>${escapeHtml(name)}</strong></p>`,
    ...lines.map(toHtml),
    footer.length > 0 ? `<p class="links">${footer.map(linkHtml).join(' ')}</p>` : '',
  ];
  return {
    subject,
    text: [...lines.map(({ text }) => text), name, inText].filter(Boolean).join('\n\n') + '\n',
    html: toDocument(subject, body.filter(Boolean).join('\n'), product.branding, language),
    attachments: picturesOf(product.branding).map(([scheme, { type: contentType, content }]) => ({
      cid: `logo-${scheme}`,
      filename: `logo-${scheme}.${contentType.slice('image/'.length)}`,
      contentDisposition: 'inline',
      contentType,
      content: Buffer.from(content),
    })),
  };
}

interface Line {
  text: string;
  link?: string;
  isCode?: boolean;
}

function toHtml({ text, link, isCode }: Line): string {
  if (isCode) return `<p class="code" dir="ltr">${escapeHtml(text)}</p>`;
  return `<p>${link === undefined ? escapeHtml(text) : linkHtml({ text, link })}</p>`;
}

const linkHtml = ({ text, link }: { text: string; link: string }): string =>
  `<a href="${escapeHtml(link)}">${escapeHtml(text)}</a>`;

/** Pictures that programs for mail show: few show SVG. One for both schemes is there once. */
function picturesOf({ logo }: Branding): [ColorScheme, BrandingImage][] {
  if (!logo || logo.light.type === 'image/svg+xml' || logo.dark.type === 'image/svg+xml') return [];
  return logo.dark === logo.light
    ? [['light', logo.light]]
    : [
        ['light', logo.light],
        ['dark', logo.dark],
      ];
}

/** Beside the name it says nothing more. */
const logoHtml = (branding: Branding): string =>
  picturesOf(branding)
    .map(([scheme], _, { length }) => {
      const ofScheme = length > 1 ? ` ${scheme}` : '';
      return `<img class="logo${ofScheme}" src="cid:logo-${scheme}" alt="" height="48">`;
    })
    .join('');

/** In full: programs for mail know no custom properties, and some of them no dark scheme. */
function colorsIn(scheme: ColorScheme, { colors }: Branding): string {
  const { background, surface, field, text, quiet, line, link } = colors[scheme];
  return `body,.page{background:${background}}.page{color:${text}}.card{background:${surface};border-color:${line}}.code{background:${field};border-color:${line}}a{color:${link}}.links{color:${quiet}}`;
}

function toDocument(title: string, body: string, branding: Branding, language: MailLanguage): string {
  const { radius } = branding;
  return `<!doctype html>
<html lang="${escapeHtml(language.tag)}" dir="${language.direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title>
<style>
:root{color-scheme:light dark}
body{margin:0;padding:0}
.page{padding:24px 12px;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
.card{max-width:32em;margin:0 auto;padding:12px 24px;border:1px solid;border-radius:${radius * 1.6}px}
.product{font-size:18px}
.logo{max-width:100%;margin-inline-end:12px;vertical-align:middle}
.dark{display:none}
.code{padding:12px;border:1px solid;border-radius:${radius}px;font:700 28px ui-monospace,monospace;letter-spacing:4px;text-align:center}
.links{font-size:14px}.links a{margin-inline-end:16px}
${colorsIn('light', branding)}
@media (prefers-color-scheme:dark){.light{display:none}.dark{display:inline}${colorsIn('dark', branding)}}
</style></head>
<body><div class="page"><div class="card">
${body}
</div></div></body>
</html>
`;
}

/** A line break would end a header of the mail. */
const onOneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
