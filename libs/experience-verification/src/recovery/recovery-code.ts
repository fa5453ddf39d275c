import { createHash, randomBytes, randomInt } from 'node:crypto';
import { withPlainDigits } from '@passkey/typed-text';

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

/** What is stored of a recovery code, from however a person typed it. */
export function hashRecoveryCode(typed: string): Buffer {
  const code = withPlainDigits(typed)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return createHash('sha256').update(code).digest();
}

/** A code to be sent: 8 digits. */
export const generateSentCode = (): string => String(randomInt(100_000_000)).padStart(8, '0');

/** What is stored of a code that was sent: tied to its record, so that hashes of all codes can't be kept ready. */
export const hashSentCode = (verificationId: string, typed: string): Buffer =>
  createHash('sha256')
    .update(`${verificationId} ${withPlainDigits(typed).replace(/\D/g, '')}`)
    .digest();
