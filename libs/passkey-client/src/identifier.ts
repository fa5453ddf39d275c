import type { Identifier } from './api-types.ts';
import { typeOfTyped } from './typed-text.ts';

/**
 * What a person typed into one field: an email address, a phone number, or else a username. The value stays as it was
 * typed: the server has its one spelling, and finds older user names that look like an address.
 */
export const toIdentifier = (text: string): Identifier => ({ type: typeOfTyped(text), value: text.trim() });
