import type { Api } from '../api.ts';
import { ApiError } from '../errors.ts';

/** The browser's Signal API (WebAuthn Level 3, section 5.1.10), where it has one. */
type SignalApi = Partial<
  Pick<typeof PublicKeyCredential, 'signalCurrentUserDetails' | 'signalUnknownCredential'>
>;

/** A passkey that an authenticator offered, and the server does not know. */
export interface UnknownCredential {
  rpId: string;
  credentialId: string;
}

const signalApi = (): SignalApi => (typeof PublicKeyCredential === 'undefined' ? {} : PublicKeyCredential);

/** Tells authenticators the account's present name. It is a courtesy: failure is silent. */
export async function signalAccount(api: Api): Promise<void> {
  const { signalCurrentUserDetails } = signalApi();
  if (!signalCurrentUserDetails) return;
  try {
    const { currentUserDetails } = await api.getSignals();
    await signalCurrentUserDetails.call(PublicKeyCredential, currentUserDetails);
  } catch {
    // The next visit tells them again.
  }
}

/**
 * Tells authenticators that a passkey was deleted. Never by the list of those that remain: that of a restored backup
 * would have newer ones removed for good.
 */
export async function signalDeleted(deleted: UnknownCredential): Promise<void> {
  await signalApi()
    .signalUnknownCredential?.call(PublicKeyCredential, deleted)
    .catch(() => undefined);
}

/** The credential that an error says was deleted at the server. */
export function unknownCredentialOf(error: unknown): UnknownCredential | undefined {
  if (!(error instanceof ApiError) || typeof error.data !== 'object') return undefined;
  return (error.data as { unknownCredential?: UnknownCredential } | null)?.unknownCredential;
}

/** Tells the authenticator that the passkey it offered is not known here. */
export async function signalUnknownCredential(error: unknown): Promise<void> {
  const unknown = unknownCredentialOf(error);
  if (unknown) await signalDeleted(unknown);
}
