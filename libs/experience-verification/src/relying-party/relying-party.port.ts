import type { HttpRequest } from '../http/http-exchange';
import type { RpId, UserVerificationRequirement } from '../webauthn-types';

/** What a relying party asks of its ceremonies. Every value is checked again on what comes back. */
export interface RelyingPartyPolicy {
  /** Default `required`: a passkey replaces the password, so possession alone is not enough. */
  userVerification: UserVerificationRequirement;
  /** Default `required`: discoverable credentials are what autofill and the passkey button need. */
  residentKey: 'required' | 'preferred' | 'discouraged';
  /** COSE algorithm identifiers in order of preference. Default EdDSA, ES256, RS256 (-8, -7, -257). */
  algorithms: number[];
  /** Hints for the browser's dialogue (WebAuthn Level 3, section 5.8.7). Default none. */
  hints: ('security-key' | 'client-device' | 'hybrid')[];
  /** AppID of credentials registered with the older U2F API, sent as the `appid` extension. Default none. */
  appid?: string;
}

/** One relying party (WebAuthn Level 3, section 4). */
export interface RelyingParty {
  id: RpId;
  /** Shown by authenticators beside the account. */
  name: string;
  /** Origins whose ceremonies and requests are accepted, the first being where people sign in. */
  origins: string[];
  policy: RelyingPartyPolicy;
}

/**
 * Says which relying party a request belongs to. The default answers the configured one; a host with tenants
 * replaces it. It must never take `id` or `origins` from Host, Forwarded or X-Forwarded-* as they come.
 */
export interface RelyingPartyProvider {
  forRequest(request: HttpRequest): RelyingParty | Promise<RelyingParty>;
}

export const RELYING_PARTY_PROVIDER = Symbol('RELYING_PARTY_PROVIDER');

export const DEFAULT_POLICY: RelyingPartyPolicy = {
  userVerification: 'required',
  residentKey: 'required',
  algorithms: [-8, -7, -257],
  hints: [],
};
