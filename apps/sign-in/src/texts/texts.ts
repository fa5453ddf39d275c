import english from '../languages/en';
import { chooseLanguage } from './choose-language';
import { type Formats, formatsOf } from './formats';
import type { Messages } from './messages';
import { wantedLanguages } from './wanted-languages';

type Language = (formats: Formats) => Messages;

/**
 * Each is loaded by whoever reads it alone. They import nothing that runs: what they would share with this file waits
 * for them.
 */
const others = import.meta.glob<Language>(['../languages/*.ts', '!../languages/en.ts'], {
  import: 'default',
});

const FOLDER = '../languages/';
const languageOf = (path: string) => path.slice(FOLDER.length, -'.ts'.length);

async function choose(): Promise<{ language: string; formats: Formats; texts: Messages }> {
  const { language, locale } = chooseLanguage(wantedLanguages(), [
    'en',
    ...Object.keys(others).map(languageOf),
  ]);
  // What can't be loaded is better read in English than not at all.
  const load = await others[`${FOLDER}${language}.ts`]?.().catch(() => null);
  const formats = formatsOf(load || language === 'en' ? locale : 'en');
  return load
    ? { language, formats, texts: load(formats) }
    : { language: 'en', formats, texts: english(formats) };
}

const { language, formats, texts } = await choose();

export { formats, texts };

/** Writes the language's texts into the page, which is in English and not yet shown (style.css). */
function fill({ page, direction }: Messages): void {
  const byKey: Record<string, string | undefined> = page;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    element.textContent = byKey[element.dataset['text'] ?? ''] ?? '';
  }
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
}

fill(texts);
