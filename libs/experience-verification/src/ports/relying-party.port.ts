import type { RelyingParty } from '../webauthn/relying-party';
import type { HttpRequest } from './http-exchange';

/**
 * Says which relying party a request belongs to. The default picks one of the module's options by the host name;
 * a host with tenants of its own replaces it. It must never take `id` or `origins` from Host, Forwarded or
 * X-Forwarded-* as they come.
 */
export interface RelyingPartyProvider {
  forRequest(request: HttpRequest): RelyingParty | Promise<RelyingParty>;
}

export const RELYING_PARTY_PROVIDER = Symbol('RELYING_PARTY_PROVIDER');
