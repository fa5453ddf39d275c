import { type AuthenticationResponseJSON, startAuthentication } from '@simplewebauthn/browser';
import {
  type CreatedAuthentication,
  createAuthentication,
  createDiscoverableAuthentication,
  identify,
  startInteraction,
  submit,
  verifyAuthentication,
} from '../api/experience';
import type { Identifier } from '../identifier';
import { requireWebAuthn } from './environment';
import { signalUnknownCredential } from './signals';

/** Signs in with a passkey of the user who has the identifier, or with any that the person picks. */
export async function signIn(identifier?: Identifier): Promise<void> {
  requireWebAuthn();
  await startInteraction('SignIn');
  const created = await (identifier ? createAuthentication(identifier) : createDiscoverableAuthentication());
  const credential = await startAuthentication({ optionsJSON: created.authenticationOptions });
  await finishSignIn(created, credential);
}

/** From the browser's answer to the signed-in page. */
export async function finishSignIn(
  { verificationId }: Pick<CreatedAuthentication, 'verificationId'>,
  credential: AuthenticationResponseJSON,
): Promise<void> {
  try {
    await verifyAuthentication(verificationId, credential);
  } catch (error) {
    await signalUnknownCredential(error);
    throw error;
  }
  await identify(verificationId);
  await continueSignedIn();
}

/** Submits the interaction, and goes where the server says, as long as that is on this site. */
export async function continueSignedIn(): Promise<void> {
  const { redirectTo } = await submit();
  const target = new URL(redirectTo, location.href);
  location.assign(target.origin === location.origin ? target.href : '/account');
}
