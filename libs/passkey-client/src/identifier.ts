import type { Identifier } from './api-types.ts';
import { typeOfTyped } from './typed-text.ts';

/**
 * What a person typed into one field: an email address, a phone number, or else a username. The value stays as it was
 * typed: the server has its one spelling, and finds older user names that look like an address.
 * @param national whether the server reads phone numbers as they are dialled in a region (`PHONE_REGION`)
 */
export const toIdentifier = (text: string, national = false): Identifier => ({
  type: typeOfTyped(text, national),
  value: text.trim(),
});
