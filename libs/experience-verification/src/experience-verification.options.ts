import type { Provider, Type } from '@nestjs/common';
import type { InteractionProvider } from './interaction/interaction.port';
import type { RelyingPartyPolicy, RelyingPartyProvider } from './relying-party/relying-party.port';
import type { SessionProvider } from './session/session.port';
import type { UserDirectory } from './users/user-directory.port';

/** How ExperienceVerificationModule is set up. Every duration is in seconds. */
export interface ExperienceVerificationOptions {
  relyingParty: {
    /** The domain that passkeys are bound to: the site's own, or a parent of it that is no public suffix. */
    id: string;
    name: string;
    /** Origins of the pages that use it, such as `https://example.com`. Cookies are Secure once one is https. */
    origins: string[];
    policy?: Partial<RelyingPartyPolicy>;
  };
  /**
   * What the authentication options call answers for an unknown user or one without a passkey. Default
   * `reveal`: 404 or 400. `decoy`: options of the same shape that no passkey fits, so that nobody can ask
   * which accounts exist; needs `secret`.
   */
  accountEnumeration?: 'reveal' | 'decoy';
  /** Keys the decoys, so that they are the same at each call and on each server. At least 16 characters. */
  secret?: string;
  /** Lifetime of a challenge, also sent as the ceremony's timeout. Default 60. */
  challengeTtl?: number;
  /** How long a verified record waits for its identification or binding. Default 600. */
  verifiedTtl?: number;
  /** Lifetime of an interaction. Default 3600. */
  interactionTtl?: number;
  /** Lifetime of a session. Default 14 days. */
  sessionTtl?: number;
  /** How long after a sign-in passkeys may be added and deleted. Default 600. */
  recentSignIn?: number;
  /** Where `submit` sends the browser. Default `/account`. */
  redirectTo?: string;
  /** Bearer token of the management API. Unset: every management call is 401. */
  managementApiToken?: string;
}

/** Implementations that replace the module's own. Each is resolved by Nest, so that it may inject. */
export interface ExperienceVerificationPorts {
  userDirectory?: Type<UserDirectory>;
  relyingParty?: Type<RelyingPartyProvider>;
  interaction?: Type<InteractionProvider>;
  session?: Type<SessionProvider>;
  /** Providers that the implementations inject. */
  providers?: Provider[];
}

export type ResolvedOptions = Required<Omit<ExperienceVerificationOptions, 'secret' | 'managementApiToken'>> &
  Pick<ExperienceVerificationOptions, 'secret' | 'managementApiToken'>;

export const MODULE_OPTIONS = Symbol('EXPERIENCE_VERIFICATION_OPTIONS');

const DAY = 86_400;

/** @throws Error when the options can't work together; the message names the option */
export function resolveOptions(options: ExperienceVerificationOptions): ResolvedOptions {
  const resolved: ResolvedOptions = {
    accountEnumeration: 'reveal',
    challengeTtl: 60,
    verifiedTtl: 600,
    interactionTtl: 3600,
    sessionTtl: 14 * DAY,
    recentSignIn: 600,
    redirectTo: '/account',
    ...withoutUndefined(options),
  };
  if (resolved.accountEnumeration === 'decoy' && (resolved.secret?.length ?? 0) < 16) {
    throw new Error('secret: at least 16 characters are needed for accountEnumeration "decoy"');
  }
  if (resolved.relyingParty.origins.length === 0)
    throw new Error('relyingParty.origins: at least one is needed');
  return resolved;
}

const withoutUndefined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

/** Whether cookies are Secure and carry the `__Host-` prefix. */
export const usesHttps = ({ relyingParty }: ResolvedOptions): boolean =>
  relyingParty.origins.some((origin) => origin.startsWith('https:'));
