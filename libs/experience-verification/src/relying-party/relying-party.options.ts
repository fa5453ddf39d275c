import { credentialAlgorithms, whyNotNamed } from '../webauthn/cose-algorithms';
import { type BrandingOptions, toBranding } from './branding.options';
import type { RpId } from '../webauthn/webauthn-types';
import { withoutUndefined } from '../validation/without-undefined';
import {
  type AndroidApp,
  DEFAULT_POLICY,
  DEFAULT_RELYING_PARTY,
  type RelyingParty,
  type RelyingPartyPolicy,
  SIGN_UPS,
} from '../webauthn/relying-party';

/** A relying party as a host configures it. */
export interface RelyingPartyOptions extends Partial<
  Omit<RelyingParty, 'id' | 'name' | 'origins' | 'policy' | 'branding'>
> {
  /** The domain that passkeys are bound to: the site's own, or a parent of it that is no public suffix. */
  id: string;
  name: string;
  /** Origins of the pages that use it, such as `https://example.com`. Cookies are Secure once one is https. */
  origins: string[];
  policy?: Partial<RelyingPartyPolicy>;
  /** How its product looks on pages, and in messages to owners of accounts. */
  branding?: BrandingOptions;
}

/** A further relying party, used for requests to `hosts`. */
export interface TenantOptions extends RelyingPartyOptions {
  /** Host names without port, such as `login.example.org`. */
  hosts: string[];
}

const AAGUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @throws Error when the options can't work together; the message names the option */
export function toRelyingParty(options: RelyingPartyOptions): RelyingParty {
  const { id, origins, policy, branding, ...others } = options;
  const relyingParty = { ...DEFAULT_RELYING_PARTY, ...withoutUndefined(others) };
  const { name, basePath, signUp, androidApps, redirects } = relyingParty;
  const [first, ...further] = [
    ...origins.map((origin) => toOrigin('relyingParty.origins', origin)),
    ...androidApps.flatMap(originsOfApp),
  ];
  if (first === undefined) throw new Error('relyingParty.origins: at least one is needed');
  if (!/^(\/[\w.~-]+)*$/.test(basePath)) {
    throw new Error(`relyingParty.basePath: must be a path such as /auth, not "${basePath}"`);
  }
  if (!SIGN_UPS.includes(signUp)) {
    throw new Error(`relyingParty.signUp: must be of ${SIGN_UPS.join(', ')}, not ${JSON.stringify(signUp)}`);
  }
  return {
    ...relyingParty,
    id: id as RpId,
    origins: [first, ...further],
    policy: toPolicy(policy),
    redirects: toRedirects(redirects, origins),
    branding: toBranding(branding ?? {}, name),
  };
}

function toRedirects(given: Record<string, string>, origins: string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([text, target]) => {
      const origin = toOrigin('relyingParty.redirects', text);
      if (!origins.some((own) => toOrigin('relyingParty.origins', own) === origin)) {
        throw new Error(`relyingParty.redirects: "${origin}" is none of the origins`);
      }
      if (!URL.canParse(target, origin) || !/^https?:$/.test(new URL(target, origin).protocol)) {
        throw new Error(`relyingParty.redirects: "${target}" is no address of a page`);
      }
      return [origin, target];
    }),
  );
}

function toPolicy(given: Partial<RelyingPartyPolicy> = {}): RelyingPartyPolicy {
  const policy = { ...DEFAULT_POLICY, ...withoutUndefined(given) };
  policy.allowedAaguids = policy.allowedAaguids?.map(toAaguid);
  policy.deniedAaguids = policy.deniedAaguids.map(toAaguid);
  policy.tpmManufacturers = policy.tpmManufacturers.map(toTpmManufacturer);
  policy.topOrigins = policy.topOrigins.map((origin) => toOrigin('policy.topOrigins', origin));
  if (policy.topOrigins.length > 0 && !policy.crossOrigin) {
    throw new Error('policy.topOrigins: is of use with policy.crossOrigin only');
  }
  if (policy.attestationTrust === 'metadata' && policy.attestation === 'none') {
    throw new Error('policy.attestationTrust: "metadata" needs policy.attestation, which is "none"');
  }
  if (policy.deviceTypes.length === 0) throw new Error('policy.deviceTypes: at least one is needed');
  const problem = policy.algorithms.map(whyNotNamed).find((one) => one !== undefined);
  if (problem !== undefined) throw new Error(`policy.algorithms: ${problem}`);
  if (credentialAlgorithms(policy.algorithms).length === 0) {
    throw new Error('policy.algorithms: at least one that passkeys may have is needed');
  }
  return policy;
}

/** An origin as browsers say it: `https://example.com/` would fit none, nor would one with a wildcard. Apps have origins of their own kind. */
function toOrigin(option: string, text: string): string {
  if (text.startsWith('android:')) return text;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && url.origin !== 'null' && url.href === `${url.origin}/` && !text.includes('*')) return url.origin;
  throw new Error(`${option}: "${text}" is not an origin such as https://example.com`);
}

function toAaguid(text: string): string {
  const aaguid = text.toLowerCase();
  if (AAGUID.test(aaguid)) return aaguid;
  throw new Error(`policy: "${text}" is not an AAGUID`);
}

function toTpmManufacturer(text: string): string {
  const id = text.toUpperCase();
  if (/^[0-9A-F]{8}$/.test(id)) return id;
  throw new Error(`policy.tpmManufacturers: "${text}" is not of 8 hex digits`);
}

/** The origin that Android gives an app: the SHA-256 of its certificate, base64url. */
const originsOfApp = ({ sha256CertFingerprints }: AndroidApp): string[] =>
  sha256CertFingerprints.map(
    (hex) => `android:apk-key-hash:${Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url')}`,
  );
