/*
 * What people type and paste, for the client and the server alike: this file imports nothing, so that both build it.
 */

const DIGIT = /\p{Nd}/u;

/** The value of a decimal digit of any script: Unicode has them in runs of ten, from zero on. */
function digitValue(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  let zero = point;
  while (DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((point - zero) % 10);
}

/** Digits of every script (full-width, Arabic, Devanagari …) as 0 to 9. */
export const withPlainDigits = (text: string): string => text.replace(/(?![0-9])\p{Nd}/gu, digitValue);

/**
 * What the eye takes for the same: no characters that nobody sees, digits as 0 to 9, every hyphen as `-`, and the `@`,
 * `+` and `.` of wide keyboards as the plain ones.
 */
export const withoutGuises = (text: string): string =>
  withPlainDigits(text.replace(/\p{DI}/gu, ''))
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\uFF20\uFE6B\uFF0B\uFE62\uFF0E]/gu, (character) => character.normalize('NFKC'));

/** A telephone number without what links have around it (RFC 3966): `tel:`, parameters, and where it is dialled. */
function withoutLink(text: string): string {
  const [number = '', ...parameters] = text.trim().replace(/^tel:/i, '').split(';');
  const context = parameters.find((one) => /^phone-context=\+/i.test(one));
  return `${context?.slice(context.indexOf('+')) ?? ''}${number}`;
}

/** Also the marks that Japanese keyboards have in the place of a hyphen, which are letters in words. */
const BETWEEN_DIGITS = /[\s\p{P}\p{S}\u30FC\uFF70]/gu;

/**
 * The digits of a telephone number, however it is written, `00` before those of a country included; null when there is
 * anything else in it.
 */
export function dialledDigits(text: string): string | null {
  const digits = withoutLink(withoutGuises(text)).replace(BETWEEN_DIGITS, '');
  return /^\d{1,32}$/.test(digits) ? digits : null;
}

/**
 * What a person means who types this into one field.
 * @param national whether telephone numbers may be written as they are dialled in some region
 */
export function typeOfTyped(text: string, national = false): 'email' | 'phone' | 'username' {
  const seen = withoutGuises(text).trim();
  if (seen.includes('@')) return 'email';
  const isDialled = national || /^(\+|00|tel:)/i.test(seen);
  return isDialled && (dialledDigits(seen)?.length ?? 0) >= 7 ? 'phone' : 'username';
}
