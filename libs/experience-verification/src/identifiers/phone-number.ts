import { dialledDigits, withoutGuises } from 'passkey-sign-in-client/typed-text';
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * ISO 3166-1 alpha-2, of which libphonenumber knows how people dial there; checked at start. Not its own type, since its
 * declarations can't be read from CommonJS by every compiler that hosts have.
 */
export type PhoneRegion = string;

/** @throws Error when libphonenumber does not know it */
export function toPhoneRegion(text: string): PhoneRegion {
  if (isSupportedCountry(text)) return text;
  throw new Error(`"${text}" is not a region such as GB (ISO 3166-1 alpha-2)`);
}

/** Mobile numbers of Mexico had a 1 after the country's code until 2019, and are written so to this day. */
const withoutMexicos1 = (digits: string): string => digits.replace(/^521(\d{10})$/, '52$1');

/**
 * A telephone number in E.164; null when it can be none. Extensions of links (`;ext=`) are no part of it.
 * @param region whose numbers may be written as there; without one each has its country's code, after `+`, `00` or nothing
 */
export function toE164(text: string, region?: PhoneRegion): string | null {
  const dialled = dialledDigits(text);
  if (dialled === null) return null;
  if (region && !/^(tel:)?\s*\+/i.test(withoutGuises(text).trim())) {
    const national = parsePhoneNumberFromString(dialled, region as CountryCode);
    if (national?.isValid()) return national.number;
  }
  // The number of digits is checked, not the allocation: numbering plans change faster than any data set.
  const phone = parsePhoneNumberFromString(`+${withoutMexicos1(dialled.replace(/^00/, ''))}`);
  return phone?.isPossible() ? phone.number : null;
}
