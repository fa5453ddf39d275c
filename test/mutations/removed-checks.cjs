/**
 * The security checks that are removed, one at a time, and the test that must fail then. `places` is where the check
 * stands; of several the first that is found. An empty `replace` drops a call, `if (false)` a condition.
 */
const NEVER = 'if (false) {';

const at = (file, find, replace = '') => [{ file, find, replace }];
const removed = (check, places, spec, test) => ({ check, places, spec: `test/${spec}.spec.ts`, test });

const STATEMENT = 'registration/attestation-statement.ts';
const METADATA = 'registration/steps/metadata.steps.ts';
const REGISTRATION = 'registration/registration-verification.ts';
const AUTHENTICATION = 'authentication/authentication.service.ts';
const CREDENTIAL = 'authentication/steps/credential.steps.ts';
const CLIENT_DATA = 'webauthn/received-client-data.ts';

/** A step of a ceremony, found by its key in the tables of steps: its check becomes one of nothing. */
const step = (key, spec, test) =>
  removed(
    key,
    at('-steps.ts', `step: '${key}', check:`, `step: '${key}', check: () => {}, removed:`),
    spec,
    test,
  );

/** A part of a step, or what a step rests on. */
const partOf = removed;

const registration = [
  partOf(
    '7.1 step 3: an attestation object',
    at(
      'registration/registration.dto.ts',
      '@IsString()\n  @IsNotEmpty()\n  attestationObject!',
      '@IsOptional()\n  attestationObject!',
    ),
    'conformance/steps',
    'in a registration (section 7.1) step 3',
  ),
  step('7.1 step 3', 'registration-refusals', 'an id that is not its rawId'),
  step('7.1 step 4', 'registration-refusals', 'a credential that is not discoverable'),
  partOf(
    '7.1 step 5: byte order mark',
    at(CLIENT_DATA, 'new TextDecoder()', "new TextDecoder('utf-8', { ignoreBOM: true })"),
    'conformance/steps',
    'in a registration (section 7.1) step 5',
  ),
  partOf(
    '7.1 step 6: an object',
    at(CLIENT_DATA, "if (typeof members !== 'object' || members === null)", 'if (false)'),
    'conformance/steps',
    'in a registration (section 7.1) step 6',
  ),
  step('7.1 step 7', 'registration-refusals', 'is refused for the type of an assertion'),
  step('7.1 step 8', 'registration-refusals', 'is refused for another challenge'),
  step('7.1 step 9', 'registration-refusals', 'is refused for a foreign origin'),
  step('7.1 step 10', 'registration-refusals', 'is refused for a cross-origin iframe'),
  step('7.1 step 11', 'registration-refusals', 'is refused for a top origin'),
  partOf(
    '7.1 step 11: without crossOrigin',
    at('webauthn/steps/client-data.steps.ts', 'if (!crossOrigin) throw', 'if (false) throw'),
    'policies',
    'lets listed top origins embed',
  ),
  step('7.1 tokenBinding', 'registration-refusals', 'is refused for a token binding of no known status'),
  step('7.1 step 14', 'registration-refusals', 'is refused for a foreign relying party'),
  step('7.1 step 15', 'registration-refusals', 'is refused for no user presence'),
  step('7.1 step 16', 'registration-refusals', 'is refused for no user verification'),
  step('7.1 step 17', 'conformance/steps', 'step 17: takes every combination'),
  step('7.1 step 18', 'policies', 'takes device-bound passkeys only'),
  partOf(
    '7.1 step 19',
    at(REGISTRATION, 'backupState: authenticatorData.backupState', 'backupState: true'),
    'sign-in',
    'keeps what a passkey says at each sign-in',
  ),
  step('7.1 step 20', 'registration-refusals', 'is refused for an algorithm that was not asked for'),
  step('7.1 step 20: key', 'conformance/steps', 'step 20: refuses a key of EdDSA that is on Ed448'),
  partOf(
    '7.1 step 20: curve',
    at('webauthn/cose-key.ts', '(!curve || members.get(LABEL.crv) === curve.cose)', 'true'),
    'conformance/steps',
    'step 20: refuses a key whose curve',
  ),
  step('7.1 step 20: RSA key size', 'attacks/bombs', 'an RSA modulus of 512 bits'),
  step('7.1 step 21', 'conformance/steps', 'step 21: refuses a statement format'),
  step('7.1 step 22', 'conformance/steps', 'step 22: refuses a self attestation'),
  partOf(
    '7.1 step 22: none',
    at(STATEMENT, 'if (statement.size > 0)', 'if (false)'),
    'conformance/steps',
    'step 22: refuses a statement where',
  ),
  partOf(
    '7.1 steps 12 and 22: client data is signed',
    at(STATEMENT, 'return isSignatureValid(', 'return true; isSignatureValid('),
    'registration-refusals',
    'is refused for a broken self attestation',
  ),
  partOf(
    '7.1 step 22: form of the signature',
    at(STATEMENT, "throw new Error('the attestation signature is not one of ECDSA');"),
    'conformance/test-vectors',
    'packed-es256 is refused at registration with any one bit flipped',
  ),
  partOf(
    '7.1 step 22: Android path',
    at(
      STATEMENT,
      "if (!root) throw new Error('the android-key statement leads to no accepted root');",
      'if (!root) return statement;',
    ),
    'attacks/forged-attestation',
    'does not make the server call',
  ),
  partOf(
    '7.1 step 23: roots',
    at(
      'registration/attestation-roots.ts',
      'Object.entries(this.options.attestationRoots)',
      '[] as [string, Buffer[]][]',
    ),
    'conformance/test-vectors',
    'apple-es256 is accepted',
  ),
  step('7.1 step 24: format', 'policies', 'asks for direct attestation'),
  step('7.1 step 24: model', 'policies', 'denies a model of authenticator'),
  step('7.1 step 24: metadata', 'policies', 'refuses other roots, unknown models'),
  partOf(
    '7.1 step 24: metadata, unknown models',
    at(
      METADATA,
      'if (!entry?.metadataStatement) throw',
      'if (!entry?.metadataStatement) return; else if (false) throw',
    ),
    'policies',
    'refuses other roots, unknown models',
  ),
  partOf(
    '7.1 step 24: metadata, compromised',
    at(METADATA, 'refuseCompromised(entry);'),
    'policies',
    'refuses a model that is REVOKED',
  ),
  partOf(
    '7.1 step 24: metadata, path',
    at(METADATA, 'attestationRootCertificates.map(convertCertBufferToPEM)', '[]'),
    'policies',
    'refuses other roots, unknown models',
  ),
  step('7.1 step 25', 'registration-refusals', 'a credential id of over 1023 bytes'),
  step('7.1 step 26: attested ID', 'registration-refusals', "an id that is not the authenticator data's"),
  step('7.1 step 26', 'registration-refusals', 'is refused for a credential that is known already'),
  partOf(
    '7.1 step 26: race-free',
    at(
      'passkeys/credential-record.repository.ts',
      "if (violatedUniqueConstraint(error) === 'credential_records_rp_id_credential_id_key') {",
      NEVER,
    ),
    'registration-refusals',
    'is refused at identification when the credential was bound meanwhile',
  ),
  partOf(
    '7.1 step 27: user verification',
    at(REGISTRATION, 'uvInitialized: authenticatorData.userVerified', 'uvInitialized: true'),
    'conformance/steps',
    'step 27: notes that the user was not verified',
  ),
];

const authentication = [
  step('7.2 step 3', 'assertion-refusals', 'an id that is not its rawId'),
  step('7.2 step 5', 'assertion-refusals', 'is refused for a passkey that was added after'),
  step('7.2 step 6: user handle', 'assertion-refusals', 'is refused for a wrong user handle'),
  partOf(
    '7.2 step 6: user handle present',
    at(CREDENTIAL, 'if (record.userId === null && !record.decoy) {', NEVER),
    'assertion-refusals',
    'is refused without the user handle',
  ),
  step(
    '7.2 step 6: owner',
    'assertion-refusals',
    "is a conflict when it is valid but not of the identifier's user",
  ),
  partOf(
    '7.2 step 8: byte order mark',
    at(CLIENT_DATA, 'new TextDecoder()', "new TextDecoder('utf-8', { ignoreBOM: true })"),
    'conformance/steps',
    'step 8: drops a byte order mark',
  ),
  step('7.2 step 10', 'assertion-refusals', 'is refused for the type of a registration'),
  step('7.2 step 11', 'assertion-refusals', 'is refused for another challenge'),
  step('7.2 step 12', 'assertion-refusals', 'is refused for a foreign origin'),
  step('7.2 step 13', 'assertion-refusals', 'is refused for a cross-origin iframe'),
  step('7.2 step 14', 'policies', 'lets listed top origins embed'),
  step('7.2 tokenBinding', 'assertion-refusals', 'is refused for a token binding of no known status'),
  step('7.2 step 15', 'assertion-refusals', 'is refused for a foreign relying party'),
  partOf(
    '7.2 step 15: AppID',
    at(
      'authentication/assertion-answer.ts',
      "appid !== undefined && this.payload.clientExtensionResults?.['appid'] === true",
      'appid !== undefined',
    ),
    'conformance/steps',
    'step 15: takes the hash of the AppID',
  ),
  step('7.2 step 16', 'assertion-refusals', 'is refused for no user presence'),
  step('7.2 step 17', 'assertion-refusals', 'is refused for no user verification'),
  step('7.2 step 18', 'conformance/steps', 'step 18: refuses a device-bound passkey'),
  step('7.2 step 19', 'assertion-refusals', 'is refused for changed backup eligibility'),
  step('7.2 step 21', 'assertion-refusals', 'is refused for its signature'),
  partOf(
    '7.2 step 20: client data is signed',
    at(
      'authentication/steps/signature.steps.ts',
      'if (!(await isSignatureValid(',
      'if (false && !(await isSignatureValid(',
    ),
    'conformance/steps',
    'steps 20 and 21: refuses client data',
  ),
  partOf(
    '7.2 step 21: form of the signature',
    at('webauthn/signature.ts', 'if (!isEcdsaSignature(signature)) throw', 'if (false) throw'),
    'fuzz/cases',
    'assertion-signature-with-another-tag',
  ),
  step('7.2 step 22', 'policies', 'refuses, by default'),
  partOf(
    '7.2 step 22: race-free',
    at('records/sign-in.statements.ts', "marks ? '' : `AND ${COUNTER_MOVED_ON}`", "''"),
    'assertion-refusals',
    'is accepted once among clones',
  ),
  partOf(
    '7.2 step 24: backup state',
    at('records/sign-in.statements.ts', 'backup_state = $5', 'backup_state = ($5 OR true)'),
    'conformance/steps',
    'step 24: keeps counter and backup state',
  ),
  step('7.2 step 25: suspended', 'attacks/accounts', 'suspended between options and assertion'),
];

const attacks = [
  removed(
    'replay of a challenge',
    at('records/sign-in.statements.ts', "SET status = 'spent'", "SET status = 'pending'"),
    'challenge',
    'is spent by the first attempt that is right',
  ),
  removed(
    'a record before it is verified',
    at('records/sign-in.statements.ts', "AND status = 'verified' AND expires_at > now()"),
    'challenge',
    'is no use before it is verified',
  ),
  removed(
    'a step-up used as a sign-in',
    at(
      'interaction/identification.service.ts',
      "if (ceremony !== 'authentication' && ceremony !== 'recovery') {",
      NEVER,
    ),
    'attacks/replay-and-mix-ups',
    'of a step-up signs nobody in',
  ),
  removed(
    'a record of another flow creates an account',
    at('interaction/identification.service.ts', 'if (!newCredential || !userHandle || !identifier) {', NEVER),
    'attacks/replay-and-mix-ups',
    'of a signed-in user’s registration creates no account',
  ),
  removed(
    'binding to another account',
    at('passkeys/passkeys.service.ts', '|| taken.userId !== userId'),
    'attacks/accounts',
    'by changing the session between registration and binding',
  ),
  removed(
    'another user in one interaction',
    at('defaults/interaction.repository.ts', 'WHERE i.user_id IS NULL OR i.user_id = excluded.user_id'),
    'challenge',
    'of somebody else does not change who is identified',
  ),
  removed(
    'planted interaction cookie',
    at(
      'interaction/identification.service.ts',
      'await this.interactions.renew(interactionId, exchange, transaction)',
      'interactionId',
    ),
    'attacks/accounts',
    'by an interaction cookie that was planted',
  ),
  removed(
    'records of a submitted interaction',
    at('interaction/interaction.service.ts', 'await this.records.deleteOf(interactionId);'),
    'ports/interaction-and-session',
    'records follow the browser to the renewed interaction, and end with it',
  ),
  removed(
    'records of an abandoned interaction',
    at(
      'interaction/interaction.service.ts',
      'await this.records.deleteOf(await this.interactions.current(exchange));',
    ),
    'ports/interaction-and-session',
    'records of an interaction that is abandoned',
  ),
  removed(
    'an earlier session of the browser',
    at('defaults/cookie-session.ts', 'await this.sessions.delete(this.cookie.read(exchange));'),
    'attacks/accounts',
    'by the attacker’s own session',
  ),
  removed(
    'cookies of another tenant',
    at('api/cookies.ts', "hash('sha256', `${id} ${value}`, 'buffer')", "hash('sha256', value, 'buffer')"),
    'tenants',
    'refuse each other’s pages',
  ),
  removed(
    'foreign origins',
    at('api/origin.guard.ts', 'if (origins.includes(origin)) return true;', 'return true;'),
    'attacks/forged-requests',
    'from a foreign origin, at every endpoint',
  ),
  removed(
    'forms and plain text',
    at(
      'src/http/json-body.ts',
      "server.addContentTypeParser('application/json'",
      "server.addContentTypeParser('*'",
    ),
    'attacks/forged-requests',
    'as a form or as plain text',
  ),
  removed(
    'suspended before identification',
    at(
      'interaction/identification.service.ts',
      'if (present && (await this.accounts.isSuspended(userId, suspended, transaction))) {',
      NEVER,
    ),
    'challenge',
    'is void once the user is suspended',
  ),
  removed(
    'suspended before submit',
    at(
      'defaults/interaction.repository.ts',
      'u.id = i.user_id AND NOT u.suspended\n         RETURNING',
      'u.id = i.user_id\n         RETURNING',
    ),
    'attacks/accounts',
    'suspended between identification and submit',
  ),
  removed(
    'suspended with a session',
    at('defaults/sessions.repository.ts', 'AND NOT u.suspended'),
    'users',
    'leaves no session to a user who was suspended in the database itself',
  ),
  ...[
    [
      'verification',
      AUTHENTICATION,
      'await this.accounts.isSuspended(credential.userId, credential.suspended)',
      'credential.suspended',
      'a suspended user is signed out, and does not sign in',
    ],
    [
      'identification',
      'interaction/identification.service.ts',
      '(await this.accounts.isSuspended(userId, suspended, transaction))',
      'suspended',
      'a user who is suspended after the verification',
    ],
    [
      'submit',
      'interaction/interaction.service.ts',
      'await this.accounts.isSuspended(userId, false)',
      'false',
      'a user who is suspended after the identification',
    ],
    [
      'second factor',
      'authentication/step-up.controller.ts',
      '(await this.accounts.isSuspended(userId, false))',
      'false',
      'a user who is suspended after the identification',
    ],
    [
      'session',
      'session/sessions.service.ts',
      '(await this.accounts.mayStay(session.userId))',
      'true',
      'a suspended user is signed out',
    ],
  ].map(([when, file, find, replace, test]) =>
    removed(
      `suspended by the host, ${when}`,
      at(file, find, replace),
      'ports/user-directory',
      `a table of the host ${test}`,
    ),
  ),
  removed(
    'an account that a host gives away',
    at('users/accounts.service.ts', 'this.hosted && !(await', 'false && !(await'),
    'ports/user-directory',
    'opens no account that is known',
  ),
  removed(
    'a passkey removed after the verification',
    at('interaction/identification.service.ts', 'if (!present || passkeyRemoved) {', NEVER),
    'challenge',
    'is void once the passkey is removed',
  ),
  removed(
    'text that can not be stored',
    at('validation/request-body.ts', 'if (unstorable.length > 0) {', NEVER),
    'fuzz/cases',
    'http-nul-in-a-name',
  ),
  removed(
    'invisible characters in names',
    at('identifiers/identifier.ts', '|(?![\\u200C\\u200D\\uFE0F])\\p{DI}'),
    'attacks/unicode',
    'soft hyphen',
  ),
  removed(
    'normalisation of names',
    at('identifiers/identifier.ts', "const username = value.normalize('NFC');", 'const username = value;'),
    'attacks/unicode',
    'in either normalisation are the same user',
  ),
  removed(
    'unknown passkeys named to strangers',
    at(AUTHENTICATION, "this.options.accountEnumeration !== 'reveal'", 'false'),
    'account-enumeration',
    'is not told apart from a wrong assertion',
  ),
  removed(
    'a sign-in long ago',
    at('session/session.guard.ts', 'if (session.age > maxAge)', 'if (false)'),
    'my-passkeys',
    'are added and deleted after a recent sign-in only',
  ),
  removed(
    'the last passkey',
    at('passkeys/credential-record.repository.ts', "if (ids.length === 1) return 'last';"),
    'my-passkeys',
    'are deleted, but for the last one',
  ),
];

const GUARD = 'limits/rate-limit.guard.ts';
const LOCKOUTS = 'limits/lockouts.service.ts';

const limits = [
  removed(
    'limit by address',
    at(GUARD, 'if (address !== undefined)', 'if (false)'),
    'limits',
    'refuse an address that asks too often',
  ),
  removed(
    'limit by identifier',
    at(GUARD, 'if (identifierHash !== null) {\n    rates', `${NEVER}\n    rates`),
    'limits',
    'count an identifier together with the address',
  ),
  removed(
    'limit by interaction',
    at(GUARD, 'if (interactionId) {', NEVER),
    'limits',
    'count an interaction, from whichever address',
  ),
  removed(
    'limit of recovery codes',
    at(GUARD, "if (attempts === 'recovery-code' && identifierHash !== null) {", NEVER),
    'limits',
    'of recovery codes end them for the identifier',
  ),
  removed(
    'lockout',
    at(LOCKOUTS, 'if (msLeft > 0) throw', 'if (false) throw'),
    'limits',
    'lock that identifier for that address',
  ),
  removed(
    'lockout of challenges collected before',
    at(LOCKOUTS, 'this.refuse(key);\n    return', 'return'),
    'limits',
    'lock also who collected challenges before',
  ),
  removed(
    'limits shared by servers',
    at('limits/rate-limits.service.ts', 'await this.access.within(this.shareSoon())', 'new Map()'),
    'limits',
    'count what other servers have admitted',
  ),
];

module.exports = [...registration, ...authentication, ...attacks, ...limits];
