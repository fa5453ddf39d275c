import type { AccountMessage } from 'nestjs-passkey-sign-in';
import type { MessageTexts } from './message-texts';

/** Who writes. */
export interface Product {
  name: string;
  /** Where people sign in, with the path below which it is served. */
  url: string;
}

export interface MailLanguage {
  tag: string;
  direction: 'ltr' | 'rtl';
  texts: MessageTexts;
}

export interface Mail {
  subject: string;
  text: string;
  html: string;
}

/** What a mail says of a message, plainly and as HTML, without a picture or a style from elsewhere. */
export function toMail(
  message: AccountMessage,
  product: Product,
  { tag, direction, texts }: MailLanguage,
): Mail {
  const name = onOneLine(product.name);
  const fill = (text: string) =>
    text.replaceAll(/\{(name|site)\}/g, (_, key) => (key === 'name' ? name : product.url));
  const account = `${product.url}/account`;
  const isCode = message.kind === 'verification-code';
  const subject = isCode ? fill(texts.codeSubject) : `${name}: ${fill(texts[message.kind])}`;
  const lines: Line[] = isCode
    ? [{ text: fill(texts.codeHow) }, { text: message.code, isCode: true }, { text: fill(texts.codeNotYou) }]
    : [
        { text: fill(texts[message.kind]) },
        { text: fill(texts.noticeNotYou) },
        { text: account, link: account },
      ];
  return {
    subject,
    text: [...lines.map(({ text }) => text), name].join('\n\n') + '\n',
    html: `<!doctype html>
<html lang="${escape(tag)}" dir="${direction}">
<head><meta charset="utf-8"><title>${escape(subject)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif">
<h1 style="font-size:20px;margin:0 0 16px">${escape(name)}</h1>
${lines.map(toHtml).join('\n')}
</body>
</html>
`,
  };
}

interface Line {
  text: string;
  link?: string;
  isCode?: boolean;
}

const CODE_STYLE = 'font:700 28px ui-monospace,monospace;letter-spacing:2px;direction:ltr';

function toHtml({ text, link, isCode }: Line): string {
  if (isCode) return `<p style="${CODE_STYLE}">${escape(text)}</p>`;
  return `<p>${link === undefined ? escape(text) : `<a href="${escape(link)}">${escape(text)}</a>`}</p>`;
}

/** A line break would end a header of the mail. */
const onOneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
