import type { Api } from '../api.ts';
import type {
  CreatedAuthentication,
  CreatedRegistration,
  ExtensionInputs,
  Identifier,
  Passkey,
  Submitted,
} from '../api-types.ts';
import { hasCode } from '../errors.ts';
import { finishSignIn, withStepUp } from './authentication.ts';
import { browserCan, createCredential, getAssertion, requireWebAuthn } from './browser.ts';
import type { ExtensionResults } from './extensions.ts';
import { settle, settleEarlier } from './outcome.ts';

/** How long a password manager may take to make a passkey without a prompt; some browsers never answer. */
const PATIENCE_MS = 5_000;

export interface AddPasskeyOptions {
  name?: string;
  extensions?: ExtensionInputs;
  /** A passkey that needs a username: the new one takes its place, also on the same authenticator. */
  replacing?: Pick<Passkey, 'id' | 'credentialId'>;
}

/** A code that was sent (`api.sendVerificationCode`) after `user.address_proof_required`, as it was typed. */
export interface AddressProof {
  verificationId: string;
  code: string;
}

export interface AccountCreated extends Submitted {
  extensionResults: ExtensionResults;
}

export interface PasskeyAdded {
  passkey: Passkey;
  extensionResults: ExtensionResults;
}

/**
 * Creates an account with a passkey, and signs in. Where the answer that says so was lost, it signs in with the passkey
 * that was made; where nothing came of it, the authenticator is told to forget it.
 * @param proof goes on in the interaction in which `user.address_proof_required` was answered
 * @param invitation the secret of one, where sign-up is by invitation
 */
export async function createAccount(
  api: Api,
  identifier: Identifier,
  extensions?: ExtensionInputs,
  proof?: AddressProof,
  invitation?: string,
): Promise<AccountCreated> {
  requireWebAuthn();
  await settleEarlier();
  if (proof) await unlessDone(() => api.verifyVerificationCode(proof));
  else await api.startInteraction('Register');
  const { verificationId, registrationOptions } = await api.createRegistration({
    identifier,
    invitation,
    extensions,
  });
  const { payload, extensionResults } = await createCredential(registrationOptions);
  const credential = { rpId: rpIdOf(registrationOptions), credentialId: payload.id };
  const create = async (): Promise<'created'> => {
    await unlessDone(() => api.verifyRegistration({ verificationId, payload }));
    await api.identify(verificationId);
    return 'created';
  };
  const find = () => findAccount(api, identifier, payload.id);
  let account: CreatedAuthentication | 'created' | null;
  try {
    account = await create();
  } catch (error) {
    account = await settle<CreatedAuthentication | 'created'>(error, credential, create, find);
    if (!account) throw error;
  }
  if (account === 'created') return { ...(await api.submit()), extensionResults };
  const assertion = await getAssertion(account.authenticationOptions);
  const { redirectTo } = await finishSignIn(api, account.verificationId, assertion);
  return { redirectTo, extensionResults };
}

/** Options to sign in to the account, if it is there and has the passkey. What was begun for it ends first. */
async function findAccount(
  api: Api,
  identifier: Identifier,
  credentialId: string,
): Promise<CreatedAuthentication | null> {
  await api.startInteraction('SignIn');
  try {
    const created = await api.createAuthentication({ identifier });
    const { allowCredentials = [] } = created.authenticationOptions;
    return allowCredentials.some(({ id }) => id === credentialId) ? created : null;
  } catch (error) {
    if (hasCode(error, 'user.user_not_exist', 'session.mfa.webauthn_verification_not_found')) return null;
    throw error;
  }
}

/** Adds a passkey to the account that is signed in, after a step-up where the server wants one. */
export async function addPasskey(
  api: Api,
  deletePasskey: (passkey: Pick<Passkey, 'id' | 'credentialId'>) => Promise<void>,
  { name, extensions, replacing }: AddPasskeyOptions = {},
  onStepUp?: () => void,
): Promise<PasskeyAdded> {
  requireWebAuthn();
  await settleEarlier();
  const created = await withStepUp(api, () => api.createRegistration({ extensions }), onStepUp);
  const added = await register(api, replacing ? inPlaceOf(replacing, created) : created, name);
  if (replacing) await deletePasskey(replacing);
  return added;
}

/**
 * Asks the browser for a passkey without a prompt (conditional create), as is fit after a sign-in by other means.
 * Null where it can't, or did not within 5 seconds; then a visible offer is due.
 */
export async function addPasskeyQuietly(api: Api): Promise<Passkey | null> {
  try {
    if (!(await browserCan('conditionalCreate'))) return null;
    const created = await api.createRegistration({ mediation: 'conditional' });
    return (await register(api, created, undefined, PATIENCE_MS)).passkey;
  } catch {
    return null;
  }
}

/** Makes the passkey and binds it to the account that is signed in. */
async function register(
  api: Api,
  { verificationId, registrationOptions }: CreatedRegistration,
  name?: string,
  quietlyWithin?: number,
): Promise<PasskeyAdded> {
  const { payload, extensionResults } = await createCredential(registrationOptions, quietlyWithin);
  const credentialId = payload.id;
  const bind = async (): Promise<Passkey> => {
    await unlessDone(() => api.verifyRegistration({ verificationId, payload }));
    return api.bindPasskey({ verificationId, name });
  };
  const find = async (): Promise<Passkey | null> => {
    await api.abandonInteraction();
    return (await api.listPasskeys()).find((one) => one.credentialId === credentialId) ?? null;
  };
  try {
    return { passkey: await bind(), extensionResults };
  } catch (error) {
    const passkey = await settle(error, { rpId: rpIdOf(registrationOptions), credentialId }, bind, find);
    if (passkey) return { passkey, extensionResults };
    throw error;
  }
}

/** Verifies something; that it was done before is no failure. */
async function unlessDone(verify: () => Promise<unknown>): Promise<void> {
  try {
    await verify();
  } catch (error) {
    if (!hasCode(error, 'session.mfa.pending_info_not_found')) throw error;
  }
}

const rpIdOf = ({ rp }: CreatedRegistration['registrationOptions']): string => rp.id ?? location.hostname;

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
