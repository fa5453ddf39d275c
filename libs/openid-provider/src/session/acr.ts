import type { AuthenticationMethod } from 'nestjs-passkey-sign-in';

/** OpenID Connect Extended Authentication Profile ACR Values 1.0: phishing-resistant, and hardware-protected too. */
export const ACR_VALUES = ['phr', 'phrh'] as const;
export type Acr = (typeof ACR_VALUES)[number];

/** Of a passkey that is bound to a device `phrh`, of one that syncs `phr`, of a code none. */
export function acrOf(amr: readonly AuthenticationMethod[]): Acr | undefined {
  if (amr.includes('swk')) return 'phr';
  return amr.includes('hwk') ? 'phrh' : undefined;
}

/** Whether `acr` is one of those asked for, or a stronger one. */
export const satisfies = (acr: string | undefined, asked: readonly string[]): boolean =>
  acr !== undefined && (asked.includes(acr) || (acr === 'phrh' && asked.includes('phr')));
