import { chooseLanguage } from 'nestjs-passkey-openid-provider/choose-language';
import english from '../languages/en';
import { type Formats, formatsOf } from './formats';
import { offerLanguages } from './language-choice';
import { setTitle } from './page-title';
import type { Messages } from './messages';
import { fromTemplate, type Template, type Texts } from './template';
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

/** Languages that an operator added as JSON: the server names them in the page. */
const added = document.documentElement.dataset['languages']?.split(' ') ?? [];
const available = [...new Set(['en', ...Object.keys(others).map(languageOf), ...added])];

async function loadAdded(language: string): Promise<Template> {
  // Scripts are in a folder beside it, wherever the pages are.
  const path = `../languages/${language}.json`;
  const response = await fetch(new URL(path, import.meta.url));
  return (await response.json()) as Template;
}

async function load(language: string): Promise<Language> {
  const builtIn = (await others[`${FOLDER}${language}.ts`]?.()) ?? english;
  if (!added.includes(language)) return builtIn;
  const template = await loadAdded(language);
  return (formats) =>
    fromTemplate(builtIn(formats) as unknown as Texts, template, formats) as unknown as Messages;
}

async function choose(): Promise<{ language: string; formats: Formats; texts: Messages }> {
  const { language, locale } = chooseLanguage(wantedLanguages(), available);
  // What can't be loaded is better read in English than not at all.
  const loaded = await load(language).catch(() => null);
  const formats = formatsOf(loaded ? locale : 'en');
  return { language: loaded ? language : 'en', formats, texts: (loaded ?? english)(formats) };
}

const { language, formats, texts } = await choose();

export { formats, texts };

/** Writes the language's texts into the page, which is in English and not yet shown (style.css). */
function fill({ page, authorization: { terms, privacy }, direction }: Messages): void {
  const byKey: Record<string, string | undefined> = { ...page, terms, privacy };
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    const text = byKey[element.dataset['text'] ?? ''] ?? '';
    if (element instanceof HTMLTitleElement) setTitle(text);
    else element.textContent = text;
  }
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
}

fill(texts);
offerLanguages(available, language);
