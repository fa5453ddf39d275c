import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { ConfigurationError, readConfiguration } from '../apps/identity-server/src/configuration';
import { readPages } from '../apps/identity-server/src/pages/page-languages';
import english, { provider } from '../apps/sign-in/src/languages/en';
import { toTemplate } from '../apps/sign-in/src/texts/template';

describe('a language that an operator adds', () => {
  let folder: string;
  const warn = jest.fn();
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'languages-'));
    warn.mockClear();
    // As the build of the pages writes it.
    const template = { ...toTemplate(english), provider };
    const languages = { en: { direction: 'ltr', texts: provider } };
    writeFileSync(join(folder, 'texts.json'), JSON.stringify({ template, languages }));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const read = (file: string, content: string | Buffer) => {
    const added = mkdtempSync(join(folder, 'added-'));
    writeFileSync(join(added, file), content);
    const { languages } = readConfiguration({ LANGUAGES_DIR: added });
    return readPages(folder, languages, { warn } as unknown as Logger).languages;
  };

  it('may say some of the texts, and the others are told', () => {
    const codes = { unused: { one: '# kod', other: '# koder' } };
    const texts = {
      direction: 'ltr',
      page: { signIn: 'Logga in' },
      codes,
      provider: { signOut: 'Logga ut' },
    };
    const { added, served, provider: ofProvider } = read('sv.json', JSON.stringify(texts));
    expect(added).toEqual(['sv']);
    expect(served['sv']).toEqual(texts);
    expect(ofProvider['sv']?.texts).toEqual({ ...provider, signOut: 'Logga ut' });
    expect(warn).toHaveBeenCalledWith({
      problem: 'a language lacks texts',
      language: 'sv',
      texts: expect.arrayContaining(['page.continue', 'codes.unusedSince', 'provider.signOutTitle']),
    });
  });

  it('may say a text of a number in one form, and be written with a byte order mark', () => {
    const texts = JSON.stringify({ codes: { unused: '# koder' } });
    expect(read('sv.json', `\ufeff${texts}`).added).toEqual(['sv']);
  });

  it.each<[what: string, file: string, content: unknown, line: RegExp]>([
    ['what is not JSON', 'sv.json', '{"page":\n', /^sv\.json: can't be read: \S/],
    [
      'other than UTF-8',
      'sv.json',
      Buffer.from('{"page":{"or":"\xe5"}}', 'latin1'),
      /^sv\.json: can't be read/,
    ],
    ['no object', 'sv.json', [], /^sv\.json: must be a text, or an object of texts$/],
    ['a number', 'sv.json', { page: { or: 1 } }, /^sv\.json: page\.or must be a text/],
    ['nothing for a text', 'sv.json', { page: { or: null } }, /^sv\.json: page\.or must be a text/],
    ['an empty text', 'sv.json', { page: { or: ' ' } }, /^sv\.json: page\.or is empty$/],
    ['HTML', 'sv.json', { page: { or: '<b>eller</b>' } }, /^sv\.json: page\.or must be a text without HTML$/],
    ['an entity of HTML', 'sv.json', { page: { or: 'el&shy;ler' } }, /^sv\.json: page\.or .* without HTML$/],
    [
      'a name for nothing',
      'sv.json',
      { page: { signin: 'a' } },
      /^sv\.json: page\.signin is no text of the pages$/,
    ],
    ['a name of every object', 'sv.json', { constructor: 'a' }, /^sv\.json: constructor is no text/],
    ['one text for many', 'sv.json', { page: 'a' }, /^sv\.json: page must be an object of texts$/],
    [
      'many texts for one',
      'sv.json',
      { page: { or: { other: 'a' } } },
      /^sv\.json: page\.or must be a text$/,
    ],
    ['a lost name', 'sv.json', { news: { renamed: 'Klart' } }, /^sv\.json: news\.renamed must name \{1\}$/],
    [
      'a lost time',
      'sv.json',
      { codes: { unusedSince: { one: '# kod, {2}', other: '# koder' } } },
      /^sv\.json: codes\.unusedSince must name \{2\}$/,
    ],
    [
      'a lost application',
      'sv.json',
      { provider: { deviceDoneHow: 'Klart' } },
      /^sv\.json: provider\.deviceDoneHow must name \{name\}$/,
    ],
    [
      'a place for nothing',
      'sv.json',
      { codes: { unused: { one: '# kod {3}', other: '# koder' } } },
      /^sv\.json: codes\.unused names \{3\}, which stands for nothing there$/,
    ],
    [
      'no form of other numbers',
      'sv.json',
      { codes: { unused: { one: 'a' } } },
      /^sv\.json: codes\.unused must have/,
    ],
    [
      'a form that there is not',
      'sv.json',
      { codes: { unused: { dual: 'a', other: 'b' } } },
      /^sv\.json: codes\.unused must have forms of zero, one, two, few, many, other,/,
    ],
    [
      'a direction that there is not',
      'sv.json',
      { direction: 'up' },
      /^sv\.json: direction must be ltr or rtl$/,
    ],
    ['a tag with an underscore', 'sv_SE.json', {}, /^sv_SE\.json: must be named by a language tag/],
    ['a tag in other letters', 'SV.json', {}, /^SV\.json: must be named by a language tag/],
    ['the name of a language', 'swedish-of-sweden.json', {}, /must be named by a language tag/],
  ])('is refused in one line that names its file and text: %s', (_what, file, content, line) => {
    const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
    let refused: unknown;
    try {
      read(file, isRaw ? content : JSON.stringify(content));
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(ConfigurationError);
    const { variable, message } = refused as ConfigurationError;
    expect(variable).toBe('LANGUAGES_DIR');
    expect(message.split('\n')).toEqual([expect.stringMatching(/^LANGUAGES_DIR: /)]);
    expect(message.slice('LANGUAGES_DIR: '.length)).toMatch(line);
  });

  it('is refused where its folder is none', () => {
    const languages = () => readConfiguration({ LANGUAGES_DIR: join(folder, 'nothing') });
    expect(languages).toThrow(/^LANGUAGES_DIR: [^\n]+nothing[^\n]*$/);
  });
});
