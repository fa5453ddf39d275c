import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { type ProviderLanguages, type ProviderTexts, providerTexts } from 'nestjs-passkey-openid-provider';
import { ConfigurationError } from '../configuration';
import type { LanguageTexts } from '../configuration/languages';

/** What the build of apps/sign-in writes down (src/texts/for-the-server.ts). */
interface BuiltTexts {
  template: LanguageTexts & { provider: ProviderTexts };
  languages: ProviderLanguages;
}

export interface PageLanguages {
  /** JSON of what an operator's language begins with, and of each that was added. */
  served: Record<string, LanguageTexts>;
  /** Tags of those that were added. */
  added: string[];
  provider: ProviderLanguages;
}

const NUMBER_FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];

/**
 * The languages of the built pages in `folder`, and those that an operator adds: what these lack stays as it is, and is told.
 * @throws ConfigurationError for a text that is not of the kind that it has to be
 */
export function languagesOf(
  folder: string | undefined,
  added: Record<string, LanguageTexts>,
  logger: Logger,
): PageLanguages {
  const file = folder && join(folder, 'texts.json');
  if (!file || !existsSync(file)) return { served: {}, added: [], provider: {} };
  const built = JSON.parse(readFileSync(file, 'utf8')) as BuiltTexts;
  const provider = { ...built.languages };
  for (const [language, texts] of Object.entries(added)) {
    const { missing, unknown } = compare(built.template, texts, language);
    if (missing.length > 0) logger.warn({ problem: 'a language lacks texts', language, texts: missing });
    if (unknown.length > 0)
      logger.warn({ problem: 'a language has unknown texts', language, texts: unknown });
    const former = built.languages[language];
    provider[language] = {
      direction: texts['direction'] === 'rtl' ? 'rtl' : 'ltr',
      texts: {
        ...(former?.texts ?? providerTexts),
        ...(texts['provider'] as Partial<ProviderTexts> | undefined),
      },
    };
  }
  return { served: { en: built.template, ...added }, added: Object.keys(added), provider };
}

interface Difference {
  missing: string[];
  unknown: string[];
}

/** @param path of the texts: a language, and names in it */
function compare(template: LanguageTexts, texts: LanguageTexts, path: string): Difference {
  const unknown = Object.keys(texts).filter((name) => !(name in template));
  const difference: Difference = { missing: [], unknown: unknown.map((name) => `${path}.${name}`) };
  for (const [name, expected] of Object.entries(template)) {
    const here = `${path}.${name}`;
    const text = texts[name];
    if (text === undefined) difference.missing.push(here);
    else if (typeof expected === 'object' && !('other' in expected)) {
      if (typeof text === 'string')
        throw new ConfigurationError('LANGUAGES_DIR', `${here} must be an object`);
      const inside = compare(expected, text, here);
      difference.missing.push(...inside.missing);
      difference.unknown.push(...inside.unknown);
    } else checkText(expected, text, here);
  }
  return difference;
}

function checkText(expected: string | LanguageTexts, text: string | LanguageTexts, path: string): void {
  const refuse = (problem: string) => new ConfigurationError('LANGUAGES_DIR', `${path} ${problem}`);
  const isCounted = typeof expected === 'object';
  const forms: LanguageTexts = typeof text === 'object' ? text : { other: text };
  if (typeof text === 'object' && !isCounted) throw refuse('must be a text');
  const { other } = forms;
  if (typeof other !== 'string' || Object.keys(forms).some((form) => !NUMBER_FORMS.includes(form))) {
    throw refuse(`must have forms of ${NUMBER_FORMS.join(', ')}, and "other" among them`);
  }
  const ofText = placesOf(other);
  const lacking = placesOf(isCounted ? expected['other'] : expected).filter(
    (place) => !ofText.includes(place),
  );
  if (lacking.length > 0) throw refuse(`must name ${lacking.join(' and ')}`);
}

const placesOf = (text: string | LanguageTexts | undefined): string[] =>
  typeof text === 'string' ? (text.match(/\{\w+\}/g) ?? []) : [];
