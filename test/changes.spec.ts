import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AUDIT_EVENTS } from '../libs/experience-verification/src/audit/audit-event';
import { ERRORS } from '../libs/experience-verification/src/errors/error-catalog';
import { IDENTIFIERS } from '../libs/experience-verification/src/identifiers/identifier';
import { Declarations } from './support/typescript-declarations';

const ROOT = resolve(__dirname, '..');
const MODULE = 'libs/experience-verification/src';
const CHANGES = readFileSync(join(ROOT, 'docs/changes.md'), 'utf8');
const LANGUAGES = 'apps/sign-in/src/languages';

/** The product's own files, without their tests. */
const SOURCES = ['apps', 'libs'].flatMap((wing) =>
  readdirSync(join(ROOT, wing)).flatMap((name) =>
    readdirSync(join(ROOT, wing, name, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .map((file) => `${wing}/${name}/src/${file}`),
  ),
);

const TEXTS = new Map(SOURCES.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));

const isSpelled = (word: string, text: string) =>
  new RegExp(`(?<![\\w-])${word.replaceAll('.', '\\.')}(?![\\w-])`).test(text);

/** The files that spell each one of a kind, so that a new one has to be added there; all languages as one. */
function listsOf(members: string[]): string[] {
  const listing = SOURCES.filter((file) => members.every((member) => isSpelled(member, TEXTS.get(file)!)));
  return [...new Set(listing.map((file) => (file.startsWith(LANGUAGES) ? LANGUAGES : file)))].sort();
}

const rowOf = (change: string): string =>
  CHANGES.split('\n').find((line) => line.startsWith(`| ${change} `))!;

/** The files that a row of docs/changes.md names. */
function filesOf(change: string): string[] {
  const row = rowOf(change);
  const named = [...row.matchAll(/`([\w./-]+\.ts|apps\/sign-in\/src\/languages)`/g)].map(([, path]) => path!);
  return named.map((path) => (/^(apps|libs)\//.test(path) ? path : `${MODULE}/${path}`));
}

const membersOf = (file: string, name: string) =>
  Object.keys(new Declarations(`${MODULE}/${file}`).interfaces()[name]!).map((member) =>
    member.replace('?', ''),
  );

describe('docs/changes.md', () => {
  it.each<[change: string, members: () => string[]]>([
    [
      'a column of passkeys from a registration',
      () => membersOf('records/new-credential.ts', 'NewCredential'),
    ],
    ['a member of a policy', () => membersOf('webauthn/relying-party.ts', 'RelyingPartyPolicy')],
    ['another option of a relying party', () => membersOf('webauthn/relying-party.ts', 'RelyingParty')],
    ['an outcome in the audit events', () => Object.keys(AUDIT_EVENTS)],
    ['an error code', () => Object.keys(ERRORS)],
  ])('names every file that spells all of a kind: %s', (change, members) => {
    const lists = listsOf(members());
    expect(lists).not.toEqual([]);
    expect(filesOf(change)).toEqual(expect.arrayContaining(lists));
  });

  it.each([
    'a type of identifier',
    'a language of the pages',
    'an algorithm',
    'a member of a policy',
    'another option of a relying party',
  ])('counts the files that it names: %s', (change) => {
    const [, count] = /^\|[^|]+\| +(\d+) \|/.exec(rowOf(change))!;
    expect(filesOf(change)).toHaveLength(Number(count));
  });

  // Pages and commands that show some of them do without a new one.
  it('names every file of the libraries that spells all of a kind, and no other: a type of identifier', () => {
    const lists = listsOf(Object.values(IDENTIFIERS).map(({ member }) => member));
    expect(filesOf('a type of identifier').toSorted()).toEqual(
      lists.filter((file) => file.startsWith('libs/')),
    );
  });
});
