import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Variables } from './variables';
import { fromJson } from './json';

/** Texts by their names, as `/languages/en.json` has them. */
export interface LanguageTexts {
  [name: string]: string | LanguageTexts;
}

export interface LanguageConfiguration {
  /** Languages that the operator adds to those that are built in, by BCP 47 tag. */
  languages: Record<string, LanguageTexts>;
}

export const readLanguages = (variables: Variables): LanguageConfiguration => ({
  languages: variables.parsed('LANGUAGES_DIR', toLanguages) ?? {},
});

const toLanguages = (folder: string): Record<string, LanguageTexts> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [toTag(basename(file, '.json')), readTexts(join(folder, file))]),
  );

function toTag(name: string): string {
  try {
    if (Intl.getCanonicalLocales(name)[0] === name) return name;
  } catch {
    // It is told as one that is spelt otherwise.
  }
  throw new Error(`${name}.json: must be named by a language tag (BCP 47), such as sv.json or sr-Latn.json`);
}

function readTexts(path: string): LanguageTexts {
  const file = basename(path);
  let texts: unknown;
  try {
    texts = fromJson(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)));
  } catch (error) {
    throw new Error(`${file}: can't be read: ${(error as Error).message}`, { cause: error });
  }
  return toTexts(texts, file, []);
}

/** Tags and entities of HTML, which the pages would show as they are written. */
const HTML = /<[a-z!/]|&(?:#\d+|#x[\da-f]+|[a-z]+);/i;

function toTexts(value: unknown, file: string, path: string[]): LanguageTexts {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${file}: ${named(path)}must be a text, or an object of texts`);
  const texts = Object.entries(value).map(([name, text]: [string, unknown]) => {
    const here = [...path, name];
    if (typeof text !== 'string') return [name, toTexts(text, file, here)];
    if (text.trim() === '') throw new Error(`${file}: ${named(here)}is empty`);
    if (HTML.test(text)) throw new Error(`${file}: ${named(here)}must be a text without HTML`);
    return [name, text];
  });
  return Object.fromEntries(texts) as LanguageTexts;
}

const named = (path: string[]): string => (path.length > 0 ? `${path.join('.')} ` : '');
