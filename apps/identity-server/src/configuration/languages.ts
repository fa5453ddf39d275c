import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Variables } from './variables';

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
  throw new Error(`${name}.json must be named by a language tag (BCP 47), such as sv.json or sr-Latn.json`);
}

function readTexts(path: string): LanguageTexts {
  let texts: unknown;
  try {
    texts = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} can't be read: ${(error as Error).message}`, { cause: error });
  }
  if (isTexts(texts)) return texts;
  throw new Error(`${path} must hold an object of texts, and of objects of texts`);
}

const isTexts = (value: unknown): value is LanguageTexts =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((text) => (typeof text === 'string' ? text.trim() !== '' : isTexts(text)));
