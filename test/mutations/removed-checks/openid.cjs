const { removed, body, text } = require('../removals.cjs');

const LIBRARY = 'libs/openid-provider/src';
const APPLICATIONS = `${LIBRARY}/applications`;
const CONFIGURATION = `${LIBRARY}/provider/configuration.ts`;
const ADAPTER = `${LIBRARY}/storage/adapter.ts`;
const PAYLOADS = `${LIBRARY}/storage/payload.statements.ts`;
const POLICY = `${LIBRARY}/session/policy.ts`;

/** What the OpenID Provider decides beside what oidc-provider does. */
module.exports = [
  removed(
    'OpenID: tokens end with the session',
    text(PAYLOADS, '${sessionLives()}', 'true'),
    'openid/tokens',
    'end when the session has had its time',
  ),
  removed(
    'OpenID: tokens end with the idleness of the session',
    text(PAYLOADS, '(p.offline OR', '(true OR'),
    'openid/tokens',
    'of offline access outlive a session that is idle, and others do not',
  ),
  removed(
    'OpenID: strangers’ metadata documents',
    body(CONFIGURATION, 'isStrangersOwn', 'return true'),
    'openid/metadata-documents',
    'is not taken where it says that it is the operator’s own',
  ),
  removed(
    'OpenID: grants of strangers',
    text(CONFIGURATION, 'GRANTS_OF_STRANGERS.includes(grant)', 'true'),
    'openid/metadata-documents',
    'is not taken where it says that it signs in as a machine',
  ),
  removed(
    'OpenID: asking is no consent',
    text(CONFIGURATION, 'if (isOwn) await consents.noteUse', 'if (true) await consents.noteUse'),
    'openid/prompts',
    'for more than was allowed, again and again: asking is no consent',
  ),
  removed(
    'OpenID: introspection of who may not use the application',
    text(CONFIGURATION, 'accountId === undefined || mayUse(', 'true || mayUse('),
    'openid/applications',
    'are for the members of their groups',
  ),
  removed(
    'OpenID: PKCE',
    text(CONFIGURATION, 'required: () => true', 'required: () => false'),
    'openid/tokens',
    'need PKCE, by S256',
  ),
  removed(
    'OpenID: who is signed in is the module’s to say',
    text(`${LIBRARY}/session/module-session.ts`, 'found.accountId === undefined', 'true'),
    'openid/requests',
    'of a browser that has the provider’s cookie alone are of nobody',
  ),
  removed(
    'OpenID: consent to what others run',
    text(CONFIGURATION, "client['thirdParty'] === false", 'true'),
    'openid/prompts',
    'for consent, where it is somebody else’s',
  ),
  removed(
    'OpenID: groups that may use an application',
    text(
      `${APPLICATIONS}/applications.repository.ts`,
      'if (groups.length === 0) return true;',
      'return true;',
    ),
    'openid/prompts',
    'for a user of a group, and nobody else',
  ),
  removed(
    'OpenID: a new proof where it is asked for',
    text(POLICY, 'ctx.oidc.prompts.has(name) && !isProvedSince(ctx)', 'false'),
    'openid/prompts',
    'for a new proof',
  ),
  removed(
    'OpenID: the age of the proof',
    text(POLICY, '!!session?.past(Number(maxAge))', 'false'),
    'openid/prompts',
    'for a proof that is not too old',
  ),
  removed(
    'OpenID: the strength of the proof',
    text(POLICY, 'asked.length > 0 && !satisfies(session?.acr, asked)', 'false'),
    'openid/prompts',
    'of somebody who came by a code, and gets one',
  ),
  removed(
    'OpenID: secrets of applications',
    body(`${APPLICATIONS}/application-secret.ts`, 'isSecretOf', 'return true;'),
    'openid/applications',
    'have several secrets, each of which works until it is deleted',
  ),
  removed(
    'OpenID: applications of a file are changed there alone',
    text(`${APPLICATIONS}/applications.service.ts`, 'if (application.configured)', 'if (false)'),
    'openid/applications',
    'are there after each start, as the file says, and end with it',
  ),
  removed(
    'OpenID: guesses of user codes',
    text(
      `${LIBRARY}/limits/guesses.service.ts`,
      'if (exchange && refusal !== null) {',
      'if (exchange && refusal !== refusal) {',
    ),
    'openid/logout-and-devices',
    'user codes is told to wait, the right one too',
  ),
  removed(
    'OpenID: one of many uses what is used once',
    text(PAYLOADS, 'p.consumed_at IS NULL AND ', ''),
    'openid/exactly-once',
    'one uses a refresh token',
  ),
  removed(
    'OpenID: one of many redeems a code',
    text(PAYLOADS, 'p.consumed_at IS NULL AND ', ''),
    'shared-statements/openid',
    'are given one token for one code',
  ),
  removed(
    'OpenID: codes of access tokens that are not kept',
    text(`${LIBRARY}/storage/pending.ts`, 'await uses.take()?.(consume);', ''),
    'openid/issuers',
    'give tokens for the host’s own APIs',
  ),
  removed(
    'OpenID: events of access tokens that are not kept',
    text(`${LIBRARY}/storage/pending.ts`, 'if (unwritten) await record(unwritten);', ''),
    'openid/issuers',
    'give tokens for the host’s own APIs',
  ),
  removed(
    'OpenID: a code is used with the event that tells of it',
    text(ADAPTER, 'await this.issue(row, event);', 'await payloads.insert(row);'),
    'openid/tokens',
    'are told of once the application has them',
  ),
  removed(
    'OpenID: code reuse',
    text(PAYLOADS, "USED = 'consumed_at = now()'", "USED = 'consumed_at = NULL'"),
    'openid/conformance',
    'takes a code once',
  ),
  removed(
    'OpenID: refresh token reuse',
    text(PAYLOADS, "USED = 'consumed_at = now()'", "USED = 'consumed_at = NULL'"),
    'openid/tokens',
    'are refreshed, each refresh token once',
  ),
  removed(
    'OpenID: refresh families',
    text(ADAPTER, 'if (found?.grantId)', 'if (false)'),
    'openid/tokens',
    'end with their family where two find one unused',
  ),
  removed(
    'OpenID: rotation of refresh tokens',
    text(CONFIGURATION, 'rotateRefreshToken: true', 'rotateRefreshToken: false'),
    'openid/tokens',
    'are refreshed, each refresh token once',
  ),
  removed(
    'OpenID: DPoP',
    text(CONFIGURATION, 'dPoP: { enabled: true }', 'dPoP: { enabled: false }'),
    'openid/tokens',
    'are bound to a key (DPoP)',
  ),
  removed(
    'OpenID: DPoP proofs, and client assertions, used once',
    text(`${LIBRARY}/storage/replays.ts`, 'adapter.insertOnce(', '((..._) => Promise.resolve(true))('),
    'openid/exactly-once',
    'one uses a DPoP proof',
  ),
  removed(
    'OpenID: redirect URIs',
    text(
      `${APPLICATIONS}/application-check.ts`,
      "note('redirectUris', whyNoRedirectUri(type, uri))",
      'void [uri, whyNoRedirectUri]',
    ),
    'openid/applications',
    'of type web are not led back to http://shop.example/callback',
  ),
  removed(
    'OpenID: redirect URIs without fragment',
    text(`${APPLICATIONS}/redirect-uri.ts`, "text.includes('#')", 'false'),
    'openid/applications',
    'of type web are not led back to https://shop.example/callback#there',
  ),
  removed(
    'OpenID: native applications share no subjects',
    text(`${LIBRARY}/provider/configuration.ts`, "client.applicationType !== 'native' ||", 'true ||'),
    'openid/applications',
    'of the application itself, where it is led back to an address that is no host’s',
  ),
  removed(
    'OpenID: reserved claims',
    text(`${LIBRARY}/claims/custom-claims.ts`, 'if (reserved.length > 0)', 'if (false)'),
    'openid/applications',
    'are told what management says of users and of their groups',
  ),
  removed(
    'OpenID: tokens end with suspension, whoever suspends',
    text(
      'defaults/sessions.repository.ts',
      '`s.expires_at > now() AND NOT u.suspended AND',
      '`s.expires_at > now() AND',
    ),
    'openid/tokens',
    'end when the user is suspended by who has the database',
  ),
];
