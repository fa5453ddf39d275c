import { PASSKEY_PHRASES, type Phrases } from './phrases';

/** What a host may say of Logto's pages. */
export interface LogtoOptions {
  /**
   * Texts by language, such as `{ 'pt-BR': { translation: { … } } }`: those of `@logto/phrases-experience`, or one's own.
   * Default: what the passkey pages show, in English.
   */
  phrases?: Phrases;
  /** Members that replace those of `/api/.well-known/sign-in-exp`, such as `branding` and `color`. Default none. */
  signInExperience?: Record<string, unknown>;
}

export type ResolvedLogtoOptions = Required<LogtoOptions>;

export const LOGTO_OPTIONS = Symbol('LOGTO_OPTIONS');

export const resolveLogtoOptions = ({
  phrases,
  signInExperience = {},
}: LogtoOptions): ResolvedLogtoOptions => ({
  phrases: { ...PASSKEY_PHRASES, ...phrases },
  signInExperience,
});
