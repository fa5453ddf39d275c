import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { type ProviderLanguages, type ProviderTexts, providerTexts } from 'nestjs-passkey-openid-provider';
import { ConfigurationError } from '../configuration';
import type { LanguageTexts } from '../configuration/languages';
import { english as messageTexts, type MessageLanguages, type MessageTexts } from '../messages/message-texts';

/** What the build of apps/sign-in writes down (src/texts/for-the-server.ts). */
interface BuiltTexts {
  template: LanguageTexts & { provider: ProviderTexts; messages: MessageTexts };
  languages: Record<string, { direction: 'ltr' | 'rtl'; texts: ProviderTexts; messages: MessageTexts }>;
}

export interface PageLanguages {
  /** JSON of what an operator's language begins with, and of each that was added. */
  served: Record<string, LanguageTexts>;
  /** Tags of those that were added. */
  added: string[];
  provider: ProviderLanguages;
  messages: MessageLanguages;
}

/** The built pages in `folder`, in their languages. */
export interface Pages {
  folder: string;
  languages: PageLanguages;
}

const NUMBER_FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];

/**
 * The built pages in `folder`, and the languages that an operator adds: what these lack stays as it is, and is told.
 * @throws ConfigurationError for the first text that the pages have no place for, or that is not of its kind
 */
export function readPages(folder: string, added: Record<string, LanguageTexts>, logger: Logger): Pages {
  const file = join(folder, 'texts.json');
  if (!existsSync(file)) return { folder, languages: { served: {}, added: [], provider: {}, messages: {} } };
  const built = JSON.parse(readFileSync(file, 'utf8')) as BuiltTexts;
  const provider: ProviderLanguages = { ...built.languages };
  const messages: MessageLanguages = Object.fromEntries(
    Object.entries(built.languages).map(([tag, { direction, messages: texts, texts: links }]) => [
      tag,
      { direction, texts, links },
    ]),
  );
  for (const [language, texts] of Object.entries(added)) {
    const missing = compare(built.template, texts, `${language}.json: `);
    if (missing.length > 0) logger.warn({ problem: 'a language lacks texts', language, texts: missing });
    const former = built.languages[language];
    const direction = texts['direction'] === 'rtl' ? 'rtl' : 'ltr';
    const ofProvider = {
      ...(former?.texts ?? providerTexts),
      ...(texts['provider'] as Partial<ProviderTexts> | undefined),
    };
    provider[language] = { direction, texts: ofProvider };
    messages[language] = {
      direction,
      texts: {
        ...(former?.messages ?? messageTexts),
        ...(texts['messages'] as Partial<MessageTexts> | undefined),
      },
      links: ofProvider,
    };
  }
  const served = { en: built.template, ...added };
  return { folder, languages: { served, added: Object.keys(added), provider, messages } };
}

const refusal = (problem: string) => new ConfigurationError('LANGUAGES_DIR', problem);

/**
 * @param path of the texts: a file, and names in it
 * @returns the names of those that are missing
 */
function compare(template: LanguageTexts, texts: LanguageTexts, path: string): string[] {
  const unknown = Object.keys(texts).find((name) => !Object.hasOwn(template, name));
  if (unknown !== undefined) throw refusal(`${path}${unknown} is no text of the pages`);
  return Object.entries(template).flatMap(([name, expected]) => {
    const here = path + name;
    const text = texts[name];
    if (text === undefined) return [name];
    if (typeof expected === 'object' && !('other' in expected)) {
      if (typeof text === 'string') throw refusal(`${here} must be an object of texts`);
      return compare(expected, text, `${here}.`).map((missing) => `${name}.${missing}`);
    }
    if (name === 'direction' && text !== 'ltr' && text !== 'rtl') throw refusal(`${here} must be ltr or rtl`);
    checkText(expected, text, here);
    return [];
  });
}

function checkText(expected: string | LanguageTexts, text: string | LanguageTexts, path: string): void {
  const isCounted = typeof expected === 'object';
  const forms: LanguageTexts = typeof text === 'object' ? text : { other: text };
  if (typeof text === 'object' && !isCounted) throw refusal(`${path} must be a text`);
  const { other } = forms;
  if (typeof other !== 'string' || Object.keys(forms).some((form) => !NUMBER_FORMS.includes(form))) {
    throw refusal(`${path} must have forms of ${NUMBER_FORMS.join(', ')}, and "other" among them`);
  }
  const expectedPlaces = placesOf(isCounted ? expected['other'] : expected);
  const lacking = expectedPlaces.filter((place) => !placesOf(other).includes(place));
  if (lacking.length > 0) throw refusal(`${path} must name ${lacking.join(' and ')}`);
  const unknown = Object.values(forms)
    .flatMap(placesOf)
    .find((place) => !expectedPlaces.includes(place));
  if (unknown !== undefined) throw refusal(`${path} names ${unknown}, which stands for nothing there`);
}

const placesOf = (text: string | LanguageTexts | undefined): string[] =>
  typeof text === 'string' ? (text.match(/\{\w+\}/g) ?? []) : [];
