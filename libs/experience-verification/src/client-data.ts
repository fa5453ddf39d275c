import type { RelyingPartyPolicy } from './relying-party/relying-party.port';
import { fromBase64Url } from './webauthn-types';

/**
 * Refuses client data that was collected in a cross-origin iframe, unless the policy expects it (WebAuthn Level 3,
 * section 7.1 steps 10 and 11, section 7.2 steps 13 and 14).
 * @throws Error with the reason, also when it is no JSON object in base64url
 */
export function requireExpectedEmbedding(
  clientDataJSON: string,
  policy: Pick<RelyingPartyPolicy, 'crossOrigin' | 'topOrigins'>,
): void {
  const bytes = fromBase64Url(clientDataJSON);
  if (!bytes) throw new Error('clientDataJSON is not base64url');
  const clientData: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (typeof clientData !== 'object' || clientData === null)
    throw new Error('clientDataJSON is not an object');
  const { crossOrigin, topOrigin } = clientData as { crossOrigin?: unknown; topOrigin?: unknown };
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
