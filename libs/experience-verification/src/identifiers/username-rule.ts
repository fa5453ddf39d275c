import { hash } from 'node:crypto';
import { typeOfTyped } from 'passkey-sign-in-client/typed-text';
import homoglyphs from 'unhomoglyph/data.json';

/** What a host asks of user names, beside the rule that holds everywhere. */
export interface UsernameOptions {
  /** Regular expression that a whole name must match, with the flag `u`. Default none. */
  pattern?: string;
  /** Names that nobody may have, nor what looks like them, in whichever case. Default none. */
  reserved?: string[];
}

export interface UsernamePolicy {
  pattern: RegExp | null;
  /** Their skeletons. */
  reserved: Set<string>;
  /** The same for policies that allow the same names. */
  version: string;
}

/** @throws Error when the pattern is no regular expression; the message names the option */
export function resolveUsernames({ pattern, reserved = [] }: UsernameOptions): UsernamePolicy {
  try {
    const skeletons = new Set(reserved.map(caselessSkeletonOf));
    return {
      pattern: pattern === undefined ? null : new RegExp(`^(?:${pattern})$`, 'u'),
      reserved: skeletons,
      version: hash('sha256', JSON.stringify([pattern, [...skeletons].sort()]), 'base64url'),
    };
  } catch {
    throw new Error('usernames.pattern: is no regular expression');
  }
}

/**
 * Scripts that people write today (Unicode Standard Annex 31, tables 5 and 7), and the three that are written with
 * others: Japanese, Korean, and Chinese with Bopomofo, each also with Latin.
 */
const SCRIPTS =
  'Latn Arab Armn Beng Cyrl Deva Ethi Geor Grek Gujr Guru Hebr Knda Khmr Laoo Mlym Mymr Orya Sinh Taml Telu Thaa Thai Tibt ' +
  'Adlm Bali Bamu Batk Cakm Cans Cham Cher Hmnp Java Kali Lana Lepc Limb Lisu Mand Mong Mtei Newa Nkoo Olck Osge Plrd Rohg ' +
  'Saur Sund Sylo Syrc Tale Talu Tavt Tfng Vaii Wcho Yiii';
const COMBINATIONS = ['Latn Hani Hira Kana', 'Latn Hani Bopo', 'Latn Hani Hang', ...SCRIPTS.split(' ')];

const onlyOf = (scripts: string): RegExp => {
  const classes = ['Zyyy', 'Zinh', ...scripts.split(' ')].map((script) => `\\p{scx=${script}}`);
  return new RegExp(`^[${classes.join('')}]*$`, 'u');
};

let combinations: RegExp[] | undefined;

/** Unicode Technical Standard 39, section 5.2: of one script, or of those that are written together. */
const isHighlyRestrictive = (name: string): boolean =>
  (combinations ??= COMBINATIONS.map(onlyOf)).some((combination) => combination.test(name));

/** Decimal digits are of runs of ten, from a zero on (section 5.3). */
function mixesDigits(name: string): boolean {
  const zeros = [...name.matchAll(/\p{Nd}/gu)].map(([digit]) => {
    let zero = digit.codePointAt(0) ?? 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return zero;
  });
  return new Set(zeros).size > 1;
}

const LOOK_ALIKES: Record<string, string | undefined> = homoglyphs;

/** The same for all names that look alike (section 4). */
export const skeletonOf = (name: string): string =>
  [...name.normalize('NFD').replace(/\p{DI}/gu, '')]
    .map((character) => LOOK_ALIKES[character] ?? character)
    .join('')
    .normalize('NFD');

const caselessSkeletonOf = (name: string): string => skeletonOf(skeletonOf(name.toLowerCase()).toLowerCase());

/**
 * Why a name, in its stored spelling, may not be given to anybody; null when it may. Whether it looks like one that
 * somebody has is for the table to say, by `skeletonOf`. Names from before stay.
 */
export function whyNotAllowed(name: string, { pattern, reserved }: UsernamePolicy): string | null {
  const type = typeOfTyped(name);
  if (type !== 'username') return `reads as ${type === 'email' ? 'an email address' : 'a phone number'}`;
  if (!isHighlyRestrictive(name)) return 'mixes scripts, or is of one that is not written today';
  if (mixesDigits(name)) return 'mixes digits of several scripts';
  if (pattern && !pattern.test(name)) return 'is not of the form that is asked for here';
  return reserved.has(caselessSkeletonOf(name)) ? 'is reserved' : null;
}
