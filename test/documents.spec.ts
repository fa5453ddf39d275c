import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { variablesRead } from './support/variables-read';

const ROOT = resolve(__dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(ROOT, 'libs')).map((name) => `libs/${name}/README.md`),
  'examples/README.md',
  ...readdirSync(join(ROOT, 'examples'))
    .filter((name) => !name.includes('.'))
    .map((name) => `examples/${name}/README.md`),
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const SOURCES = ['apps', 'libs', 'test', 'bench', 'scripts', 'examples', 'deploy', 'docs/site'].flatMap(
  filesIn,
);

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name === '.artifacts') return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

const SOURCE_TEXT = [
  ...SOURCES.filter((path) => /\.(ts|cjs|mjs|mts)$/.test(path)),
  'package.json',
  'ormconfig.ts',
]
  .map(read)
  .join('\n');

/** Every match's first group. */
const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1]!);

/** As GitHub makes them of headings. */
const anchorsOf = (text: string): string[] =>
  all(text, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const variablesOfTheServer = variablesRead().filter((name) => !name.endsWith('_FILE'));

/** OpenTelemetry's, of which docs/operations.md says that they do nothing. */
const OF_NO_USE = ['OTEL_PROPAGATORS', 'OTEL_BSP_MAX_QUEUE_SIZE', 'OTEL_LOG_LEVEL'];

describe.each(DOCUMENTS)('%s', (document) => {
  const text = read(document);
  const code = all(text, /`([^`\n]+)`/g);

  it('links to what is there', () => {
    const broken = all(text, /\]\(([^)\s]+)\)/g).filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path ? resolve(ROOT, dirname(document), path) : join(ROOT, document);
      const exists = statSync(target, { throwIfNoEntry: false });
      if (!exists) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names files that are there', () => {
    const named = code.filter((word) => /^\w[\w.@/-]*\.(ts|cjs|mjs|mts|json|md)$/.test(word));
    const missing = named.filter(
      (name) =>
        !statSync(join(ROOT, name), { throwIfNoEntry: false }) &&
        !SOURCES.some((path) => path.endsWith(`/${name}`)),
    );
    expect(missing).toEqual([]);
  });

  it('names folders that are there', () => {
    const named = code.filter((word) => /^(apps|libs|test|bench|docs)\/[\w./-]+$|^[\w-]+\/$/.test(word));
    const missing = named.filter((path) => {
      const parts = `/${path.replace(/\/$/, '')}`;
      return !isMade(path) && ![...SOURCES, ...DOCUMENTS].some((source) => `/${source}`.includes(parts));
    });
    expect(missing).toEqual([]);
  });

  it('names npm scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const missing = all(text, /npm run ([\w:]+)/g).filter((name) => !(name in scripts));
    expect(missing).toEqual([]);
  });

  it('runs tests that are there', () => {
    const patterns = [
      ...all(text, /npx jest (?:--\S+ )*(test\/[\w/.-]+)/g),
      ...all(text, /npm run test:faults -- ([\w-]+)/g).map((name) => `test/faults/${name}`),
      ...all(text, /npm run test:cluster -- ([\w-]+)/g).map((name) => `test/cluster/${name}`),
    ];
    const missing = patterns.filter(
      (pattern) => !SOURCES.some((path) => path.startsWith(pattern) && path.endsWith('.spec.ts')),
    );
    // An example of how to name one.
    expect(missing.filter((pattern) => pattern !== 'test/faults/NAME')).toEqual([]);
  });

  it('names environment variables that are read', () => {
    const isKnown = (name: string) =>
      SOURCE_TEXT.includes(name) || variablesOfTheServer.includes(name) || OF_NO_USE.includes(name);
    const named = code.flatMap((word) => all(word, /^([A-Z]+(?:_[A-Z]+)+)(?:=|$)/g));
    expect(named.filter((name) => !isKnown(name))).toEqual([]);
  });
});

describe('docs/known-reports.md', () => {
  const rows = read('docs/known-reports.md')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (report|what was tried|-+) /.test(line));

  it('names tests that are there, by words of their titles', () => {
    const missing = rows.flatMap((row) => {
      const tests = [...row.matchAll(/`(test\/[\w./-]+)`(?:: “([^”]+)”)?/g)];
      if (tests.length === 0) return [row];
      return tests.filter(([, file, title]) => title && !read(file!).includes(title)).map(([named]) => named);
    });
    expect(missing).toEqual([]);
  });

  it('has each report once, under the address that it names', () => {
    const reports = rows.flatMap((row) => [
      ...row.matchAll(/\[([^\]]+)\]\(https:\/\/github\.com\/([^)]+)\)/g),
    ]);
    expect(reports.length).toBeGreaterThanOrEqual(63);
    expect(reports.filter(([, name, path]) => name!.replace(' ', '/issues/') !== path)).toEqual([]);
    expect(new Set(reports.map(([, name]) => name)).size).toBe(reports.length);
  });
});

describe('docs/openid-conformance.md', () => {
  it('names tests that are there, by words of their titles', () => {
    const named = [...read('docs/openid-conformance.md').matchAll(/`(test\/[\w./-]+)`: “([^”]+)”/g)];
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter(([, file, title]) => !read(file!).includes(title!)).map(([row]) => row)).toEqual([]);
  });
});

/** What the build and the runs make. */
const isMade = (path: string): boolean => /^(dist|data|coverage|test\/\.artifacts)/.test(path);

describe('the configuration in README', () => {
  const table = read('README.md').split('## Configuration')[1]!.split('\n## ')[0]!;
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const told = rows.flatMap((row) => all(row.split('|')[1]!, /`([A-Z_]+)`/g));

  it('has every variable that the server reads, and no other', () => {
    expect(variablesOfTheServer.length).toBeGreaterThan(20);
    expect(told.toSorted()).toEqual(variablesOfTheServer.toSorted());
  });
});

const removedChecks = () =>
  SOURCES.filter((path) => path.startsWith('test/mutations/removed-checks/')).flatMap((path) =>
    jest.requireActual<{ removal: () => unknown; spec: string }[]>(`../${path}`),
  );

describe('the checks that npm run test:mutations removes', () => {
  it('are where they are looked for', () => {
    for (const { removal } of removedChecks()) expect(removal).not.toThrow();
    expect(removedChecks().filter(({ spec }) => !SOURCES.includes(spec))).toEqual([]);
  });
});

describe('the figures of docs/reliability.md', () => {
  const text = read('docs/reliability.md');

  it('count the removed checks', () => {
    const [count] = all(text, /security checks removed, one at a time\s*\|\s*(\d+)/g);
    expect(Number(count)).toBe(removedChecks().length);
  });

  it('count the steps of the specification', () => {
    const sections = read('docs/conformance.md').split(/^## /m);
    const stepsOf = (number: string) =>
      sections.find((section) => section.startsWith(`${number} `))!.match(/^\| \d+\s+\|/gm)!.length;
    const [registration] = all(text, /sections 7\.1 and 7\.2\s*\|\s*(\d+) and/g);
    const [authentication] = all(text, /sections 7\.1 and 7\.2\s*\|\s*\d+ and (\d+)/g);
    expect([Number(registration), Number(authentication)]).toEqual([stepsOf('7.1'), stepsOf('7.2')]);
  });

  it('count the vectors of the specification', () => {
    const { vectors } = JSON.parse(read('test/conformance/webauthn-l3-vectors.json')) as {
      vectors: unknown[];
    };
    const [count] = all(text, /the specification's (\d+) test vectors/g);
    expect(Number(count)).toBe(vectors.length);
  });
});

describe('the site of the documents', () => {
  it('has all of them', () => {
    const sections = JSON.parse(read('docs/site/pages.json')) as { pages: Record<string, string> }[];
    const pages = sections.flatMap((section) => Object.values(section.pages));
    expect(pages.toSorted()).toEqual([...DOCUMENTS, 'CHANGELOG.md'].toSorted());
  });
});
