import { dirname } from 'node:path';
import {
  type AndroidApp,
  type BrandingOptions,
  type PhoneRegion,
  RelyingParties,
  type RelyingPartyOptions,
  type SignUp,
  SIGN_UPS,
  type TenantOptions,
  toPhoneRegion,
} from 'nestjs-passkey-sign-in';
import { readBranding, toBrandingOptions } from './branding';
import { type Check, checkMembers, isText, listOf, oneOf } from './checks';
import { isLocalhost, toOwnOrigin, toRelatedOrigin, toRelyingPartyId } from './domains';
import type { ServerConfiguration } from './server';
import { type Policy, toPolicy } from './policy';
import { ConfigurationError, named, type Variables } from './variables';
import { fromJson, readJson } from './json';

const FINGERPRINT = /^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/;

export interface RelyingPartyConfiguration {
  /** Of all of them. */
  basePath: string;
  rpId: string;
  rpName: string;
  /** Origins of the relying party's own pages, the first being where people sign in. */
  rpOrigins: [string, ...string[]];
  /** Origins of pages on other domains, and of native apps, that use this relying party's passkeys. */
  rpRelatedOrigins: string[];
  rpPolicy: Policy;
  /** Who may create an account. */
  signUp: SignUp;
  /** Apps that share the relying party's passkeys. */
  appleApps: string[];
  androidApps: AndroidApp[];
  /** Where front ends on other origins go after a sign-in, by their origin. */
  rpRedirects: Record<string, string>;
  branding: BrandingOptions;
  /** Whose telephone numbers may be written as there. */
  phoneRegion?: PhoneRegion;
  /** Further relying parties, by host name. */
  tenants: TenantOptions[];
  /** Whether all pages are on localhost, where browsers take http: some things are for that alone. */
  isDevelopment: boolean;
}

/** @param server its origin on localhost has its port */
export function readRelyingParty(
  variables: Variables,
  { port, basePath }: Pick<ServerConfiguration, 'port' | 'basePath'>,
): RelyingPartyConfiguration {
  const rpId = named('RP_ID', () => toRelyingPartyId(variables.text('RP_ID') ?? 'localhost'));
  const rpOrigins = named('RP_ORIGINS', () =>
    variables
      .list('RP_ORIGINS', `http://localhost:${port}`)
      .map((text) => toOwnOrigin(text, rpId, 'RP_RELATED_ORIGINS')),
  ) as RelyingPartyConfiguration['rpOrigins'];
  const rpRelatedOrigins = named('RP_RELATED_ORIGINS', () =>
    variables.list('RP_RELATED_ORIGINS').map(toRelatedOrigin),
  );
  const tenants = variables.parsed('RP_TENANTS', (path) => readTenants(path, basePath)) ?? [];
  const origins = [...rpOrigins, ...rpRelatedOrigins, ...tenants.flatMap((tenant) => tenant.origins)];
  const rpName = variables.parsed('RP_NAME', toName);
  return {
    basePath,
    rpId,
    rpName: rpName ?? 'Passkey sign-in',
    rpOrigins,
    rpRelatedOrigins,
    rpPolicy: variables.parsed('RP_POLICY', (text) => toPolicy(fromJson(text))) ?? {},
    signUp: variables.oneOf('SIGN_UP', 'open', SIGN_UPS),
    appleApps: named('APPLE_APPS', () => variables.list('APPLE_APPS').map(toAppleApp)),
    androidApps: named('ANDROID_APPS', () => toAndroidApps(variables.list('ANDROID_APPS'))),
    rpRedirects: named('RP_REDIRECTS', () => toRedirects(variables.list('RP_REDIRECTS'))),
    branding: {
      // Pages bear no name that nobody gave.
      name: rpName ?? '',
      ...variables.parsed('BRANDING', (given) => readBranding(given, '.')),
    },
    phoneRegion: variables.parsed('PHONE_REGION', toPhoneRegion),
    tenants,
    isDevelopment: origins.every(isOnLocalhost),
  };
}

/** An app is on no host. */
const isOnLocalhost = (origin: string): boolean =>
  origin.startsWith('android:') || isLocalhost(new URL(origin).hostname);

/** How the module is told of the relying party that RP_* describe. */
export const relyingPartyOf = (configuration: RelyingPartyConfiguration): RelyingPartyOptions => ({
  id: configuration.rpId,
  name: configuration.rpName,
  origins: [...configuration.rpOrigins, ...configuration.rpRelatedOrigins],
  basePath: configuration.basePath,
  policy: configuration.rpPolicy,
  signUp: configuration.signUp,
  redirects: configuration.rpRedirects,
  branding: configuration.branding,
  appleApps: configuration.appleApps,
  androidApps: configuration.androidApps,
});

/** All relying parties. What can't work together is an error of the variable that says it. */
export function relyingPartiesOf(configuration: RelyingPartyConfiguration): RelyingParties {
  const own = relyingPartyOf(configuration);
  try {
    new RelyingParties(own);
  } catch (error) {
    const { message } = error as Error;
    throw new ConfigurationError(message.includes('redirects') ? 'RP_REDIRECTS' : 'RP_POLICY', message);
  }
  return named('RP_TENANTS', () => new RelyingParties(own, configuration.tenants));
}

/** As pages take it too. */
function toName(name: string): string {
  toBrandingOptions({ name }, '.');
  return name;
}

/** `TEAMID.bundle.identifier`. */
const isAppleApp = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Z0-9]{10}\.[A-Za-z0-9.-]+$/.test(value);

/** `package.name=FINGERPRINT`; a package with several certificates is named several times. */
function toAndroidApps(items: string[]): AndroidApp[] {
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

function toAppleApp(text: string): string {
  if (isAppleApp(text)) return text;
  throw new Error(`"${text}" is not of the form TEAMID.bundle.identifier`);
}

/** `origin=address` items. */
const toRedirects = (items: string[]): Record<string, string> =>
  Object.fromEntries(
    items.map((item) => {
      const [origin = '', ...address] = item.split('=');
      if (address.length === 0) throw new Error(`"${item}" is not of the form origin=address`);
      return [origin, address.join('=')];
    }),
  );

/** A further relying party in RP_TENANTS, before its domain and origins are checked. */
type TenantEntry = Omit<TenantOptions, 'tenant' | 'basePath' | 'androidApps' | 'branding'> & {
  relatedOrigins?: string[];
  /** `package.name=FINGERPRINT`. */
  androidApps?: string[];
  /** As BRANDING has it, or the path of a JSON file. */
  branding?: unknown;
};

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
function toTenant(value: unknown): TenantEntry {
  checkMembers(value, TENANT);
  for (const name of ['hosts', 'id', 'name', 'origins']) {
    if (!(name in value)) throw new Error(`"${name}" is missing`);
  }
  const tenant = value as TenantEntry;
  return { ...tenant, ...(tenant.policy && { policy: toPolicy(tenant.policy) }) };
}

/** Further relying parties, from a JSON file. */
function readTenants(path: string, basePath: string): TenantOptions[] {
  const entries = readJson(path);
  if (!Array.isArray(entries)) throw new Error(`${path} must hold an array`);
  return entries.map((entry) => {
    const { relatedOrigins = [], androidApps = [], branding, ...tenant } = toTenant(entry);
    const id = toRelyingPartyId(tenant.id);
    const own = tenant.origins.map((text) => toOwnOrigin(text, id, 'relatedOrigins'));
    return {
      ...tenant,
      basePath,
      id,
      origins: [...own, ...relatedOrigins.map(toRelatedOrigin)],
      androidApps: toAndroidApps(androidApps),
      ...(branding !== undefined && { branding: brandingOfTenant(tenant.id, branding, dirname(path)) }),
    };
  });
}

function brandingOfTenant(id: string, branding: unknown, folder: string): BrandingOptions {
  try {
    return typeof branding === 'string'
      ? readBranding(branding, folder)
      : toBrandingOptions(branding, folder);
  } catch (error) {
    const problems: Error[] = error instanceof AggregateError ? (error.errors as Error[]) : [error as Error];
    throw new AggregateError(problems.map(({ message }) => new Error(`branding of "${id}": ${message}`)));
  }
}
