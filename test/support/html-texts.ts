const VOID = new Set(['meta', 'link', 'img', 'input', 'br', 'circle', 'path']);

export interface HtmlText {
  /** The `data-text` of the element that it is in. */
  key: string | undefined;
  text: string;
}

/**
 * The texts that a browser shows of a plain HTML file, whose attributes hold no `>`. Those for who has no script are
 * left out: nothing could put them into another language.
 */
export function textsOfHtml(html: string): HtmlText[] {
  const texts: HtmlText[] = [];
  const open: { name: string; key: string | undefined }[] = [];
  const visible = html.replaceAll(/<!--[^]*?-->/g, '');
  for (const [, closing, name = '', attributes = '', text = ''] of visible.matchAll(
    /<(\/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)/gi,
  )) {
    if (closing) open.pop();
    else if (name && !VOID.has(name)) {
      open.push({ name, key: /\sdata-text="([^"]*)"/.exec(attributes)?.[1] });
    }
    const shown = text.replaceAll(/\s+/g, ' ').trim();
    if (shown && open.length > 0 && !open.some(({ name }) => name === 'noscript')) {
      texts.push({ key: open.at(-1)?.key, text: shown });
    }
  }
  return texts;
}
