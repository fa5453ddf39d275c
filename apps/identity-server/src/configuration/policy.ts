import {
  type AndroidApp,
  ATTESTATION_FORMATS,
  ATTESTATION_PREFERENCES,
  DEVICE_TYPES,
  HINTS,
  MODEL_STATUSES,
  RECOVERIES,
  type RelyingPartyOptions,
  RESIDENT_KEY_REQUIREMENTS,
  SIGN_COUNT_REGRESSIONS,
  type SignUp,
  SIGN_UPS,
  USER_VERIFICATION_REQUIREMENTS,
} from 'nestjs-passkey-sign-in';

export type Policy = NonNullable<RelyingPartyOptions['policy']>;

type Check = (value: unknown) => boolean;

export const oneOf =
  (allowed: readonly unknown[]): Check =>
  (value) =>
    allowed.includes(value);
export const isText: Check = (value) => typeof value === 'string' && value !== '';
const isInteger: Check = (value) => Number.isSafeInteger(value);
const isBoolean: Check = (value) => typeof value === 'boolean';
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const POLICY: Record<keyof Policy, Check> = {
  userVerification: oneOf(USER_VERIFICATION_REQUIREMENTS),
  residentKey: oneOf(RESIDENT_KEY_REQUIREMENTS),
  algorithms: listOf(isInteger),
  hints: listOf(oneOf(HINTS)),
  appid: isText,
  timeout: (value) => isInteger(value) && (value as number) >= 1 && (value as number) <= 3600,
  attestation: oneOf(ATTESTATION_PREFERENCES),
  attestationFormats: listOf(oneOf(ATTESTATION_FORMATS)),
  attestationTrust: oneOf(['any', 'metadata']),
  refusedModelStatuses: listOf(oneOf(MODEL_STATUSES)),
  attestationValidity: oneOf(['now', 'ignore-expiry']),
  compoundAttestation: oneOf(['every', 'any']),
  androidKeyEnforcement: oneOf(['any', 'hardware']),
  tpmManufacturers: listOf(isText),
  allowedAaguids: listOf(isText),
  deniedAaguids: listOf(isText),
  deviceTypes: listOf(oneOf(DEVICE_TYPES)),
  signCountRegression: oneOf(SIGN_COUNT_REGRESSIONS),
  recovery: oneOf(RECOVERIES),
  crossOrigin: isBoolean,
  topOrigins: listOf(isText),
};

/**
 * Checks that an object has known members with fitting values.
 * @throws Error that names the member
 */
export function checkMembers(value: unknown, checks: Record<string, Check>): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('must be an object');
  for (const [name, member] of Object.entries(value)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check) throw new Error(`"${name}" is not known; known are ${Object.keys(checks).join(', ')}`);
    if (!check(member)) throw new Error(`"${name}" has the wrong value ${JSON.stringify(member)}`);
  }
}

/** @throws Error that names the member */
export function toPolicy(value: unknown): Policy {
  checkMembers(value, POLICY);
  return value;
}

const FINGERPRINT = /^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/;

/** `TEAMID.bundle.identifier`. */
export const isAppleApp = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Z0-9]{10}\.[A-Za-z0-9.-]+$/.test(value);

/** `package.name=FINGERPRINT`; a package with several certificates is named several times. */
export function toAndroidApps(items: string[]): AndroidApp[] {
  const apps = new Map<string, string[]>();
  for (const item of items) {
    const [packageName = '', fingerprint = ''] = item.split('=');
    if (!packageName || !FINGERPRINT.test(fingerprint)) {
      throw new Error(`"${item}" is not of the form package.name=AA:BB:... (SHA-256)`);
    }
    apps.set(packageName, [...(apps.get(packageName) ?? []), fingerprint]);
  }
  return [...apps].map(([packageName, sha256CertFingerprints]) => ({ packageName, sha256CertFingerprints }));
}

/** A further relying party in RP_TENANTS, before its domain and origins are checked. */
export interface TenantEntry {
  hosts: string[];
  id: string;
  name: string;
  origins: string[];
  relatedOrigins?: string[];
  policy?: Policy;
  signUp?: SignUp;
  appleApps?: string[];
  androidApps?: string[];
  redirects?: Record<string, string>;
  /** As BRANDING has it, or the path of a JSON file. */
  branding?: unknown;
}

const TENANT: Record<keyof TenantEntry, Check> = {
  hosts: listOf(isText),
  id: isText,
  name: isText,
  origins: listOf(isText),
  relatedOrigins: listOf(isText),
  policy: (value) => typeof value === 'object' && value !== null,
  signUp: oneOf(SIGN_UPS),
  appleApps: listOf(isAppleApp),
  androidApps: listOf(isText),
  redirects: (value) => typeof value === 'object' && value !== null && Object.values(value).every(isText),
  branding: (value) => isText(value) || (typeof value === 'object' && value !== null),
};

/** @throws Error that names the member */
export function toTenant(value: unknown): TenantEntry {
  checkMembers(value, TENANT);
  for (const name of ['hosts', 'id', 'name', 'origins']) {
    if (!(name in value)) throw new Error(`"${name}" is missing`);
  }
  const tenant = value as TenantEntry;
  return { ...tenant, ...(tenant.policy && { policy: toPolicy(tenant.policy) }) };
}
