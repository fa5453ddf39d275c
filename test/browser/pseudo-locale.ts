import type { Template } from '../../apps/sign-in/src/texts/template';

/** Letters that people take for the plain ones, higher and lower than they are. */
const ACCENTED: Record<string, string> = {
  ...{ a: 'å', c: 'ç', e: 'é', g: 'ĝ', i: 'î', n: 'ñ', o: 'ö', s: 'š', u: 'û', y: 'ý', z: 'ž' },
  ...{ A: 'Å', C: 'Ç', D: 'Ð', E: 'É', I: 'Î', N: 'Ñ', O: 'Ö', S: 'Š', U: 'Û', W: 'Ŵ', Y: 'Ý' },
};

/** A word of English, accented and 40 % longer: German and Finnish have such. */
function lengthen(word: string): string {
  const more = Math.ceil(word.length * 0.4);
  const accented = word.replace(/[a-z]/gi, (letter) => ACCENTED[letter] ?? letter);
  return accented.slice(0, -1) + (accented.at(-1) ?? '').repeat(more + 1);
}

/** @param text of the pages, whose `{1}`, `{name}` and `#` stay */
const toPseudoText = (text: string): string =>
  text.replace(/\{\w+\}|[a-z]+/gi, (part) => (part.startsWith('{') ? part : lengthen(part)));

/** The texts of the pages in a language that nobody speaks: it shows what is too narrow for another one. */
export function toPseudoLocale(texts: Template): Template {
  const made = Object.entries(texts).map(([name, text]) => [
    name,
    typeof text === 'string' ? toPseudoText(text) : toPseudoLocale(text as Template),
  ]);
  return { ...(Object.fromEntries(made) as Template), ...('direction' in texts && { direction: 'ltr' }) };
}
