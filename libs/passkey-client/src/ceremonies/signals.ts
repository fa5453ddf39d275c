import type { Api } from '../api.ts';
import { ApiError } from '../errors.ts';

/** The browser's Signal API (WebAuthn Level 3, section 5.1.10), where it has one. */
type SignalApi = Partial<
  Pick<
    typeof PublicKeyCredential,
    'signalAllAcceptedCredentials' | 'signalCurrentUserDetails' | 'signalUnknownCredential'
  >
>;

/** A passkey that an authenticator offered, and the server does not know. */
export interface UnknownCredential {
  rpId: string;
  credentialId: string;
}

const signalApi = (): SignalApi => (typeof PublicKeyCredential === 'undefined' ? {} : PublicKeyCredential);

/**
 * Tells authenticators which passkeys the account has, and its name. It is a courtesy: failure is silent.
 * @param isStillTrue asked when the list has come: one from before a passkey was made would have it removed
 */
export async function signalAccount(api: Api, isStillTrue: () => boolean): Promise<void> {
  const { signalAllAcceptedCredentials, signalCurrentUserDetails } = signalApi();
  if (!signalAllAcceptedCredentials && !signalCurrentUserDetails) return;
  try {
    const { allAcceptedCredentials, currentUserDetails } = await api.getSignals();
    if (!isStillTrue()) return;
    await signalAllAcceptedCredentials?.call(PublicKeyCredential, allAcceptedCredentials);
    await signalCurrentUserDetails?.call(PublicKeyCredential, currentUserDetails);
  } catch {
    // The next visit tells them again.
  }
}

/** The credential that an error says is not known to the server. */
export function unknownCredentialOf(error: unknown): UnknownCredential | undefined {
  if (!(error instanceof ApiError) || typeof error.data !== 'object') return undefined;
  return (error.data as { unknownCredential?: UnknownCredential } | null)?.unknownCredential;
}

/** Tells the authenticator that the passkey it offered is not known here. */
export async function signalUnknownCredential(error: unknown): Promise<void> {
  const unknown = unknownCredentialOf(error);
  if (!unknown) return;
  await signalApi()
    .signalUnknownCredential?.call(PublicKeyCredential, unknown)
    .catch(() => undefined);
}
