import type { ModuleMetadata, Provider, Type } from '@nestjs/common';
import type { ModulePart } from './module-part';
import type { InteractionProvider } from './ports/interaction.port';
import {
  type ManagementToken,
  type ManagementTokenOptions,
  toManagementTokens,
} from './api/management-token';
import type { RouteOptions } from './api/route-options';
import { canSign } from './audit/post-webhook';
import { checkGathering, type GatheringOptions } from './database/gathering.options';
import type { SchemaOptions } from './database/schema.options';
import { resolveUsernames, type UsernameOptions, type UsernamePolicy } from './identifiers/username-rule';
import { type LimitOptions, type ResolvedLimits, resolveLimits } from './limits/limits.options';
import type { RateLimitStore } from './ports/rate-limit-store.port';
import type { AccountMessenger } from './ports/account-messenger.port';
import { RelyingParties } from './relying-party/relying-parties';
import type { RelyingPartyOptions, TenantOptions } from './relying-party/relying-party.options';
import type { RelyingPartyProvider } from './ports/relying-party.port';
import type { AttestationFormat } from './webauthn/relying-party';
import { MOST_OFFERED } from './webauthn/webauthn-types';
import type { PasskeyProvider } from './passkeys/passkey-provider';
import type { SessionProvider } from './ports/session.port';
import { type PhoneRegion, toPhoneRegion } from './identifiers/phone-number';
import type { UserDirectory } from './ports/user-directory.port';
import { withoutUndefined } from './validation/without-undefined';

/** How ExperienceVerificationModule is set up. Every duration is in seconds. */
export interface ExperienceVerificationOptions extends RouteOptions, SchemaOptions {
  relyingParty: RelyingPartyOptions;
  /**
   * What is beside the module's own calls: `logtoFrontend()`, `conformanceTools()`, `openIdProvider()`. Default none.
   * `forRootAsync` takes them beside its factory.
   */
  adapters?: ModulePart[];
  /** Further relying parties in the same server, picked by the host name of the request. */
  tenants?: TenantOptions[];
  /** The FIDO Metadata against which attestations are judged where a policy says `attestationTrust: 'metadata'`. */
  metadata?: MetadataOptions;
  /**
   * Certificates (DER) that attestations of a format must chain to, in place of those that @simplewebauthn/server
   * brings: Apple's and Google's. Default none of one's own.
   */
  attestationRoots?: Partial<Record<AttestationFormat, Buffer[]>>;
  /** Where audit events are posted to (Standard Webhooks). */
  webhooks?: WebhookOptions[];
  /**
   * What the authentication options call answers for an unknown user or one without a passkey. Default
   * `reveal`: 404 or 400. `decoy`: options of the same shape that no passkey fits, so that nobody can ask
   * which accounts exist; needs `secret`. Answers that would tell by their time come later: options after 40 to 60 ms,
   * refused proofs and sent codes after 150 to 250.
   */
  accountEnumeration?: 'reveal' | 'decoy';
  /**
   * Keys the decoys, so that they are the same at each call and on each server, and the hashes of codes that are sent:
   * without it these work on the server alone that sent them. At least 16 characters. A list while it is changed: the first
   * seals and signs, and each opens and verifies.
   */
  secret?: string | string[];
  /** Lifetime of a challenge, also sent as the ceremony's timeout. Default 300. */
  challengeTtl?: number;
  /**
   * The same of a challenge that any passkey may answer: autofill waits as long as somebody looks at the page. Default
   * `challengeTtl`, and 600 where that is not given either.
   */
  discoverableChallengeTtl?: number;
  /** How long a verified record waits for its identification or binding. Default 600. */
  verifiedTtl?: number;
  /** Lifetime of an interaction. Default 3600. */
  interactionTtl?: number;
  /** Lifetime of a session, however much it is used. Default 30 days. */
  sessionTtl?: number;
  /** How long a session may be idle. Default 24 hours. */
  sessionIdleTtl?: number;
  /** How long after a sign-in or step-up passkeys may be added and deleted. Default 600. */
  recentSignIn?: number;
  /** Passkeys that an account may have at a relying party, at most 64: browsers refuse longer lists. Default 25. */
  maxPasskeys?: number;
  /**
   * Region (ISO 3166-1 alpha-2) whose telephone numbers may be written as people dial them there. Default none: each has its
   * country's code.
   */
  phoneRegion?: PhoneRegion;
  /**
   * Where `submit` sends the browser, with `#recovered` after a recovery. Default `/account`. A host's own
   * InteractionProvider answers that itself.
   */
  redirectTo?: string;
  /**
   * Bearer token of the management API that may do everything, of at least 32 characters. Default none. A list while it is
   * changed: each is good.
   */
  managementApiToken?: string | string[];
  /** Bearer tokens of the management API, each with a name and scopes. Without any, every management call is 401. */
  managementTokens?: ManagementTokenOptions[];
  /** What is asked of user names, beside the rule that holds everywhere. Default nothing. */
  usernames?: UsernameOptions;
  /** How often one caller may ask. Default: on, with the defaults of `LimitOptions`. */
  limits?: LimitOptions | 'off';
  /** How long audit events are kept, at least a day, and until webhooks are no more tried with them. Default: for ever. */
  auditRetention?: number;
  /** How many calls that wait at the same moment share one statement. Default: up to 64. */
  gathering?: GatheringOptions;
  /** Passkey providers by AAGUID that are added to the names that the module knows. */
  passkeyProviders?: Record<string, PasskeyProvider>;
}

/** A FIDO Metadata Service BLOB (MDS3). */
export interface MetadataOptions {
  /** Path of a file, or an https URL. */
  source: string;
  /** PEM certificates that its signature must chain to. Default: the FIDO Alliance's root. */
  rootCertificates?: string[];
}

/** A receiver of audit events. */
export interface WebhookOptions {
  url: string;
  /** `whsec_` and base64, of 24 to 64 bytes: signs each message. Of a list, while it is changed, each signs. */
  secret: string | string[];
}

/** Implementations that replace the module's own. Each is resolved by Nest, so that it may inject. */
export interface ExperienceVerificationPorts {
  userDirectory?: Type<UserDirectory>;
  relyingParty?: Type<RelyingPartyProvider>;
  interaction?: Type<InteractionProvider>;
  session?: Type<SessionProvider>;
  /** The host's own way to reach people: e-mail, text message. Without it nothing is sent. */
  messenger?: Type<AccountMessenger>;
  /** Where servers share their limits. Default: Redis when `limits.redisUrl` is set, else the database. */
  rateLimitStore?: Type<RateLimitStore>;
  /** Providers that the implementations inject. */
  providers?: Provider[];
}

/** What is needed before anything is made, so that no factory can give it. */
type Static = 'adapters' | keyof RouteOptions | keyof SchemaOptions;

export type StaticOptions = Pick<ExperienceVerificationOptions, Static>;

type Optional = 'auditRetention' | 'metadata' | 'phoneRegion';

/** What is resolved into something else. */
type Replaced =
  | Static
  | 'relyingParty'
  | 'tenants'
  | 'limits'
  | 'managementApiToken'
  | 'managementTokens'
  | 'usernames'
  | 'secret';

export type ResolvedOptions = Required<Omit<ExperienceVerificationOptions, Optional | Replaced>> &
  Pick<ExperienceVerificationOptions, Optional> & {
    relyingParties: RelyingParties;
    managementTokens: ManagementToken[];
    /** The present one first; empty: there is none. */
    secrets: string[];
    usernames: UsernamePolicy;
    /** Null: off. */
    limits: ResolvedLimits | null;
  };

export const MODULE_OPTIONS = Symbol('EXPERIENCE_VERIFICATION_OPTIONS');

const DAY = 86_400;

/** Characters of a secret, at least. */
const SHORTEST_SECRET = 16;

/** @throws Error when the options can't work together; the message names the option */
export function resolveOptions(options: OptionsOfFactory): ResolvedOptions {
  const {
    relyingParty,
    tenants,
    limits = {},
    managementApiToken,
    managementTokens = [],
    usernames = {},
    secret = [],
    ...rest
  } = options;
  const resolved: ResolvedOptions = {
    accountEnumeration: 'reveal',
    challengeTtl: 300,
    discoverableChallengeTtl: rest.challengeTtl ?? 600,
    verifiedTtl: 600,
    interactionTtl: 3600,
    sessionTtl: 30 * DAY,
    sessionIdleTtl: DAY,
    recentSignIn: 600,
    maxPasskeys: 25,
    redirectTo: '/account',
    attestationRoots: {},
    webhooks: [],
    passkeyProviders: {},
    gathering: {},
    ...withoutUndefined(rest),
    relyingParties: new RelyingParties(relyingParty, tenants),
    managementTokens: toManagementTokens(managementApiToken, managementTokens),
    secrets: [secret].flat(),
    usernames: resolveUsernames(usernames),
    limits: limits === 'off' ? null : resolveLimits(limits),
  };
  const { secrets } = resolved;
  if (secrets.some(({ length }) => length < SHORTEST_SECRET)) {
    throw new Error(`secret: at least ${SHORTEST_SECRET} characters are needed`);
  }
  if (resolved.accountEnumeration === 'decoy' && secrets.length === 0) {
    throw new Error('secret: is needed for accountEnumeration "decoy"');
  }
  resolved.webhooks.forEach(checkWebhook);
  if (resolved.phoneRegion !== undefined) toPhoneRegion(resolved.phoneRegion);
  checkGathering(resolved.gathering);
  const { maxPasskeys } = resolved;
  if (!Number.isInteger(maxPasskeys) || maxPasskeys < 1 || maxPasskeys > MOST_OFFERED) {
    throw new Error(`maxPasskeys: must be a whole number from 1 to ${MOST_OFFERED}`);
  }
  const { all } = resolved.relyingParties;
  if (!resolved.metadata && all.some(({ policy }) => policy.attestationTrust === 'metadata')) {
    throw new Error('metadata: is needed for policy.attestationTrust "metadata"');
  }
  return resolved;
}

/** Its address is never repeated: it may hold a secret. */
function checkWebhook({ url, secret }: WebhookOptions, index: number, webhooks: WebhookOptions[]): void {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new Error(`webhooks: number ${index + 1} is not an http or https URL`);
  }
  if (parsed.username || parsed.password) {
    throw new Error(
      `webhooks: number ${index + 1} has credentials in its URL, which are not sent; the signature says who sends`,
    );
  }
  const first = webhooks.findIndex((other) => other.url === url);
  if (first < index) {
    throw new Error(`webhooks: number ${index + 1} is the same as number ${first + 1}`);
  }
  if (![secret].flat().every(canSign)) {
    throw new Error(`webhooks: number ${index + 1} has a secret that is not whsec_ and base64`);
  }
}

type OptionsOfFactory = Omit<ExperienceVerificationOptions, Static>;

/** Options that come from elsewhere, such as a configuration service. */
export interface ExperienceVerificationAsyncOptions extends Pick<ModuleMetadata, 'imports'>, StaticOptions {
  inject?: (Type | string | symbol)[];
  useFactory: (...dependencies: never[]) => OptionsOfFactory | Promise<OptionsOfFactory>;
  ports?: ExperienceVerificationPorts;
}
