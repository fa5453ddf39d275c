import type { RelyingPartyPolicy } from '../ports/relying-party.port';
import { fromBase64Url } from './webauthn-types';

/** CollectedClientData (WebAuthn Level 3, section 5.8.1) as it came: nothing of it is checked yet. */
export type ClientData = Partial<
  Record<'type' | 'challenge' | 'origin' | 'crossOrigin' | 'topOrigin' | 'tokenBinding', unknown>
>;

/** UTF-8 decode, with its byte order mark and replacement characters (section 7.1 step 5, section 7.2 step 8). */
const utf8 = new TextDecoder();

/** @throws Error with the reason when it is no JSON object in base64url */
export function readClientData(clientDataJSON: string): { bytes: Buffer; clientData: ClientData } {
  const bytes = fromBase64Url(clientDataJSON);
  if (!bytes) throw new Error('clientDataJSON is not base64url');
  const clientData: unknown = JSON.parse(utf8.decode(bytes));
  if (typeof clientData !== 'object' || clientData === null)
    throw new Error('clientDataJSON is not an object');
  return { bytes, clientData };
}

/**
 * Refuses client data that was collected in a cross-origin iframe, unless the policy expects it (WebAuthn Level 3,
 * section 7.1 steps 10 and 11, section 7.2 steps 13 and 14).
 * @param clientData or clientDataJSON, base64url
 * @throws Error with the reason
 */
export function requireExpectedEmbedding(
  clientData: ClientData | string,
  policy: Pick<RelyingPartyPolicy, 'crossOrigin' | 'topOrigins'>,
): void {
  if (typeof clientData === 'string') clientData = readClientData(clientData).clientData;
  const { crossOrigin, topOrigin } = clientData;
  if (crossOrigin !== undefined && crossOrigin !== false) {
    if (!policy.crossOrigin || crossOrigin !== true) throw new Error('made in a cross-origin iframe');
  } else if (topOrigin !== undefined) {
    throw new Error('a top origin is told without crossOrigin');
  }
  // Clients before Level 3 do not tell the top origin.
  if (topOrigin !== undefined && !policy.topOrigins.includes(topOrigin as string)) {
    throw new Error(`made within the top origin ${JSON.stringify(topOrigin)}`);
  }
}
