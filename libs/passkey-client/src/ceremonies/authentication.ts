import type { AuthenticationResponseJSON } from '@simplewebauthn/browser';
import type { Api } from '../api.ts';
import type { ExtensionInputs, Identifier, Submitted } from '../api-types.ts';
import { hasCode } from '../errors.ts';
import { getAssertion, type Made, requireWebAuthn } from './browser.ts';
import type { ExtensionResults } from './extensions.ts';
import { signalUnknownCredential } from './signals.ts';

export interface SignInOptions {
  /** Whose passkey; left out: whichever the person picks. */
  identifier?: Identifier;
  extensions?: ExtensionInputs;
}

export interface SignedIn extends Submitted {
  extensionResults: ExtensionResults;
  /** `cross-platform`: the passkey is on another device, or on a security key. */
  authenticatorAttachment?: 'platform' | 'cross-platform';
}

/** Signs in with a passkey. */
export async function signIn(api: Api, { identifier, extensions }: SignInOptions = {}): Promise<SignedIn> {
  requireWebAuthn();
  await api.startInteraction('SignIn');
  const { verificationId, authenticationOptions } = await (identifier
    ? api.createAuthentication({ identifier, extensions })
    : api.createDiscoverableAuthentication({ extensions }));
  return finishSignIn(api, verificationId, await getAssertion(authenticationOptions));
}

/** From the browser's answer to a session. */
export async function finishSignIn(
  api: Api,
  verificationId: string,
  { payload, extensionResults }: Made<AuthenticationResponseJSON>,
): Promise<SignedIn> {
  try {
    await api.verifyAuthentication({ verificationId, payload });
  } catch (error) {
    await signalUnknownCredential(error);
    throw error;
  }
  const { redirectTo } = await identifyAndSubmit(api, verificationId);
  return { redirectTo, extensionResults, authenticatorAttachment: payload.authenticatorAttachment };
}

/** From a verified record to a session. */
export async function identifyAndSubmit(api: Api, verificationId: string): Promise<Submitted> {
  await api.identify(verificationId);
  return api.submit();
}

/** Proves the signed-in user's presence again. */
export async function stepUp(
  api: Api,
  { extensions }: Pick<SignInOptions, 'extensions'> = {},
): Promise<{ extensionResults: ExtensionResults }> {
  requireWebAuthn();
  const { verificationId, authenticationOptions } = await api.createStepUp({ extensions });
  const { payload, extensionResults } = await getAssertion(authenticationOptions);
  await api.verifyStepUp({ verificationId, payload });
  return { extensionResults };
}

/** Does `action`, and when the server wants a more recent proof of presence, or a passkey, a step-up and `action` again. */
export async function withStepUp<T>(api: Api, action: () => Promise<T>, onStepUp?: () => void): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const asksForStepUp =
      hasCode(error, 'session.verification_required') || hasCode(error, 'session.passkey_required');
    if (!asksForStepUp) throw error;
    onStepUp?.();
    await stepUp(api).catch((obstacle: unknown) => {
      // Without a passkey there is no step-up: only a new sign-in helps, which the first error says.
      throw hasCode(obstacle, 'session.mfa.webauthn_verification_not_found') ? error : obstacle;
    });
    return action();
  }
}
