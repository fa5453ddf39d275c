import { createHmac, hkdfSync } from 'node:crypto';
import type { AdapterConstructor, AdapterPayload, Client, Configuration, errors, JWK } from 'oidc-provider';
import type { Application, Applications, Consents, UserClaims } from '../ports/application';
import { sessionCookie, STRANGERS_TTL } from '../session/module-session';
import { noteUseNow } from '../session/noted-uses';
import { ACR_VALUES } from '../session/acr';
import { CLAIMS } from '../claims/claim-names';
import { SIGNING_ALGORITHMS } from '../keys/signing-keys';
import type { DueNotice } from '../logout/logout-notices.repository';
import type { ProviderPages } from '../pages/provider-pages';
import type { ResourceOptions } from '../openid-provider.options';

/** Names the request of an application that waits for its user. */
export const INTERACTION_COOKIE = '_interaction';

const MINUTE = 60;
const DAY = 86_400;

/** Where an application is told of what happens to its requests, from the point of view of oidc-provider. */
export function metadataOf(application: Application): AdapterPayload {
  const { type, jwks, redirectUris, backchannelLogoutUri, logoUri, termsUri, privacyUri } = application;
  const isConfidential = type === 'web' || type === 'machine';
  return {
    client_id: application.id,
    client_name: application.name,
    application_type: type === 'native' || type === 'device' ? 'native' : 'web',
    token_endpoint_auth_method: jwks ? 'private_key_jwt' : isConfidential ? 'client_secret_basic' : 'none',
    // What is compared is a hash (compareClientSecret): no algorithm here takes this as a key.
    ...(isConfidential && !jwks && { client_secret: `of ${application.id}` }),
    ...(jwks && { jwks }),
    grant_types: {
      ...{ web: ['authorization_code', 'refresh_token'], spa: ['authorization_code', 'refresh_token'] },
      ...{ native: ['authorization_code', 'refresh_token'], machine: ['client_credentials'] },
      device: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
    }[type],
    // Of those without addresses, oidc-provider takes none that may ask for codes.
    response_types: redirectUris.length > 0 ? ['code'] : [],
    redirect_uris: redirectUris,
    post_logout_redirect_uris: application.postLogoutRedirectUris,
    subject_type: application.subjectType,
    ...(backchannelLogoutUri && {
      backchannel_logout_uri: backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
    ...(logoUri && { logo_uri: logoUri }),
    ...(termsUri && { tos_uri: termsUri }),
    ...(privacyUri && { policy_uri: privacyUri }),
    thirdParty: application.thirdParty,
    groups: application.groups,
    secretHashes: application.secretHashes,
  };
}

/** What the operator alone says of an application. */
const OF_APPLICATIONS = ['thirdParty', 'groups', 'secretHashes'] as const;

/** What who is known by a metadata document alone may do: sign people in. Tokens of its own a machine has from the operator. */
const GRANTS_OF_STRANGERS = [
  'authorization_code',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
];

/** Whether a metadata document says of its client nothing but what anybody may say. */
const isStrangersOwn = (client: Client): boolean =>
  OF_APPLICATIONS.every((name) => client[name] === undefined) &&
  (client.grantTypes ?? []).every((grant) => GRANTS_OF_STRANGERS.includes(grant));

/**
 * Whose subjects are the same (OpenID Connect Core 1.0, section 8.1): applications of one host. A scheme of an app's own and the
 * machine itself are nobody's host.
 */
const sectorOf = (client: Client): string => {
  const uris = client.redirectUris ?? [];
  const isOfHost =
    client.applicationType !== 'native' ||
    client['sectorIdentifierUri'] !== undefined ||
    uris.every((uri) => new URL(uri).protocol === 'https:');
  return isOfHost ? String(client['sectorIdentifier']) : client.clientId;
};

export interface ConfigurationInput {
  relyingPartyId: string;
  /** Whether anybody may create an account. */
  takesNewUsers: boolean;
  /** Where its pages are, without the final slash. */
  pages: string;
  cookiePath: string;
  /** The present one first. */
  secrets: string[];
  resources: ResourceOptions[];
  /** Keys the subjects of applications that must not recognise each other's users. */
  pairwiseKey: Buffer;
  keys: JWK[];
  adapter: AdapterConstructor | ((name: string) => InstanceType<AdapterConstructor>);
  policy: Configuration['interactions'] extends { policy?: infer P } | undefined ? P : never;
  applications: Applications;
  consents: Consents;
  claims: UserClaims;
  ownPages: ProviderPages;
  /** Notes that an application is to be told when the session is over. */
  noteParticipant: (participant: Omit<DueNotice, 'attempts'>) => Promise<void>;
  errors: typeof errors;
}

const toScope = (scopes: Iterable<string>): string => [...scopes].join(' ');
const toScopes = (scope: string): Set<string> => new Set(scope.split(' '));

/** What every issuer is set up with: the code flow with PKCE, and nothing that has been given up (RFC 9700). */
export function configurationOf(input: ConfigurationInput): Configuration {
  const { relyingPartyId, pages, ownPages, cookiePath, applications, consents, claims, errors } = input;
  const mayUse = async (client: Client | undefined, userId: string): Promise<boolean> => {
    const groups = client?.['groups'] as string[] | undefined;
    return !groups?.length || applications.mayUse({ groups, relyingPartyId }, userId);
  };
  return {
    adapter: input.adapter,
    jwks: { keys: input.keys },
    scopes: ['openid', 'offline_access'],
    claims: { ...CLAIMS, iss: null },
    acrValues: [...ACR_VALUES],
    // Initiating User Registration via OpenID Connect 1.0, section 4.1.
    discovery: {
      prompt_values_supported: ['none', 'login', 'consent', ...(input.takesNewUsers ? ['create'] : [])],
    },
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    subjectTypes: ['public', 'pairwise'],
    pkce: { required: () => true },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    enabledJWA: {
      idTokenSigningAlgValues: [...SIGNING_ALGORITHMS],
      userinfoSigningAlgValues: [...SIGNING_ALGORITHMS],
    },
    extraClientMetadata: { properties: [...OF_APPLICATIONS] },
    cookies: {
      names: { interaction: INTERACTION_COOKIE },
      keys: input.secrets.map((secret) =>
        Buffer.from(hkdfSync('sha256', secret, '', 'openid-provider cookies', 32)).toString('base64url'),
      ),
      long: sessionCookie(cookiePath),
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    ttl: {
      ...{ AuthorizationCode: MINUTE, PushedAuthorizationRequest: MINUTE, Interaction: 60 * MINUTE },
      ...{ AccessToken: 10 * MINUTE, ClientCredentials: 10 * MINUTE, IdToken: 60 * MINUTE },
      ...{ DeviceCode: 10 * MINUTE, RefreshToken: 90 * DAY, Grant: 90 * DAY },
      Session: (_ctx, { accountId }) => (accountId === undefined ? STRANGERS_TTL : 365 * DAY),
    },
    rotateRefreshToken: true,
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    // Their rows hang on the session's, and end with it.
    expiresWithSession: () => false,
    routes: { userinfo: '/userinfo', introspection: '/introspection', revocation: '/revocation' },
    renderError: ownPages.renderError,
    // Where applications are told of logouts the operator has said: that may be a private network. What strangers name (client
    // metadata documents) may not, and has a dispatcher that refuses it.
    fetch: (url, options: RequestInit = {}) => {
      if (options.method === 'POST') Object.assign(options, { dispatcher: undefined });
      return globalThis.fetch(url, options);
    },
    interactions: {
      policy: input.policy,
      url: (_ctx, { uid }) => `${pages}/?authorization=${uid}`,
    },
    async findAccount(ctx, sub, token) {
      // An authorization request is told that it is refused: loadExistingGrant.
      if (token && !(await mayUse(ctx.oidc.client, sub))) return undefined;
      const scopeOfToken = token && 'scope' in token ? (token.scope ?? '') : '';
      // Whose session it is has just been looked up.
      const isSignedIn = !token && ctx.oidc.session?.accountId === sub;
      const known = isSignedIn ? {} : await claims.of(sub, toScopes(scopeOfToken));
      if (!known) return undefined;
      return {
        accountId: sub,
        claims: async (_use, scope) => {
          const isKnown = !isSignedIn && scope === scopeOfToken;
          return { sub, ...(isKnown ? known : await claims.of(sub, toScopes(scope))) };
        },
      };
    },
    async loadExistingGrant(ctx) {
      const { oidc } = ctx;
      const { provider, client, session, requestParamScopes } = oidc;
      const accountId = session?.accountId;
      if (!client || !session || !accountId) return undefined;
      if (!(await mayUse(client, accountId))) {
        throw new errors.AccessDenied('the user may not use this application');
      }
      // One that is known by its metadata document alone is somebody else's.
      const isOwn = client['thirdParty'] === false;
      const granted = isOwn ? [...requestParamScopes] : await consents.scopesOf(accountId, client.clientId);
      if (granted.length === 0) return undefined;
      const grantId = session.grantIdFor(client.clientId);
      const found = grantId ? await provider.Grant.find(grantId) : undefined;
      const grant = found ?? new provider.Grant({ accountId, clientId: client.clientId });
      const before = JSON.stringify([grant.openid, grant.resources]);
      grant.addOIDCScope(toScope(granted));
      for (const [identifier, { scopes }] of Object.entries(oidc.resourceServers ?? {})) {
        const given = granted.filter((scope) => scopes.has(scope));
        if (given.length > 0) grant.addResourceScope(identifier, toScope(given));
      }
      if (!found || JSON.stringify([grant.openid, grant.resources]) !== before) await grant.save();
      if (client.backchannelLogoutUri && client['thirdParty'] !== undefined) {
        session.ensureClientContainer(client.clientId);
        await input.noteParticipant({
          ...{ sessionId: session.uid, clientId: client.clientId, relyingPartyId, userId: accountId },
          sid: session.sidFor(client.clientId) ?? '',
        });
      }
      if (noteUseNow(session, grant, toScope(requestParamScopes))) {
        if (isOwn) await consents.noteUse(accountId, client.clientId, [...requestParamScopes]);
        else await consents.noteAllowedUse(accountId, client.clientId);
      }
      return grant;
    },
    pairwiseIdentifier: (_ctx, accountId, client) =>
      createHmac('sha256', input.pairwiseKey)
        .update(`${sectorOf(client)}\0${accountId}`)
        .digest('base64url'),
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri) => URL.canParse(uri) && new URL(uri).origin === origin),
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      claimsParameter: { enabled: true },
      clientCredentials: { enabled: true },
      clientIdMetadataDocument: {
        enabled: true,
        ack: 'draft-02',
        allowClient: (_ctx, client) => isStrangersOwn(client),
      },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: ownPages.renderUserCodeInput,
        userCodeConfirmSource: ownPages.renderUserCodeConfirmation,
        successSource: ownPages.renderDeviceSuccess,
      },
      dPoP: { enabled: true },
      introspection: {
        enabled: true,
        // A machine that is asked by an application may ask what its token is worth; a public client asks of its own.
        allowedPolicy: async ({ oidc }, client, token) => {
          if (client.clientAuthMethod === 'none' && token.clientId !== client.clientId) return false;
          // As at userinfo: of a user who may not use the application any more it is worth nothing.
          const { accountId, clientId = '' } = token as { accountId?: string; clientId?: string };
          return accountId === undefined || mayUse(await oidc.provider.Client.find(clientId), accountId);
        },
      },
      pushedAuthorizationRequests: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => [],
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, identifier) => {
          const resource = input.resources.find((one) => one.identifier === identifier);
          if (!resource) throw new errors.InvalidTarget();
          return {
            ...{ scope: toScope(resource.scopes), audience: identifier, accessTokenTTL: 10 * MINUTE },
            ...{ accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } },
          };
        },
      },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: ownPages.renderSignOut,
        postLogoutSuccessSource: ownPages.renderSignedOut,
      },
      userinfo: { enabled: true },
    },
  };
}
