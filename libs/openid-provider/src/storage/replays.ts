import type { default as Provider } from 'oidc-provider';
import type { PayloadAdapter } from './adapter';

/** Seconds: for longer nothing is remembered, so that what lives longer (RFC 7523, section 3: a server may refuse it) is not new. */
const REMEMBERED_FOR = 86_400;

/**
 * Has one statement decide whether an id (of a DPoP proof, of a client assertion) is new: of many at the same moment, on any server,
 * one is told so. Finding it first, as oidc-provider does, would tell several.
 * @param adapter of the model ReplayDetection
 */
export function takeIdsOnce({ ReplayDetection }: Provider, adapter: PayloadAdapter): void {
  Object.assign(ReplayDetection, {
    /** @param exp seconds since 1970 */
    unique: async (iss: string, jti: string, exp: number): Promise<boolean> => {
      const lifetime = exp - Math.floor(Date.now() / 1000);
      return lifetime <= REMEMBERED_FOR && (await adapter.insertOnce(`${iss}\0${jti}`, {}, lifetime));
    },
  });
}
