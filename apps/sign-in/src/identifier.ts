export interface Identifier {
  type: 'username' | 'email' | 'phone';
  value: string;
}

/** What a person typed into the one field: an email address, a phone number, or else a username. */
export function toIdentifier(text: string): Identifier {
  const value = text.trim();
  if (value.includes('@')) return { type: 'email', value };
  const looksDialled = /^\+[\d\s().-]+$/.test(value) && value.replace(/\D/g, '').length >= 7;
  return { type: looksDialled ? 'phone' : 'username', value };
}
