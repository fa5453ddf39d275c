import type { Identifier } from './api-types.ts';

/** What a person typed into one field: an email address, a phone number, or else a username. */
export function toIdentifier(text: string): Identifier {
  const value = text.trim();
  if (value.includes('@')) return { type: 'email', value };
  const looksDialled = /^\+[\d\s().-]+$/.test(value) && value.replace(/\D/g, '').length >= 7;
  return { type: looksDialled ? 'phone' : 'username', value };
}
