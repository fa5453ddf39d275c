import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto';
import { withPlainDigits } from 'passkey-sign-in-client/typed-text';

/** How many codes a user gets at a time. */
export const RECOVERY_CODES = 10;

/** Crockford's base 32: no letter looks like a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 24 characters of 5 bits: nobody guesses one, so that no limit need stand between an owner and the own codes. */
const LENGTH = 24;

/** A new recovery code of 120 random bits, in groups of four: `7K3M-Q2ZD-...`. */
export function generateRecoveryCode(): string {
  const text = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return text.match(/.{4}/g)?.join('-') ?? text;
}

/** What a recovery code may be: of 24 characters, or of the 16 that codes had before. */
const WELL_FORMED = new RegExp(`^[${ALPHABET}]{16}(?:[${ALPHABET}]{8})?$`);

/** A recovery code as it was made, from however a person typed it; null when none can be meant. */
export function readRecoveryCode(typed: string): string | null {
  const code = withPlainDigits(typed)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return WELL_FORMED.test(code) ? code : null;
}

/** What is stored of a recovery code. */
export const hashRecoveryCode = (code: string): Buffer =>
  createHash('sha256').update(code.replaceAll('-', '')).digest();

/** A code to be sent: 8 digits. */
export const generateSentCode = (): string => String(randomInt(100_000_000)).padStart(8, '0');

/** A code that was sent, from however a person typed it; null when none can be meant. */
export function readSentCode(typed: string): string | null {
  const code = withPlainDigits(typed).replace(/[\s\p{Pd}]/gu, '');
  return /^\d{8}$/.test(code) ? code : null;
}

/**
 * What is stored of a code that was sent: its 8 digits are few enough to be tried, so that the hash needs a key that is
 * not in the database. Tied to its record.
 */
export const hashSentCode = (key: string | Buffer, verificationId: string, code: string): Buffer =>
  createHmac('sha256', key)
    .update(JSON.stringify(['sent-code', verificationId, code]))
    .digest();

/** Why a text is refused that can be no code at all. */
export const UNREADABLE = { reason: 'it is not of the form of a code' };
