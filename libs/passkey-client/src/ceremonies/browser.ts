import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import { UnsupportedError } from '../errors.ts';
import { toBrowserInputs, withoutSecrets, type ExtensionResults } from './extensions.ts';

/** What a browser made, as it is sent to the API, and what stays in the page. */
export interface Made<T> {
  payload: T;
  extensionResults: ExtensionResults;
}

/** @throws UnsupportedError on an insecure origin, or in a browser without WebAuthn */
export function requireWebAuthn(): void {
  if (!isSecureContext) throw new UnsupportedError('insecure-origin');
  if (!browserSupportsWebAuthn()) throw new UnsupportedError('no-webauthn');
}

export async function getAssertion(
  options: PublicKeyCredentialRequestOptionsJSON,
  useBrowserAutofill = false,
): Promise<Made<AuthenticationResponseJSON>> {
  const optionsJSON = { ...options, extensions: toBrowserInputs(options.extensions) };
  return withoutSecrets(await startAuthentication({ optionsJSON, useBrowserAutofill }));
}

/** @param quietlyWithin milliseconds in which the browser may do it without a prompt; left out: with one */
export async function createCredential(
  options: PublicKeyCredentialCreationOptionsJSON,
  quietlyWithin?: number,
): Promise<Made<RegistrationResponseJSON>> {
  const optionsJSON = { ...options, extensions: toBrowserInputs(options.extensions) };
  const useAutoRegister = quietlyWithin !== undefined;
  const impatience = useAutoRegister
    ? setTimeout(() => {
        WebAuthnAbortService.cancelCeremony();
      }, quietlyWithin)
    : undefined;
  try {
    return withoutSecrets(await startRegistration({ optionsJSON, useAutoRegister }));
  } finally {
    clearTimeout(impatience);
  }
}

/** What the browser says it can do (WebAuthn Level 3, section 5.1.7); nothing where it does not say. */
export async function browserCan(
  capability: 'conditionalCreate' | 'passkeyPlatformAuthenticator',
): Promise<boolean> {
  try {
    const capabilities: Record<string, boolean> = await PublicKeyCredential.getClientCapabilities();
    return capabilities[capability] === true;
  } catch {
    return false;
  }
}
