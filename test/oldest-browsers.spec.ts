import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { parse } from 'acorn';

/** What all of Chrome, Firefox and Safari of two years ago have: each release of November 2024 and later. */
const SYNTAX = 2023;

/** What one of them got later, by how it is found in a script, a style sheet or a page. */
const LATER: Record<string, RegExp> = {
  getClientCapabilities: /\bgetClientCapabilities\b/,
  signalUnknownCredential: /\bsignalUnknownCredential\b/,
  signalCurrentUserDetails: /\bsignalCurrentUserDetails\b/,
  signalAllAcceptedCredentials: /\bsignalAllAcceptedCredentials\b/,
  'PublicKeyCredential from JSON': /\bparse(Creation|Request)OptionsFromJSON\b/,
  'PublicKeyCredential to JSON': /\bcredential\.toJSON\b/,
  'Promise.try': /\bPromise\.try\b/,
  'RegExp.escape': /\bRegExp\.escape\b/,
  'bytes from and to text': /\b(from|to|setFrom)(Base64|Hex)\(/,
  'Error.isError': /\bError\.isError\b/,
  'Math.sumPrecise': /\bMath\.sumPrecise\b/,
  Float16Array: /\bFloat16Array\b/,
  Temporal: /\bTemporal\./,
  'iterator helpers':
    /\bIterator\.(from|concat|prototype)\b|(?<!\bObject)\.(values|keys|entries|matchAll)\([^()]*\)\.(map|filter|take|drop|flatMap|reduce|toArray|forEach|some|every|find)\(/,
  'Map.getOrInsert': /\.getOrInsert(Computed)?\(/,
  'Intl.DurationFormat': /\bDurationFormat\b/,
  cookieStore: /\bcookieStore\b/,
  URLPattern: /\bURLPattern\b/,
  navigation: /\bnavigation\.(navigate|addEventListener|currentEntry)\b/,
  'view transitions': /\bstartViewTransition\b|@view-transition|view-transition-name/,
  scheduler: /\bscheduler\.(yield|postTask)\b/,
  moveBefore: /\.moveBefore\(/,
  setHTML: /\.setHTML\(/,
  CloseWatcher: /\bCloseWatcher\b/,
  requestClose: /\.requestClose\(/,
  closedby: /\bclosed-?by\b/i,
  commandfor: /\bcommandfor\b/i,
  'sizes by content': /field-sizing|interpolate-size|calc-size\(/,
  'anchors in style sheets': /anchor-name|position-anchor|\banchor\(/,
  '@scope': /@scope\b/,
  '@function': /@function\b/,
  'timelines in style sheets': /animation-timeline/,
  'text-wrap: pretty': /text-wrap(-style)?:\s*pretty/,
  'text-box': /text-box(-trim|-edge)?:/,
  'contrast-color()': /contrast-color\(/,
  'base-select': /base-select/,
};

/** What is used where it is there, and what is without it. test/browser/oldest-browsers.spec.ts takes all of it away. */
const WITHOUT: Record<string, string> = {
  getClientCapabilities: 'nothing is made without a prompt, and a visible offer is due',
  signalUnknownCredential: 'the authenticator offers the passkey again',
  signalCurrentUserDetails: 'the authenticator shows the earlier name',
  closedby: 'Escape is kept from the dialogue by its page',
};

// Vite runs twice.
jest.setTimeout(60_000);

describe('the browsers of the last two years', () => {
  let folder: string;
  let files: { name: string; text: string }[];

  /** As `npm run build` makes the client and the pages, with what they bring of packages. */
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oldest-browsers-'));
    const vite = resolve('node_modules/.bin/vite');
    for (const project of ['libs/passkey-client', 'apps/sign-in']) {
      const outDir = join(folder, project);
      execFileSync(vite, ['build', project, '--outDir', outDir, '--logLevel', 'error']);
    }
    const names = await readdir(folder, { recursive: true });
    files = await Promise.all(
      names
        .filter((name) => ['.js', '.css', '.html'].includes(extname(name)))
        .map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('read every script', () => {
    const scripts = files.filter(({ name }) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(5);
    for (const { text } of scripts) {
      expect(() => parse(text, { ecmaVersion: SYNTAX, sourceType: 'module' })).not.toThrow();
    }
  });

  it('would not read what is newer', () => {
    for (const text of ['using file = open()', '/(?i:a)b/', 'import defer * as a from "a"']) {
      expect(() => parse(text, { ecmaVersion: SYNTAX, sourceType: 'module' })).toThrow();
    }
  });

  it('have all that is used, but for what is not missed', () => {
    // Swagger UI is for developers; what it brings names features that it looks for.
    const ours = files.filter(({ name }) => !/\bdocs\b/.test(name));
    const used = Object.keys(LATER).filter((feature) => ours.some(({ text }) => LATER[feature]!.test(text)));
    expect(used.sort()).toEqual(Object.keys(WITHOUT).sort());
  });
});
