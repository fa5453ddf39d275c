import { startRegistration } from '@simplewebauthn/browser';
import { createRegistration, identify, startInteraction, verifyRegistration } from '../api/experience';
import { bindPasskey } from '../api/my-account';
import type { Identifier } from '../identifier';
import { requireWebAuthn } from './environment';
import { continueSignedIn } from './sign-in';

/** Creates an account with a passkey, and signs in. */
export async function createAccount(identifier: Identifier): Promise<void> {
  requireWebAuthn();
  await startInteraction('Register');
  await identify(await createCredential(identifier));
  await continueSignedIn();
}

/** Adds a passkey to the account that is signed in. */
export async function addPasskey(): Promise<void> {
  requireWebAuthn();
  await bindPasskey(await createCredential());
}

async function createCredential(identifier?: Identifier): Promise<string> {
  const { verificationId, registrationOptions } = await createRegistration(identifier);
  const credential = await startRegistration({ optionsJSON: registrationOptions });
  await verifyRegistration(verificationId, credential);
  return verificationId;
}
