import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

type ClientData = Record<string, unknown>;
type Shape<T> = (answer: T) => object;

/** How a client writes what it sends, beside what an honest one of the specification would. */
export interface ClientShape {
  client: string;
  /** Where the shape is told of, in words. */
  source: string;
  /** Members of the client data, in its order. Default: type, challenge, origin, crossOrigin. */
  clientData?: (members: ClientData) => ClientData;
  /** Origin of an app in place of a page's. */
  origin?: 'android';
  registration: Shape<RegistrationResponseJSON>;
  authentication: Shape<AuthenticationResponseJSON>;
}

const ordered =
  (...names: string[]) =>
  (members: ClientData): ClientData =>
    Object.fromEntries(names.filter((name) => name in members).map((name) => [name, members[name]]));

const padded = (text: string) => text.padEnd(Math.ceil(text.length / 4) * 4, '=');

/** PublicKeyCredential.toJSON() of the specification, its members in alphabetical order as Chromium has them. */
const registrationToJson: Shape<RegistrationResponseJSON> = ({ id, response, clientExtensionResults }) => ({
  authenticatorAttachment: 'platform',
  clientExtensionResults,
  id,
  rawId: id,
  response: {
    attestationObject: response.attestationObject,
    authenticatorData: response.authenticatorData,
    clientDataJSON: response.clientDataJSON,
    publicKey: response.publicKey,
    publicKeyAlgorithm: response.publicKeyAlgorithm,
    transports: response.transports,
  },
  type: 'public-key',
});

const authenticationToJson: Shape<AuthenticationResponseJSON> = ({ id, response }) => ({
  authenticatorAttachment: 'platform',
  clientExtensionResults: {},
  id,
  rawId: id,
  response: {
    authenticatorData: response.authenticatorData,
    clientDataJSON: response.clientDataJSON,
    signature: response.signature,
    userHandle: response.userHandle,
  },
  type: 'public-key',
});

/** What an app makes of what the system gives it: bytes, and nothing of extensions or attachment. */
const bare = ({ id, response }: RegistrationResponseJSON | AuthenticationResponseJSON, names: string[]) => ({
  rawId: id,
  id,
  response: Object.fromEntries(Object.entries(response).filter(([name]) => names.includes(name))),
  type: 'public-key',
});

const AT_REGISTRATION = ['clientDataJSON', 'attestationObject'];
const AT_AUTHENTICATION = ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'];

/** Shapes that clients are known to send. */
export const CLIENT_SHAPES: readonly ClientShape[] = [
  {
    client: 'Chrome',
    source:
      'toJSON() of Chrome 129 and later; its client data sometimes warns against comparing with a template',
    clientData: (members) => ({
      ...members,
      other_keys_can_be_added_here:
        'do not compare clientDataJSON against a template. See https://goo.gl/yabPex',
    }),
    registration: registrationToJson,
    authentication: authenticationToJson,
  },
  {
    client: 'Chrome, security key',
    source: 'toJSON() of Chrome with a security key, whose attachment is cross-platform',
    registration: (answer) => ({ ...registrationToJson(answer), authenticatorAttachment: 'cross-platform' }),
    authentication: (answer) => ({
      ...authenticationToJson(answer),
      authenticatorAttachment: 'cross-platform',
    }),
  },
  {
    client: 'Safari',
    source: 'toJSON() of Safari 18.4 and later; client data of earlier ones without crossOrigin',
    clientData: ordered('type', 'challenge', 'origin'),
    registration: ({ response, ...answer }) => ({
      ...registrationToJson({ response, ...answer }),
      clientExtensionResults: {},
    }),
    authentication: authenticationToJson,
  },
  {
    client: 'Firefox',
    source: 'toJSON() of Firefox 119 and later, whose attachment may be null',
    registration: (answer) => ({ ...registrationToJson(answer), authenticatorAttachment: null }),
    authentication: (answer) => ({ ...authenticationToJson(answer), authenticatorAttachment: null }),
  },
  {
    client: 'Firefox before 114',
    source:
      "client data of Firefox's own authenticator library, in alphabetical order with members of Level 1",
    clientData: (members) => ({
      challenge: members['challenge'],
      clientExtensions: {},
      hashAlgorithm: 'SHA-256',
      origin: members['origin'],
      type: members['type'],
    }),
    registration: (answer) => ({ ...bare(answer, AT_REGISTRATION), clientExtensionResults: {} }),
    authentication: (answer) => ({ ...bare(answer, AT_AUTHENTICATION), clientExtensionResults: {} }),
  },
  {
    client: 'Android Credential Manager',
    source:
      "Google's guide to androidx.credentials: registrationResponseJson and authenticationResponseJson of an app",
    origin: 'android',
    clientData: ({ type, challenge, origin }) => ({
      type,
      challenge,
      origin,
      androidPackageName: 'com.example.passkeys',
    }),
    registration: ({ id, response }) => ({
      rawId: id,
      authenticatorAttachment: 'platform',
      type: 'public-key',
      id,
      response: { ...response, transports: ['internal', 'hybrid'] },
      clientExtensionResults: { credProps: { rk: true } },
    }),
    authentication: ({ id, response }) => ({
      rawId: id,
      authenticatorAttachment: 'cross-platform',
      type: 'public-key',
      id,
      response,
      clientExtensionResults: {},
    }),
  },
  {
    client: 'iOS',
    source:
      'what apps make of ASAuthorizationPlatformPublicKeyCredential…, as passkey libraries for React Native and Flutter send it',
    clientData: ordered('type', 'challenge', 'origin'),
    registration: (answer) => bare(answer, AT_REGISTRATION),
    authentication: (answer) => ({
      ...bare(answer, AT_AUTHENTICATION),
      clientExtensionResults: { largeBlob: {} },
    }),
  },
  {
    client: 'iOS, padded',
    source: "apps that take Foundation's base64 and change its two characters: the padding stays",
    clientData: ordered('type', 'challenge', 'origin'),
    registration: ({ id, response }) => ({
      id: padded(id),
      rawId: padded(id),
      type: 'public-key',
      response: {
        clientDataJSON: padded(response.clientDataJSON),
        attestationObject: padded(response.attestationObject),
      },
    }),
    authentication: ({ id, response }) => ({
      id: padded(id),
      rawId: padded(id),
      type: 'public-key',
      response: {
        clientDataJSON: padded(response.clientDataJSON),
        authenticatorData: padded(response.authenticatorData),
        signature: padded(response.signature),
        userHandle: padded(response.userHandle!),
      },
    }),
  },
  {
    client: '1Password',
    source:
      'its open client library for passkeys: credProps with a display name, every output of an extension that it knows',
    registration: (answer) => ({
      ...registrationToJson(answer),
      clientExtensionResults: {
        credProps: { rk: true, authenticatorDisplayName: '1Password' },
        prf: { enabled: true },
      },
    }),
    authentication: authenticationToJson,
  },
  {
    client: 'Bitwarden',
    source:
      "its extension's toJSON(): the attachment is always platform, and outputs of extensions may be undefined",
    registration: ({ id, response }) => ({
      id,
      rawId: id,
      response: {
        clientDataJSON: response.clientDataJSON,
        authenticatorData: response.authenticatorData,
        transports: ['internal', 'hybrid'],
        publicKey: response.publicKey,
        publicKeyAlgorithm: response.publicKeyAlgorithm,
        attestationObject: response.attestationObject,
      },
      authenticatorAttachment: 'platform',
      clientExtensionResults: {},
      type: 'public-key',
    }),
    authentication: ({ id, response }) => ({
      id,
      rawId: id,
      response,
      authenticatorAttachment: 'platform',
      clientExtensionResults: {},
      type: 'public-key',
    }),
  },
  {
    client: 'Bitwarden on Android before October 2025',
    source: 'its change log: without clientExtensionResults where nothing is known of a resident key',
    registration: (answer) => ({ ...registrationToJson(answer), clientExtensionResults: undefined }),
    authentication: (answer) => ({ ...authenticationToJson(answer), clientExtensionResults: null }),
  },
  {
    client: 'Dashlane',
    source:
      'results that a peer published of it: no transports, and a credential ID that is the text of a UUID',
    registration: ({ id, response: { attestationObject, clientDataJSON } }) => ({
      id,
      rawId: id,
      response: { attestationObject, clientDataJSON, transports: null },
      type: 'public-key',
      extensions: {},
    }),
    authentication: ({ id, response }) => ({ id, rawId: id, response, type: 'public-key', extensions: {} }),
  },
  {
    client: 'KeePassXC',
    source:
      "its extension's script, which puts objects in place of the browser's: no outputs of extensions, no transports",
    registration: ({ id, response }) => ({
      authenticatorAttachment: 'platform',
      id,
      rawId: id,
      response: { ...response, transports: [] },
      type: 'public-key',
    }),
    authentication: ({ id, response }) => ({
      authenticatorAttachment: 'platform',
      id,
      rawId: id,
      response,
      type: 'public-key',
    }),
  },
  {
    client: '@simplewebauthn/browser 10 to 14',
    source: 'startRegistration() and startAuthentication(), whose undefined members JSON leaves out',
    registration: (answer) => answer,
    authentication: (answer) => answer,
  },
  {
    client: '@github/webauthn-json',
    source:
      'its schema of version 2: only clientDataJSON, attestationObject and transports of the response, which may be empty',
    registration: ({ id, response: { clientDataJSON, attestationObject }, clientExtensionResults }) => ({
      type: 'public-key',
      id,
      rawId: id,
      authenticatorAttachment: 'platform',
      response: { clientDataJSON, attestationObject, transports: [] },
      clientExtensionResults,
    }),
    authentication: ({ id, response }) => ({
      type: 'public-key',
      id,
      rawId: id,
      authenticatorAttachment: null,
      response,
      clientExtensionResults: {},
    }),
  },
  {
    client: "Logto's client",
    source: 'its schemas, whose type is WebAuthn',
    registration: (answer) => ({ ...answer, type: 'WebAuthn' }),
    authentication: (answer) => ({ ...answer, type: 'WebAuthn' }),
  },
];
