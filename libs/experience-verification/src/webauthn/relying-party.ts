import type { Branding } from './branding';
import type { DeviceType, RpId, UserVerificationRequirement } from './webauthn-types';

/** Attestation conveyance preferences (WebAuthn Level 3, section 5.4.7). */
export const ATTESTATION_PREFERENCES = ['none', 'indirect', 'direct', 'enterprise'] as const;
export type AttestationPreference = (typeof ATTESTATION_PREFERENCES)[number];

/** Attestation statement formats that can be verified (WebAuthn Level 3, section 8). */
export const ATTESTATION_FORMATS = [
  'none',
  'packed',
  'tpm',
  'android-key',
  'android-safetynet',
  'fido-u2f',
  'apple',
  'compound',
] as const;
export type AttestationFormat = (typeof ATTESTATION_FORMATS)[number];

/** Statuses of an authenticator model that a policy may refuse (FIDO Metadata Service, section 3.1.4). */
export const MODEL_STATUSES = [
  'NOT_FIDO_CERTIFIED',
  'SELF_ASSERTION_SUBMITTED',
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
  'UPDATE_AVAILABLE',
  'REVOKED',
] as const;
export type ModelStatus = (typeof MODEL_STATUSES)[number];

export const RESIDENT_KEY_REQUIREMENTS = ['required', 'preferred', 'discouraged'] as const;
export type ResidentKeyRequirement = (typeof RESIDENT_KEY_REQUIREMENTS)[number];

/** Hints for the browser's dialogue (WebAuthn Level 3, section 5.8.7). */
export const HINTS = ['security-key', 'client-device', 'hybrid'] as const;
export type Hint = (typeof HINTS)[number];

/** What becomes of a passkey whose signature counter has gone back. */
export const SIGN_COUNT_REGRESSIONS = ['refuse', 'mark-synced', 'mark'] as const;

/** How many codes it takes to get back into an account. */
export const RECOVERIES = ['one-code', 'two-codes'] as const;

/** What a relying party asks of its ceremonies. Every value is checked again on what comes back. */
export interface RelyingPartyPolicy {
  /** Default `required`: a passkey replaces the password, so possession alone is not enough. */
  userVerification: UserVerificationRequirement;
  /** Default `required`: discoverable credentials are what autofill and the passkey button need. */
  residentKey: ResidentKeyRequirement;
  /**
   * COSE algorithm identifiers in order of preference. Default EdDSA, ES256, RS256 (-8, -7, -257). RS1 (-65535) is asked of
   * nobody: with it named, attestation statements of old TPMs are accepted that are signed so.
   */
  algorithms: number[];
  /** Which authenticator the browser's dialogue should propose first. Default none. */
  hints: Hint[];
  /** AppID of credentials registered with the older U2F API, sent as the `appid` extension. Default none. */
  appid?: string;
  /** Seconds for a ceremony, sent as its timeout and the challenge's lifetime. Default the module's. */
  timeout?: number;
  /** What is asked to attest the authenticator. Default `none`. */
  attestation: AttestationPreference;
  /** Accepted statement formats. Default all; `none` then only where `attestation` is `none` or `indirect`. */
  attestationFormats?: AttestationFormat[];
  /**
   * `metadata`: the attestation must chain to the authenticator's entry in the FIDO Metadata (option `metadata`),
   * and the entry must not say that the model is compromised, then and at each sign-in. Default `any`: a valid statement is enough.
   */
  attestationTrust: 'any' | 'metadata';
  /**
   * With `attestationTrust: 'metadata'`: status reports of the FIDO Metadata for which a model is refused. Default those
   * that tell of a compromise; `UPDATE_AVAILABLE` may be added.
   */
  refusedModelStatuses: ModelStatus[];
  /**
   * When the certificates of an attestation have to be valid. `ignore-expiry`: they may have expired, since
   * authenticators outlive their certificates. Default `now`.
   */
  attestationValidity: 'now' | 'ignore-expiry';
  /** How many of the statements of a compound attestation must be valid and trustworthy. Default `every`. */
  compoundAttestation: 'every' | 'any';
  /**
   * `hardware`: an Android key must be made and kept by a trusted execution environment or StrongBox. Default `any`:
   * what the keystore's software says counts too (WebAuthn Level 3, section 8.4).
   */
  androidKeyEnforcement: 'any' | 'hardware';
  /** Makers of TPMs beside those of the TCG's registry: 8 hex digits each, as certificates name them. Default none. */
  tpmManufacturers: string[];
  /** AAGUIDs that may register; unset: all. An AAGUID is proven only with `attestationTrust: 'metadata'`. */
  allowedAaguids?: string[];
  /** AAGUIDs that may not register. */
  deniedAaguids: string[];
  /** `['singleDevice']`: device-bound passkeys only. Default both. */
  deviceTypes: DeviceType[];
  /**
   * A signature counter that has gone back tells of a clone: `refuse`, or `mark`: sign in, and mark the passkey. Default
   * `mark-synced`: of a synced passkey (backup eligible) several devices count at once, so that it is marked; of one that
   * never leaves its device it is refused.
   */
  signCountRegression: (typeof SIGN_COUNT_REGRESSIONS)[number];
  /**
   * What lets in who lost every passkey: a code, saved or sent, or `two-codes`, one of each (NIST SP 800-63B-4, section
   * 4.2.2). Default `one-code`.
   */
  recovery: (typeof RECOVERIES)[number];
  /** Whether ceremonies may run in an iframe on another origin. Default false. */
  crossOrigin: boolean;
  /** With `crossOrigin`: origins of the pages that may embed, for clients that tell. */
  topOrigins: string[];
}

/** Whether a passkey whose signature counter went back signs in, and is marked. */
export const marksRegression = (
  { signCountRegression }: Pick<RelyingPartyPolicy, 'signCountRegression'>,
  backupEligible: boolean,
): boolean => signCountRegression === 'mark' || (signCountRegression === 'mark-synced' && backupEligible);

/** An Android app that shares the relying party's passkeys. */
export interface AndroidApp {
  packageName: string;
  /** SHA-256 of its signing certificates, upper-case hex with colons, as `keytool` prints them. */
  sha256CertFingerprints: string[];
}

/** Of whom the users are that no other tenant has. */
export const DEFAULT_TENANT = 'default';

/** Who may create an account: everybody, whoever is invited, or nobody. */
export const SIGN_UPS = ['open', 'invitation', 'closed'] as const;
export type SignUp = (typeof SIGN_UPS)[number];

/** One relying party (WebAuthn Level 3, section 4). */
export interface RelyingParty {
  /** The domain that passkeys are bound to: the site's own, or a parent of it that is no public suffix. */
  id: RpId;
  /**
   * Whose users sign in: an identifier is of one user in each tenant, and users of one are unknown to the others. Default
   * `default`; of one of the module's `tenants` its `id`.
   */
  tenant: string;
  /** Shown by authenticators beside the account. */
  name: string;
  /** Origins whose ceremonies and requests are accepted, the first being where people sign in. Cookies are Secure once one is https. */
  origins: [string, ...string[]];
  /** Path of the origins below which it is served, such as `/auth`: its cookies go no further. Default empty: none. */
  basePath: string;
  policy: RelyingPartyPolicy;
  /** Apple apps (`TEAMID.bundle.identifier`) that share its passkeys. Default none. */
  appleApps: string[];
  /** Android apps that share its passkeys; their origins are accepted. Default none. */
  androidApps: AndroidApp[];
  /** Where `submit` sends who signs in on a front end, by its origin, in place of the module's `redirectTo`. Default none. */
  redirects: Record<string, string>;
  /** Who may create an account: everybody, whoever is invited, or nobody but management. Default `open`. */
  signUp?: SignUp;
  /** How its product looks on pages, and in messages to owners of accounts. Default: as `toBranding({}, name)` has it. */
  branding?: Branding;
}

/** What a host need not say of a relying party, but for its policy and how it looks. */
export const DEFAULT_RELYING_PARTY = {
  tenant: DEFAULT_TENANT,
  basePath: '',
  appleApps: [],
  androidApps: [],
  redirects: {},
  signUp: 'open',
} satisfies Partial<RelyingParty>;

/** Reports that a model is not to be trusted (FIDO Metadata Service, section 3.1.4). */
const COMPROMISED: ModelStatus[] = [
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
  'REVOKED',
];

export const DEFAULT_POLICY: RelyingPartyPolicy = {
  userVerification: 'required',
  residentKey: 'required',
  algorithms: [-8, -7, -257],
  hints: [],
  attestation: 'none',
  attestationTrust: 'any',
  refusedModelStatuses: COMPROMISED,
  attestationValidity: 'now',
  compoundAttestation: 'every',
  androidKeyEnforcement: 'any',
  tpmManufacturers: [],
  deniedAaguids: [],
  deviceTypes: ['singleDevice', 'multiDevice'],
  signCountRegression: 'mark-synced',
  recovery: 'one-code',
  crossOrigin: false,
  topOrigins: [],
};
