/** What kind of client an application is (RFC 6749, section 2.1; RFC 8252; RFC 8628). */
export const APPLICATION_TYPES = ['web', 'spa', 'native', 'machine', 'device'] as const;
export type ApplicationType = (typeof APPLICATION_TYPES)[number];

/** What a `client_id` of an application here is. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An application that people sign in to, or that calls in its own name. */
export interface Application {
  /** The `client_id`. */
  id: string;
  /** Of the relying party whose users it has. */
  relyingPartyId: string;
  name: string;
  type: ApplicationType;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  backchannelLogoutUri: string | null;
  logoUri: string | null;
  termsUri: string | null;
  privacyUri: string | null;
  /** Whether its users are asked for consent: it is not the operator's own. */
  thirdParty: boolean;
  /** Names of the groups whose members may use it; empty: everybody. */
  groups: string[];
  /** Public keys by which it authenticates (`private_key_jwt`). */
  jwks: { keys: Record<string, unknown>[] } | null;
  /** `pairwise`: each sector has another `sub` for the same user (OpenID Connect Core 1.0, section 8.1). */
  subjectType: 'public' | 'pairwise';
  /** Whether a file of the operator's has it, which alone changes it. */
  configured: boolean;
  /** SHA-256 of each of its secrets, base64url. Secrets are random, of 256 bits: a slow hash would add nothing. */
  secretHashes: string[];
}

/** Where applications are found. */
export const APPLICATIONS = Symbol('APPLICATIONS');
export interface Applications {
  find(relyingPartyId: string, id: string): Promise<Application | null>;
  /** Whether the user is in one of the groups that may use it. */
  mayUse(application: Pick<Application, 'groups' | 'relyingPartyId'>, userId: string): Promise<boolean>;
}

/** What users have allowed applications to see. */
export const CONSENTS = Symbol('CONSENTS');
export interface Consents {
  /** Scopes that the user has allowed; none where there is no consent. */
  scopesOf(userId: string, applicationId: string): Promise<string[]>;
  allow(userId: string, applicationId: string, scopes: string[]): Promise<void>;
  /** Notes that the user has signed in to one of the operator's own, of which nobody is asked; written at most once a minute. */
  noteUse(userId: string, applicationId: string, scopes: string[]): Promise<void>;
  /** The same of one that the user has allowed: what it asks for says nothing of what it may see. */
  noteAllowedUse(userId: string, applicationId: string): Promise<void>;
}

/** What claims are made of. */
export interface ClaimsSource {
  id: string;
  username: string | null;
  email: string | null;
  emailVerified: boolean;
  phone: string | null;
  phoneVerified: boolean;
  updatedAt: number;
  groups: string[];
  custom: Record<string, unknown>;
  customOfGroups: Record<string, unknown>[];
}

/** What is told of users. */
export const USER_CLAIMS = Symbol('USER_CLAIMS');
export interface UserClaims {
  /** Claims of the scopes, without `sub`; null when there is no such user, or one who must not sign in. */
  of(userId: string, scopes: ReadonlySet<string>): Promise<Record<string, unknown> | null>;
}
