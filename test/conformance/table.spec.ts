import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AUTHENTICATION_STEPS,
  OWNER_STEPS,
} from '../../libs/experience-verification/src/authentication/steps/authentication-steps';
import { COSE_ALGORITHMS } from '../../libs/experience-verification/src/webauthn/cose-algorithms';
import { ATTESTATION_FORMATS } from '../../libs/experience-verification/src/webauthn/relying-party';
import { REGISTRATION_STEPS } from '../../libs/experience-verification/src/registration/steps/registration-steps';

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
    .filter((line) => line.startsWith('| ') && !/^\| (-|step |attack |requirement )/.test(line))
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

/** A function, method, constant or class. */
const declares = (source: string, name: string): boolean =>
  new RegExp(
    `^ *(?:(?:export|abstract|async|get|private|protected|readonly|static) )*(?:(?:class|function|const) )?${name}\\b *(?:[(<=:{]|extends|implements)`,
    'm',
  ).test(source);

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
    for (const [, file] of where.matchAll(/`([\w./-]+\.ts)`/g)) {
      const path = /^(apps|libs)\//.test(file!) ? join(ROOT, file!) : join(SOURCES, file!);
      expect([file, existsSync(path)]).toEqual([file, true]);
    }
    for (const [, file, names] of where.matchAll(/`([\w./-]+\.ts)`: ((?:`\w+`(?:, )?)+)/g)) {
      const source = readFileSync(join(SOURCES, file!), 'utf8');
      for (const [, name] of names!.matchAll(/`(\w+)`/g)) {
        expect([file, name, declares(source, name!)]).toEqual([file, name, true]);
      }
    }
  });
});

const ENTRIES = [...REGISTRATION_STEPS, ...AUTHENTICATION_STEPS, ...OWNER_STEPS].map(({ step, check }) => ({
  step,
  name: check.name,
}));

/** Functions in files of steps that some text names, as "file name". */
const stepFunctionsIn = (text: string): string[] =>
  [...text.matchAll(/`([\w/-]+\.steps\.ts)`: ((?:`\w+`(?:, )?)+)/g)].flatMap(([, file, names]) =>
    [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => `${file} ${name}`),
  );

const isExported = (place: string): boolean => {
  const [file, name] = place.split(' ');
  return new RegExp(`export (async )?function ${name}\\(`).test(readFileSync(join(SOURCES, file!), 'utf8'));
};

describe('the tables of steps', () => {
  it('have every step once, in the order of the specification but for what they give a reason for', () => {
    expect(new Set(ENTRIES.map(({ step }) => step)).size).toBe(ENTRIES.length);
    const numbers = (steps: readonly { step: string }[]) =>
      steps.flatMap(({ step }) => /^7\.\d step (\d+)/.exec(step)?.[1] ?? []).map(Number);
    expect(numbers(REGISTRATION_STEPS)).toEqual(numbers(REGISTRATION_STEPS).sort((a, b) => a - b));
    const [found, ...rest] = numbers(AUTHENTICATION_STEPS);
    expect(found).toBe(6);
    expect(rest).toEqual([...rest].sort((a, b) => a - b));
  });

  it.each(Object.keys(STEPS))('are those that docs/conformance.md names in section %s', (section) => {
    const entries = ENTRIES.filter(({ step }) => step.startsWith(`${section} step `));
    for (const [number, , where] of rowsUnder(read('docs/conformance.md'), section)) {
      const named = stepFunctionsIn(where!);
      const ofTheTable = entries.filter(({ step }) => step.split(':')[0] === `${section} step ${number}`);
      expect([number, named.map((place) => place.split(' ')[1]).sort()]).toEqual([
        number,
        ofTheTable.map(({ name }) => name).sort(),
      ]);
      expect(named.filter((place) => !isExported(place))).toEqual([]);
    }
  });

  it('beside the steps are named on the page', () => {
    for (const { step, name } of ENTRIES.filter((entry) => !entry.step.includes(' step '))) {
      const page = read('docs/conformance.md');
      expect([step, page.includes(`\`${step}\``), page.includes(`\`${name}\``)]).toEqual([step, true, true]);
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

/** How many requirements each section of a chapter of OWASP ASVS 5.0 has. */
const ASVS = { V6: [3, 12, 8, 6, 8, 4, 2, 4], V7: [3, 4, 2, 5, 3, 2], V16: [1, 5, 4, 3, 4] };

describe('docs/asvs.md', () => {
  const page = read('docs/asvs.md');

  it.each(Object.entries(ASVS))('has every requirement of %s once, in order', (chapter, sections) => {
    const numbers = sections.flatMap((count, section) =>
      Array.from({ length: count }, (_, index) => `${chapter.slice(1)}.${section + 1}.${index + 1}`),
    );
    expect(rowsUnder(page, `${chapter} `).map(([number]) => number)).toEqual(numbers);
  });

  it.each([...Object.keys(ASVS), 'NIST'].flatMap((chapter) => rowsUnder(page, `${chapter} `)))(
    '%s: names tests that exist, a document, or why it does not apply',
    (...cells) => {
      const [where, test] = cells.slice(-2) as [string, string];
      const tests = testsIn(test);
      if (tests.length === 0) expect(where).toMatch(/^does not apply: .|^\[.+\]\(.+\)/);
      for (const [file, title] of tests)
        expect([file, title, hasTest(file, title)]).toEqual([file, title, true]);
    },
  );
});

describe('what docs/conformance.md says of formats and algorithms', () => {
  const text = read('docs/conformance.md');
  const section = (title: string) => text.split(`\n## ${title}\n`)[1]!.split('\n## ')[0]!;

  it('is about every statement format that a policy can name', () => {
    const rows = [...section('Attestation statements').matchAll(/^\| `([a-z0-9-]+)`/gm)];
    expect(rows.map(([, format]) => format).sort()).toEqual([...ATTESTATION_FORMATS].sort());
  });

  it('is about every algorithm that a policy can name', () => {
    const [, list = ''] = /may list: (.*?)\. Each registers/s.exec(section('Algorithms')) ?? [];
    const told = list.replaceAll(/\([^)]*\)/g, '').split(/,|\band\b/);
    expect(told.map((name) => name.trim()).sort()).toEqual(
      COSE_ALGORITHMS.filter(({ askedWith }) => !askedWith)
        .map(({ name }) => name)
        .sort(),
    );
  });
});
