import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const SOURCES = join(ROOT, 'libs/experience-verification/src');

/** How many steps each section has. */
const STEPS = { '7.1': 29, '7.2': 25 };

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Rows of the tables under a heading, as cells. */
const rowsUnder = (page: string, heading: string): string[][] => {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading))!;
  return section
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (-|step |attack )/.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\||\|$/g, '').trim()));
};

/** Cells of the form "`test/file.spec.ts`: title", several apart by "; ". */
const testsIn = (cell: string): [file: string, title: string][] =>
  [...cell.matchAll(/`(test\/[\w/-]+\.spec\.ts)`: (.+?)(?=; `test\/|$)/g)].map(([, file, title]) => [
    file!,
    title!,
  ]);

const hasTest = (file: string, title: string): boolean =>
  existsSync(join(ROOT, file)) &&
  [`'${title}'`, `"${title}"`, `\`${title}\``].some((text) => read(file).includes(text));

describe.each(Object.entries(STEPS))('docs/conformance.md on section %s', (section, steps) => {
  const rows = rowsUnder(read('docs/conformance.md'), section);

  it('has every step, in order', () => {
    expect(rows.map(([step]) => Number(step))).toEqual(
      Array.from({ length: steps }, (_, index) => index + 1),
    );
  });

  it.each(rows)('step %s (%s) names code and tests that exist', (_step, _what, where, test) => {
    const tests = testsIn(test);
    expect(tests).not.toEqual([]);
    for (const [file, title] of tests)
      expect([file, title, hasTest(file, title)]).toEqual([file, title, true]);
    for (const [, file] of where.matchAll(/`([\w/-]+\.ts)`/g)) {
      const path = /^(apps|libs)\//.test(file!) ? join(ROOT, file!) : join(SOURCES, file!);
      expect([file, existsSync(path)]).toEqual([file, true]);
    }
    for (const [, file, names] of where.matchAll(/`([\w/-]+\.ts)`: ((?:`\w+`(?:, )?)+)/g)) {
      const source = readFileSync(join(SOURCES, file!), 'utf8');
      for (const [, name] of names!.matchAll(/`(\w+)`/g)) {
        expect([file, name, source.includes(name!)]).toEqual([file, name, true]);
      }
    }
  });
});

describe('docs/attacks.md', () => {
  it.each(rowsUnder(read('docs/attacks.md'), 'Attacks and their tests'))(
    '%s: names tests that exist',
    (_attack, test) => {
      const tests = testsIn(test);
      expect(tests).not.toEqual([]);
      for (const [file, title] of tests)
        expect([file, title, hasTest(file, title)]).toEqual([file, title, true]);
    },
  );
});
