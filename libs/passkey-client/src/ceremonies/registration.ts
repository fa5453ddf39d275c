import type { Api } from '../api.ts';
import type { CreatedRegistration, ExtensionInputs, Identifier, Passkey, Submitted } from '../api-types.ts';
import { withStepUp, identifyAndSubmit } from './authentication.ts';
import { browserCan, createCredential, requireWebAuthn } from './browser.ts';
import type { ExtensionResults } from './extensions.ts';

/** How long a password manager may take to make a passkey without a prompt; some browsers never answer. */
const PATIENCE_MS = 5_000;

export interface AddPasskeyOptions {
  name?: string;
  extensions?: ExtensionInputs;
  /** A passkey that needs a username: the new one takes its place, also on the same authenticator. */
  replacing?: Pick<Passkey, 'id' | 'credentialId'>;
}

export interface AccountCreated extends Submitted {
  extensionResults: ExtensionResults;
}

export interface PasskeyAdded {
  passkey: Passkey;
  extensionResults: ExtensionResults;
}

/** Creates an account with a passkey, and signs in. */
export async function createAccount(
  api: Api,
  identifier: Identifier,
  extensions?: ExtensionInputs,
): Promise<AccountCreated> {
  requireWebAuthn();
  await api.startInteraction('Register');
  const created = await api.createRegistration({ identifier, extensions });
  const extensionResults = await register(api, created);
  return { ...(await identifyAndSubmit(api, created.verificationId)), extensionResults };
}

/** Adds a passkey to the account that is signed in, after a step-up where the server wants one. */
export async function addPasskey(
  api: Api,
  deletePasskey: (passkey: Pick<Passkey, 'id' | 'credentialId'>) => Promise<void>,
  { name, extensions, replacing }: AddPasskeyOptions = {},
  onStepUp?: () => void,
): Promise<PasskeyAdded> {
  requireWebAuthn();
  const created = await withStepUp(api, () => api.createRegistration({ extensions }), onStepUp);
  const extensionResults = await register(api, replacing ? inPlaceOf(replacing, created) : created);
  const passkey = await api.bindPasskey({ verificationId: created.verificationId, name });
  if (replacing) await deletePasskey(replacing);
  return { passkey, extensionResults };
}

/**
 * Asks the browser for a passkey without a prompt (conditional create), as is fit after a sign-in by other means.
 * Null where it can't, or did not within 5 seconds; then a visible offer is due.
 */
export async function addPasskeyQuietly(api: Api): Promise<Passkey | null> {
  try {
    if (!(await browserCan('conditionalCreate'))) return null;
    const created = await api.createRegistration({ mediation: 'conditional' });
    await register(api, created, PATIENCE_MS);
    return await api.bindPasskey({ verificationId: created.verificationId });
  } catch {
    return null;
  }
}

async function register(
  api: Api,
  { verificationId, registrationOptions }: CreatedRegistration,
  quietlyWithin?: number,
): Promise<ExtensionResults> {
  const { payload, extensionResults } = await createCredential(registrationOptions, quietlyWithin);
  await api.verifyRegistration({ verificationId, payload });
  return extensionResults;
}

/** The same authenticator may make the new passkey, and makes one that works without a username. */
function inPlaceOf(
  { credentialId }: Pick<Passkey, 'credentialId'>,
  { verificationId, registrationOptions }: CreatedRegistration,
): CreatedRegistration {
  const { excludeCredentials, authenticatorSelection } = registrationOptions;
  return {
    verificationId,
    registrationOptions: {
      ...registrationOptions,
      excludeCredentials: excludeCredentials?.filter(({ id }) => id !== credentialId),
      authenticatorSelection: {
        ...authenticatorSelection,
        residentKey: 'required',
        requireResidentKey: true,
      },
    },
  };
}
