/** @module nestjs-passkey-sign-in/testing */
export type { CredentialKey } from './credential-key';
export { PasskeyTestingModule } from './passkey-testing.module';
export {
  type AssertionOverrides,
  type AttestationKey,
  type Behaviour,
  type Overrides,
  SoftwareAuthenticator,
  type StatementMaker,
  type StoredCredential,
} from './software-authenticator';
export { type TestAnswer, TestBrowser, type TestBrowserOptions } from './test-browser';
