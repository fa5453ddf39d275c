import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import * as ts from 'typescript';
import english from '../apps/sign-in/src/languages/en';
import { chooseLanguage } from '../libs/openid-provider/src/pages/choose-language';
import { type Formats, formatsOf } from '../apps/sign-in/src/texts/formats';
import type { Messages } from '../apps/sign-in/src/texts/messages';
import { english as messageTexts } from '../apps/identity-server/src/messages/message-texts';
import { AUDIT_EVENTS } from '../libs/experience-verification/src/audit/audit-event';
import { english as providerTexts } from '../libs/openid-provider/src/pages/texts';
import { fromTemplate, type Texts, toTemplate } from '../apps/sign-in/src/texts/template';
import { textsOfHtml } from './support/html-texts';
import { literalTexts } from './support/literal-texts';

const PAGES = resolve('apps/sign-in');
const LANGUAGES = join(PAGES, 'src/languages');

type Text = string | ((...values: (string | number)[]) => unknown);

/** Texts by their paths: `problems.user.suspended`. */
function flat(messages: object, path = ''): Record<string, Text> {
  return Object.fromEntries(
    Object.entries(messages).flatMap(([name, value]) =>
      typeof value === 'object'
        ? Object.entries(flat(value as object, `${path}${name}.`))
        : [[path + name, value as Text]],
    ),
  );
}

interface LanguageFile {
  default: (formats: Formats) => Messages;
  provider: Record<string, string>;
  messages: Record<string, string>;
}
const fileOf = (language: string) => import(join(LANGUAGES, language)) as Promise<LanguageFile>;
const load = async (language: string, formats = formatsOf(language)): Promise<Messages> =>
  (await fileOf(language)).default(formats);

const languages = readdirSync(LANGUAGES).map((file) => basename(file, '.ts'));
const inEnglish = english(formatsOf('en'));

describe('the texts of the pages', () => {
  it('are in the languages that docs/languages.md names', () => {
    const [, named] = /^Built in: (.*)\.$/m.exec(readFileSync('docs/languages.md', 'utf8')) ?? [];
    expect(named?.match(/(?<=`)[\w-]+(?=`)/g)).toEqual(languages);
    expect(languages).toEqual(languages.map((language) => Intl.getCanonicalLocales(language)[0]));
  });

  describe.each(languages)('in %s', (language) => {
    let texts: Record<string, Text>;
    beforeAll(async () => {
      texts = flat(await load(language));
    });

    it('are all there for the pages of the OpenID Provider, and name the application', async () => {
      const { provider } = await fileOf(language);
      expect(Object.keys(provider).sort()).toEqual(Object.keys(providerTexts).sort());
      for (const [name, text] of Object.entries(providerTexts)) {
        expect(provider[name]).not.toBe('');
        expect([name, provider[name]?.includes('{name}')]).toEqual([name, text.includes('{name}')]);
      }
    });

    it('are all there for messages to owners, and name the product and its address', async () => {
      const { messages } = await fileOf(language);
      expect(Object.keys(messages).sort()).toEqual(Object.keys(messageTexts).sort());
      for (const [name, text] of Object.entries(messageTexts)) {
        const places = (of = '') => of.match(/\{\w+\}/g)?.sort() ?? [];
        expect(messages[name]).not.toBe('');
        expect([name, places(messages[name])]).toEqual([name, places(text)]);
      }
    });

    it('have each form of a number that the language has', async () => {
      const rules = new Intl.PluralRules(language);
      const counts = Array.from({ length: 1000 }, (_, count) => rules.select(count));
      const needed = new Set<string>([...counts, 'other']);
      const counted = jest.fn<string, [number, object]>(() => '');
      const made = flat(await load(language, { ...formatsOf(language), counted }));
      for (const text of Object.values(made)) if (typeof text === 'function') text(1, 2, 3);
      expect(counted.mock.calls.length).toBeGreaterThan(4);
      for (const [, forms] of counted.mock.calls)
        expect(Object.keys(forms).sort()).toEqual([...needed].sort());
    });

    it('are all there, and no more', () => {
      expect(Object.keys(texts).sort()).toEqual(Object.keys(flat(inEnglish)).sort());
      expect(Object.values(texts)).not.toContain('');
      expect(texts['direction']).toMatch(/^(ltr|rtl)$/);
    });

    it('say each value that they are given', () => {
      const written = (value: number) => `${value}|${new Intl.NumberFormat(language).format(value)}`;
      const values = [7, 8, 9];
      for (const [path, text] of Object.entries(flat(inEnglish))) {
        if (typeof text !== 'function') continue;
        const given = values.slice(0, text.length);
        const made = String((texts[path] as typeof text)(...given));
        for (const value of given)
          expect([path, made]).toEqual([path, expect.stringMatching(written(value))]);
      }
    });
  });

  it('say what can happen to an account', () => {
    // No account has these: it is gone, or nobody's.
    const OF_NO_ACCOUNT =
      /^(user\.deleted|passkeys\.exported|management\.|administrator-link\.|invitation\.|webhook\.|application\.|application-secret\.|group\.(?!members))/;
    const types = Object.keys(AUDIT_EVENTS).filter((type) => !OF_NO_ACCOUNT.test(type));
    expect(Object.keys(inEnglish.events.types).sort()).toEqual(types.sort());
  });

  it('are the same when they come from JSON', () => {
    const template = JSON.parse(JSON.stringify(toTemplate(english))) as ReturnType<typeof toTemplate>;
    const empty = flat(fromTemplate(inEnglish as unknown as Texts, {}, formatsOf('en')));
    const made = flat(fromTemplate(inEnglish as unknown as Texts, template, formatsOf('en')));
    expect(template['codes']).toMatchObject({
      unusedSince: { one: 'You have # unused code, made {2}.', other: 'You have # unused codes, made {2}.' },
    });
    for (const [path, text] of Object.entries(flat(inEnglish))) {
      for (const values of [
        [1, '{2}', 3],
        [2, 5, 6],
      ]) {
        const said = typeof text === 'function' ? text(...values) : text;
        for (const texts of [made, empty]) {
          const other = texts[path];
          const saidOtherwise = typeof other === 'function' ? other(...values) : other;
          expect([path, String(saidOtherwise)]).toEqual([path, String(said)]);
        }
      }
    }
  });

  it('count as the language does', async () => {
    const german = await load('de');
    expect([1, 2].map(inEnglish.codes.unused)).toEqual([
      'You have 1 unused code.',
      'You have 2 unused codes.',
    ]);
    expect([1, 1000].map(german.codes.unused)).toEqual([
      'Sie haben 1 unbenutzten Code.',
      'Sie haben 1.000 unbenutzte Codes.',
    ]);
    expect(inEnglish.waitSeconds(1)).toBe('Too many attempts. Wait a second, then try again.');
    expect(german.waitMinutes(3)).toContain('Warten Sie 3 Minuten,');
  });

  it('name days as the locale does', () => {
    const date = new Date(2026, 10, 5);
    const inLocale = (locale: string) => {
      const formats = formatsOf(locale);
      return [...[-1, 0, 1, 2].map(formats.recentDay), formats.date(date)];
    };
    expect(inLocale('en-US')).toEqual(['today', 'today', 'yesterday', null, 'Nov 5, 2026']);
    expect(inLocale('en-GB')).toEqual(['today', 'today', 'yesterday', null, '5 Nov 2026']);
    expect(inLocale('de')).toEqual(['heute', 'heute', 'gestern', null, '05.11.2026']);
  });
});

describe('the language', () => {
  it.each([
    [['de'], 'de', 'de'],
    [['de-AT', 'en'], 'de', 'de-AT'],
    [['DE-at'], 'de', 'de-AT'],
    [['en-GB', 'de'], 'en', 'en-GB'],
    [['fr-CA', 'de-Latn-CH', 'en'], 'de', 'de-Latn-CH'],
    [['fr', 'it'], 'en', 'en'],
    [['', '*', 'de_DE', '../de', 'd'], 'en', 'en'],
    [['zh-Hant-TW'], 'zh-Hant', 'zh-Hant-TW'],
    [['zh-TW'], 'zh-Hant', 'zh-TW'],
    [['zh-CN', 'de'], 'de', 'de'],
    [[], 'en', 'en'],
  ])('for %j is %s, in the manner of %s', (wanted, language, locale) => {
    expect(chooseLanguage(wanted, ['en', 'de', 'zh-Hant'])).toEqual({ language, locale });
  });
});

describe('the pages', () => {
  describe.each(['index.html', 'account.html', 'not-found.html'])('%s', (file) => {
    const texts = textsOfHtml(readFileSync(join(PAGES, file), 'utf8'));
    const page: Record<string, string | undefined> = inEnglish.page;

    it('says nothing but what its languages do, and that in English', () => {
      expect(texts.length).toBeGreaterThan(3);
      for (const { key, text } of texts) expect([key, text]).toEqual([key, page[key ?? '']]);
    });

    it('names no attribute of people in English alone', () => {
      const html = readFileSync(join(PAGES, file), 'utf8');
      const attributes =
        /\s(?:aria-label|aria-description|aria-roledescription|title|placeholder)=|alt="[^"]/;
      expect(html).not.toMatch(attributes);
      for (const [, key = ''] of html.matchAll(/data-missing="([^"]*)"/g)) {
        expect(Object.keys(inEnglish.missing)).toContain(key);
      }
    });
  });

  it('have every text of their HTML in use', () => {
    const html = ['index.html', 'account.html', 'not-found.html']
      .map((file) => readFileSync(join(PAGES, file), 'utf8'))
      .join();
    const script = scripts()
      .map((file) => readFileSync(file, 'utf8'))
      .join();
    for (const key of Object.keys(inEnglish.page)) {
      expect([key, html.includes(`data-text="${key}"`) || script.includes(`page.${key}`)]).toEqual([
        key,
        true,
      ]);
    }
  });

  it('have no text in their scripts but in the files of languages', () => {
    const found = scripts().flatMap((file) => {
      const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
      return literalTexts(source).map((text) => [relative(PAGES, file), text]);
    });
    expect(found).toEqual([]);
  });
});

/** Texts, and Swagger UI's page, which is in English as the document is that it shows. */
const NOT_SEARCHED = /^(?:languages|administration\/(?:texts|german)|pages\/docs-page)\b/;

const scripts = () =>
  readdirSync(join(PAGES, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !NOT_SEARCHED.test(file))
    .map((file) => join(PAGES, 'src', file));
