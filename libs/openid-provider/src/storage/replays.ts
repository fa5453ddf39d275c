import type { default as Provider } from 'oidc-provider';
import type { PayloadAdapter } from './adapter';

/**
 * Has one statement decide whether an id (of a DPoP proof, of a client assertion) is new: of many at the same moment, on any server,
 * one is told so. Finding it first, as oidc-provider does, would tell several.
 * @param adapter of the model ReplayDetection
 */
export function takeIdsOnce({ ReplayDetection }: Provider, adapter: PayloadAdapter): void {
  Object.assign(ReplayDetection, {
    /** @param exp seconds since 1970 */
    unique: (iss: string, jti: string, exp: number): Promise<boolean> =>
      adapter.insertOnce(`${iss}\0${jti}`, {}, exp - Math.floor(Date.now() / 1000)),
  });
}
