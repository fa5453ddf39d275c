/** What the API takes and gives, by the names of its OpenAPI document. */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';

export type InteractionEvent = 'SignIn' | 'Register';
export type AuthenticationMethod = 'hwk' | 'swk' | 'pop' | 'user' | 'otp';
export type Transport = 'usb' | 'nfc' | 'ble' | 'internal' | 'cable' | 'hybrid' | 'smart-card';

export interface Identifier {
  type: 'username' | 'email' | 'phone';
  value: string;
}

/** Salts of the PRF extension, base64url. */
export interface PrfValues {
  first: string;
  second?: string;
}

export interface PrfInput {
  eval?: PrfValues;
  /** By credential ID, base64url: in authentications by identifier only. */
  evalByCredential?: Record<string, PrfValues>;
}

export interface LargeBlobInput {
  /** At registration. */
  support?: 'required' | 'preferred';
  /** At authentication. */
  read?: boolean;
  /** At authentication, base64url. */
  write?: string;
}

/** Client extensions that a page may ask for, as JSON. */
export interface ExtensionInputs {
  prf?: PrfInput;
  largeBlob?: LargeBlobInput;
}

export interface Extensible {
  extensions?: ExtensionInputs | null;
}

export interface StartInteraction {
  interactionEvent: InteractionEvent;
}

export interface Identification {
  verificationId: string;
}

/** An application that waits for the user. */
export interface AskingApplication {
  id: string;
  name: string;
  logoUri?: string;
  termsUri?: string;
  privacyUri?: string;
  thirdParty: boolean;
}

export interface Authorization {
  prompt: 'login' | 'consent' | 'create';
  application: AskingApplication;
  scopes: string[];
  loginHint?: string;
  uiLocales?: string[];
  acrValues?: string[];
  redirectTo: string;
}

export interface MyApplication {
  id: string;
  name: string;
  scopes: string[];
  firstUsedAt: string;
  lastUsedAt: string;
}

export interface Consent {
  approve: boolean;
}

export interface Consented {
  redirectTo: string;
}

export interface Submitted {
  /** Where the browser goes next; ends in `#recovered` when no passkey was used. */
  redirectTo: string;
}

export interface Verified {
  verificationId: string;
}

export interface CreateAuthentication {
  identifier: Identifier;
  extensions?: ExtensionInputs | null;
}

export interface CreatedAuthentication {
  verificationId: string;
  authenticationOptions: PublicKeyCredentialRequestOptionsJSON;
}

export interface VerifyAuthentication {
  /** Left out: the interaction's latest. */
  verificationId?: string | null;
  payload: AuthenticationResponseJSON;
}

export interface CreateRegistration {
  /** Of a new user; left out by a signed-in one. */
  identifier?: Identifier | null;
  /** The secret of an invitation, by which a new user comes. */
  invitation?: string | null;
  /** For a passkey that the browser makes without a prompt. */
  mediation?: 'conditional' | null;
  extensions?: ExtensionInputs | null;
}

export interface CreatedRegistration {
  verificationId: string;
  registrationOptions: PublicKeyCredentialCreationOptionsJSON;
}

export interface VerifyRegistration {
  /** Left out: the interaction's latest. */
  verificationId?: string | null;
  payload: RegistrationResponseJSON;
}

export interface VerifyRecoveryCode {
  identifier: Identifier;
  code: string;
}

/** What stands in a recovery link behind `#recovery-link=`. */
export interface VerifyRecoveryLink {
  secret: string;
}

export interface SendVerificationCode {
  identifier: Identifier;
}

export interface VerifyVerificationCode {
  verificationId: string;
  code: string;
}

/** Members that are left out stay; null takes a name or an address away. */
export interface ChangeAccount {
  username?: string | null;
  primaryEmail?: null;
  primaryPhone?: null;
}

export interface ProveAddress {
  identifier: Identifier;
}

export interface AccountEvent {
  id: string;
  type: string;
  createdAt: string;
  /** The network it came from, such as `203.0.113.0/24`. */
  address: string | null;
  /** Browser and system in words, in English. */
  browser: string | null;
  by: 'management' | 'configuration' | null;
  /** Members of the account that were changed. */
  changed: string[];
}

export interface AccountEventPage {
  /** Newest first. */
  events: AccountEvent[];
  /** `cursor` of the next page; null on the last. */
  nextCursor: string | null;
}

export interface Account {
  id: string;
  username: string | null;
  primaryEmail: string | null;
  /** Whether the user has proved to be reached by it. */
  emailVerified: boolean;
  primaryPhone: string | null;
  phoneVerified: boolean;
  suspended: boolean;
  /** Whether the user may use the management API, signed in with a passkey. */
  administrator: boolean;
  createdAt: string;
  /** How this browser was authenticated (RFC 8176): `pop` when by a passkey. */
  amr: AuthenticationMethod[];
  /** When the user last signed in or proved presence here. */
  authenticatedAt: string;
}

export interface PasskeyProvider {
  name: string;
  /** A picture, as a data URL. */
  icon?: string;
}

export interface Passkey {
  id: string;
  credentialId: string;
  /** The owner's own name for it. */
  name: string | null;
  aaguid: string;
  provider?: PasskeyProvider;
  transports: Transport[];
  /** `multiDevice`: it may be synced; `singleDevice`: it never leaves its device. */
  deviceType: 'singleDevice' | 'multiDevice';
  backedUp: boolean;
  /** Whether it works without a username; null when the browser did not say. */
  discoverable: boolean | null;
  /** When its signature counter last went back. */
  cloneSuspectedAt: string | null;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface AddPasskey {
  verificationId: string;
  name?: string | null;
}

export interface RenamePasskey {
  name: string;
}

export interface CurrentUserDetails {
  rpId: string;
  userId: string;
  name: string;
  displayName: string;
}

/** Arguments of the browser's Signal API. */
export interface Signals {
  currentUserDetails: CurrentUserDetails;
}

/** A browser in which the user is signed in. */
export interface Session {
  id: string;
  /** Whether it is this browser. */
  current: boolean;
  createdAt: string;
  /** When the user last proved who they are in it. */
  authenticatedAt: string;
  /** To the minute. */
  lastSeenAt: string;
  amr: AuthenticationMethod[];
  /** The passkey that opened it. */
  passkeyId: string | null;
  /** The network it was opened from, such as `203.0.113.0/24`. */
  address: string | null;
  /** Browser and system in words, in English. */
  browser: string | null;
}

export interface RecoveryCodesStatus {
  /** Codes that can still be used. */
  remaining: number;
  createdAt: string | null;
}

export interface RecoveryCodes {
  codes: string[];
}
