import { ApiError, hasCode } from '../errors.ts';
import { signalDeleted, type UnknownCredential } from './signals.ts';

/** How long is waited before each time that what was lost is sent again. */
const WAITS_MS = [0, 1_000, 3_000];

/** Passkeys of which the server could not be asked yet. */
const unsettled = new Set<() => Promise<unknown>>();

/** Whether the server may have done it, or may do it when it is asked again. */
const isLost = (error: unknown): boolean => !(error instanceof ApiError) || error.status >= 500;

/**
 * Goes on with a new passkey whose registration failed on its way, or finds out what became of it, and tells the
 * authenticator of one that no account has: it would be offered for ever, and never work. While the server can't be asked
 * it is left alone.
 * @param sendAgain what was not answered: it was done, or is done now, and never twice
 * @param find what the server has of it; null: nothing, and nothing can come of it any more
 * @returns what was made or found; null when there is nothing, or nothing is known
 */
export async function settle<T>(
  error: unknown,
  credential: UnknownCredential,
  sendAgain: () => Promise<T>,
  find: () => Promise<T | null>,
): Promise<T | null> {
  // It is somebody's.
  if (hasCode(error, 'session.mfa.webauthn_credential_already_in_use')) return null;
  let last = error;
  for (const wait of WAITS_MS) {
    if (!isLost(last)) break;
    await new Promise((done) => setTimeout(done, wait));
    try {
      return await sendAgain();
    } catch (again) {
      last = again;
    }
  }
  const ask = async (): Promise<T | null> => {
    const found = await find();
    unsettled.delete(ask);
    if (!found) await signalDeleted(credential);
    return found;
  };
  return ask().catch(() => {
    unsettled.add(ask);
    return null;
  });
}

/** Asks once more of what is not settled. Never throws. */
export async function settleEarlier(): Promise<void> {
  for (const ask of unsettled) await ask().catch(() => undefined);
}
