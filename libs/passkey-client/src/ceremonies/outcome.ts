import { hasCode } from '../errors.ts';
import { signalDeleted, type UnknownCredential } from './signals.ts';

/** How long is waited before each time that the server is asked. */
const WAITS_MS = [0, 1_000, 3_000];

/** Passkeys of which the server could not be asked yet. */
const unsettled = new Set<() => Promise<unknown>>();

/**
 * Finds out what became of a new passkey when its registration failed on its way, and tells the authenticator of one
 * that no account has: it would be offered for ever, and never work. While the server can't be asked it is left alone.
 * @param find what the server has of it; null: nothing, and nothing can come of it any more
 * @returns what was found; null when there is nothing, or nothing is known
 */
export async function settle<T>(
  error: unknown,
  credential: UnknownCredential,
  find: () => Promise<T | null>,
): Promise<T | null> {
  // It is somebody's.
  if (hasCode(error, 'session.mfa.webauthn_credential_already_in_use')) return null;
  const ask = async (): Promise<T | null> => {
    const found = await find();
    unsettled.delete(ask);
    if (!found) await signalDeleted(credential);
    return found;
  };
  for (const wait of WAITS_MS) {
    await new Promise((done) => setTimeout(done, wait));
    try {
      return await ask();
    } catch {
      unsettled.add(ask);
    }
  }
  return null;
}

/** Asks once more of what is not settled. Never throws. */
export async function settleEarlier(): Promise<void> {
  for (const ask of unsettled) await ask().catch(() => undefined);
}
