import { ACCOUNT, createApi } from './api.ts';
import type { ExtensionInputs, Identifier, Passkey } from './api-types.ts';
import { type SignInOptions, signIn, stepUp, withStepUp } from './ceremonies/authentication.ts';
import { alone, Autofill, type AutofillHandlers } from './ceremonies/autofill.ts';
import {
  type RecoveryStep,
  recoverWithCode,
  recoverWithLink,
  recoverWithSentCode,
  sendCode,
} from './ceremonies/recovery.ts';
import {
  type AddPasskeyOptions,
  addPasskey,
  addPasskeyQuietly,
  type AddressProof,
  createAccount,
} from './ceremonies/registration.ts';
import { signalAccount, signalDeleted } from './ceremonies/signals.ts';
import { type ClientOptions, createSend } from './request.ts';

/** Names this page among the tabs of the browser: each has an interaction of its own. */
const newTab = (): string => crypto.getRandomValues(new Uint32Array(2)).join('');

/**
 * The passkey sign-in API, and the ceremonies around it. Ceremonies stop autofill while they run, also that of another
 * client of the page, and it listens again when they fail. All may throw ApiError, ConnectionError, UnsupportedError, or
 * WebAuthnError of `@simplewebauthn/browser`.
 */
export function createPasskeyClient(options: ClientOptions = {}) {
  let expectedAccount: string | undefined;
  const tab = newTab();
  const headers = (path: string) => ({
    ...options.headers?.(path),
    'Interaction-Tab': tab,
    ...(expectedAccount !== undefined && path !== ACCOUNT && { 'Expected-Account': expectedAccount }),
  });
  const api = createApi(createSend({ ...options, headers }));
  const { onStepUp } = options;

  /** Deletes a passkey, after a step-up where the server wants one, and tells authenticators. */
  const deletePasskey = async ({ id, credentialId }: Pick<Passkey, 'id' | 'credentialId'>): Promise<void> => {
    const { currentUserDetails } = await api.getSignals();
    await withStepUp(api, () => api.deletePasskey(id), onStepUp);
    await signalDeleted({ rpId: currentUserDetails.rpId, credentialId });
  };

  /** Deletes the account, for good, and tells authenticators that its passkeys are gone. */
  const deleteAccount = async (): Promise<void> => {
    const [{ currentUserDetails }, passkeys] = await Promise.all([api.getSignals(), api.listPasskeys()]);
    if (passkeys.length > 0) {
      onStepUp?.();
      await stepUp(api);
    }
    await api.deleteAccount();
    const { rpId } = currentUserDetails;
    await Promise.all(passkeys.map(({ credentialId }) => signalDeleted({ rpId, credentialId })));
  };

  return {
    /** Single calls. */
    api,
    /**
     * Says whose account the page shows: from then on whatever is asked of the account is refused with
     * `session.account_mismatch` once somebody else has signed in in the browser. `api.getAccount` tells who.
     */
    expectAccount: (id: string): void => {
      expectedAccount = id;
    },
    /** Signs in with a passkey: of `identifier`, or whichever the person picks. */
    signIn: (how?: SignInOptions) => alone(() => signIn(api, how)),
    /** Listens, once it is armed, for a passkey picked in an `<input autocomplete="username webauthn">`. */
    autofill: (on: AutofillHandlers): Pick<Autofill, 'arm' | 'disarm'> => new Autofill(api, on),
    /** Creates an account with a passkey, and signs in; after `user.address_proof_required` with the code that was sent, by an invitation with its secret. */
    createAccount: (
      identifier: Identifier,
      extensions?: ExtensionInputs,
      proof?: AddressProof,
      invitation?: string,
    ) => alone(() => createAccount(api, identifier, extensions, proof, invitation)),
    /** Adds a passkey to the account that is signed in. */
    addPasskey: (how?: AddPasskeyOptions) => alone(() => addPasskey(api, deletePasskey, how, onStepUp)),
    /** Adds one without a prompt, where the browser can; null otherwise. Never throws. */
    addPasskeyQuietly: () => addPasskeyQuietly(api),
    /** Proves the signed-in user's presence again. */
    stepUp: (how?: Pick<SignInOptions, 'extensions'>) => alone(() => stepUp(api, how)),
    /** Does `action`; when the server wants a recent proof of presence, a step-up and `action` again. */
    withStepUp: <T>(action: () => Promise<T>) => withStepUp(api, action, onStepUp),
    /** Signs in with a recovery code; after `recovery.second_code_required`, with one of the other kind too. */
    recoverWithCode: (identifier: Identifier, code: string, step?: RecoveryStep) =>
      alone(() => recoverWithCode(api, identifier, code, step)),
    /** Signs in with the secret of a recovery link. */
    recoverWithLink: (secret: string) => alone(() => recoverWithLink(api, secret)),
    /** Has a code sent to the account's owner. Autofill must be disarmed until it was entered. */
    sendCode: (identifier: Identifier, step?: RecoveryStep) => alone(() => sendCode(api, identifier, step)),
    /** Signs in with the code that was sent. */
    recoverWithSentCode: (verificationId: string, code: string) =>
      alone(() => recoverWithSentCode(api, verificationId, code)),
    /** Deletes a passkey of the account, and tells authenticators that it is gone. */
    deletePasskey,
    /** Deletes the account, for good, after a fresh proof of presence; authenticators are told. */
    deleteAccount: () => alone(deleteAccount),
    /** Tells authenticators the account's present name. Never throws. */
    signalAccount: () => signalAccount(api),
  };
}

export type PasskeyClient = ReturnType<typeof createPasskeyClient>;
