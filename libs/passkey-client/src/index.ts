/** @module passkey-sign-in-client */
export type { Api } from './api.ts';
export type * from './api-types.ts';
export type { SignedIn, SignInOptions } from './ceremonies/authentication.ts';
export type { Autofill, AutofillHandlers } from './ceremonies/autofill.ts';
export { browserCan, requireWebAuthn } from './ceremonies/browser.ts';
export type { ExtensionResults } from './ceremonies/extensions.ts';
export type {
  AccountCreated,
  AddPasskeyOptions,
  AddressProof,
  PasskeyAdded,
} from './ceremonies/registration.ts';
export { type UnknownCredential, unknownCredentialOf } from './ceremonies/signals.ts';
export { createPasskeyClient, type PasskeyClient } from './client.ts';
export type { ErrorCode } from './error-code.ts';
export { ApiError, ConnectionError, hasCode, UnsupportedError } from './errors.ts';
export { toIdentifier } from './identifier.ts';
export type { ClientOptions } from './request.ts';
