import { isEmail } from 'class-validator';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { ErrorCode } from '../errors/error-catalog';

export const IDENTIFIER_TYPES = ['username', 'email', 'phone'] as const;
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

/** A name by which a user is found, in the one spelling in which it is stored and compared. */
export interface Identifier {
  type: IdentifierType;
  value: string;
}

/**
 * Controls, lone surrogates, line breaks, spaces that are not the plain one, and characters that are invisible or turn
 * the reading direction: with them a name could be made that looks like another one. Joiners and the emoji selector
 * have their use, but not at the ends, nor in scripts whose letters don't join.
 */
const UNFIT_FOR_A_NAME =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFF9-\uFFFB]|(?! )\p{Zs}|(?![\u200C\u200D\uFE0F])\p{DI}|(?:^|[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{P}\p{Zs}])[\u200C\u200D\uFE0F]|[\u200C\u200D]$/u;

const NORMALISE: Record<IdentifierType, (value: string) => string | null> = {
  username: (value) => {
    const username = value.normalize('NFC');
    const fits =
      username.trim() === username && [...username].length <= 128 && !UNFIT_FOR_A_NAME.test(username);
    return fits && username ? username : null;
  },
  email: (value) => {
    const email = value.trim().normalize('NFC').toLowerCase();
    return email.length <= 254 && isEmail(email) ? email : null;
  },
  phone: (value) => {
    const dialled = value.replace(/[\s\p{P}\p{S}]/gu, '');
    if (!/^\d{1,32}$/.test(dialled)) return null;
    // The number of digits is checked, not the allocation: numbering plans change faster than any data set.
    const phone = parsePhoneNumberFromString(`+${dialled}`);
    return phone?.isPossible() ? phone.number : null;
  },
};

/** The error that says that another user has the identifier. */
export const ALREADY_IN_USE = {
  username: 'user.username_already_in_use',
  email: 'user.email_already_in_use',
  phone: 'user.phone_already_in_use',
} as const satisfies Record<IdentifierType, ErrorCode>;

/** What each type asks of its value, for error messages and OpenAPI. */
export const IDENTIFIER_RULES: Record<IdentifierType, string> = {
  username: '1 to 128 visible characters, no space at either end; case is kept',
  email: 'an email address of at most 254 characters; case is ignored',
  phone: 'an international phone number (E.164), with or without +, such as +442071838750',
};

/**
 * The stored spelling of an identifier: a username in Unicode NFC, an email address case-folded, a phone
 * number in E.164. Null when the value can't be one of its type.
 */
export function normaliseIdentifier(type: IdentifierType, value: string): Identifier | null {
  const normalised = NORMALISE[type](value);
  return normalised === null ? null : { type, value: normalised };
}
