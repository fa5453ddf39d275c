/**
 * The security checks that are removed, one at a time, and the test that must fail then. `places` is where the check
 * stands; of several the first that is found. An empty `replace` drops a call, `if (false)` a condition.
 */
const NEVER = 'if (false) {';

const at = (file, find, replace = '') => [{ file, find, replace }];
const removed = (check, places, spec, test) => ({ check, places, spec: `test/${spec}.spec.ts`, test });

const REGISTER = '@simplewebauthn/server/script/registration/verifyRegistrationResponse.js';
const BACKUP_FLAGS = '@simplewebauthn/server/script/helpers/parseBackupFlags.js';
const RP_ID = '@simplewebauthn/server/script/helpers/matchExpectedRPID.js';
const AUTHENTICATE = '@simplewebauthn/server/script/authentication/verifyAuthenticationResponse.js';
const ATTESTATION = 'registration/attestation-verification.ts';
const STATEMENT = 'registration/attestation-statement.ts';
const TRUST = 'registration/attestation-trust.ts';
const ASSERTION = 'authentication/assertion-verification.ts';
const AUTHENTICATION = 'authentication/authentication.service.ts';
const CLIENT_DATA = 'webauthn/client-data.ts';

/** A step of section 7.2: of our own, or, where there is none, the library's. */
const step = (call, file, find, replace = NEVER) => [...at(ASSERTION, call), ...at(file, find, replace)];

const registration = [
  removed(
    '7.1 step 3',
    at(
      'registration/registration.dto.ts',
      '@IsString()\n  @IsNotEmpty()\n  attestationObject!',
      '@IsOptional()\n  attestationObject!',
    ),
    'conformance/steps',
    'in a registration (section 7.1) step 3',
  ),
  removed(
    '7.1 step 4: credProps',
    at(ATTESTATION, "if (residentKey === 'required' && discoverable === false) {", NEVER),
    'registration-refusals',
    'a credential that is not discoverable',
  ),
  removed(
    '7.1 step 5',
    at(CLIENT_DATA, 'new TextDecoder()', "new TextDecoder('utf-8', { ignoreBOM: true })"),
    'conformance/steps',
    'in a registration (section 7.1) step 5',
  ),
  removed(
    '7.1 step 6',
    at(CLIENT_DATA, "if (typeof clientData !== 'object' || clientData === null)", 'if (false)'),
    'conformance/steps',
    'in a registration (section 7.1) step 6',
  ),
  removed(
    '7.1 step 7',
    at(REGISTER, "else if (type !== 'webauthn.create') {", `else ${NEVER}`),
    'registration-refusals',
    'is refused for the type of an assertion',
  ),
  removed(
    '7.1 step 8',
    at(REGISTER, 'else if (challenge !== expectedChallenge) {', `else ${NEVER}`),
    'registration-refusals',
    'is refused for another challenge',
  ),
  removed(
    '7.1 step 9',
    at(REGISTER, 'if (!expectedOrigin.includes(origin)) {', NEVER),
    'registration-refusals',
    'is refused for a foreign origin',
  ),
  removed(
    '7.1 step 10',
    at(CLIENT_DATA, 'if (!policy.crossOrigin || crossOrigin !== true)', 'if (false)'),
    'registration-refusals',
    'is refused for a cross-origin iframe',
  ),
  removed(
    '7.1 steps 10 and 11',
    at(ATTESTATION, 'steps10And11EmbeddingIsExpected(payload, relyingParty);'),
    'registration-refusals',
    'is refused for a top origin',
  ),
  removed(
    '7.1 step 11: without crossOrigin',
    at(CLIENT_DATA, 'else if (topOrigin !== undefined) {', `else ${NEVER}`),
    'policies',
    'lets listed top origins embed',
  ),
  removed(
    '7.1 step 11: listed',
    at(
      CLIENT_DATA,
      'if (topOrigin !== undefined && !policy.topOrigins.includes(topOrigin as string)) {',
      NEVER,
    ),
    'policies',
    'lets listed top origins embed',
  ),
  removed(
    '7.1 steps 12 and 22: packed',
    at(
      REGISTER,
      'verified = await (0, verifyAttestationPacked_js_1.verifyAttestationPacked)(verifierOpts);',
      'verified = true;',
    ),
    'registration-refusals',
    'is refused for a broken self attestation',
  ),
  removed(
    '7.1 step 14',
    at(RP_ID, 'reject();', 'resolve(expected);'),
    'registration-refusals',
    'is refused for a foreign relying party',
  ),
  removed(
    '7.1 step 15',
    at(REGISTER, 'if (requireUserPresence && !flags.up) {', NEVER),
    'registration-refusals',
    'is refused for no user presence',
  ),
  removed(
    '7.1 step 15: asked for',
    at(ATTESTATION, "requireUserPresence: request.mediation !== 'conditional'", 'requireUserPresence: false'),
    'registration-refusals',
    'is refused for no user presence',
  ),
  removed(
    '7.1 step 16',
    at(REGISTER, 'if (requireUserVerification && !flags.uv) {', NEVER),
    'registration-refusals',
    'is refused for no user verification',
  ),
  removed(
    '7.1 step 16: asked for',
    at(
      ATTESTATION,
      "requireUserVerification: request.userVerification === 'required'",
      'requireUserVerification: false',
    ),
    'registration-refusals',
    'is refused for no user verification',
  ),
  removed(
    '7.1 step 17',
    at(BACKUP_FLAGS, "if (credentialDeviceType === 'singleDevice' && credentialBackedUp) {", NEVER),
    'conformance/steps',
    'step 17: takes every combination',
  ),
  removed(
    '7.1 step 18',
    at(ATTESTATION, 'deviceTypeIsAccepted(credential, policy);'),
    'policies',
    'takes device-bound passkeys only',
  ),
  removed(
    '7.1 step 19',
    at(ATTESTATION, 'backupState: credentialBackedUp', 'backupState: true'),
    'sign-in',
    'keeps what a passkey says at each sign-in',
  ),
  removed(
    '7.1 step 20',
    at(REGISTER, 'if (!supportedAlgorithmIDs.includes(pubKeyAlg)) {', NEVER),
    'registration-refusals',
    'is refused for an algorithm that was not asked for',
  ),
  removed(
    '7.1 step 20: curve',
    at(ATTESTATION, 'publicKeyCanBeUsed(credential);'),
    'conformance/steps',
    'step 20: refuses a key whose curve',
  ),
  removed(
    '7.1 step 20: point',
    at(ATTESTATION, 'publicKeyCanBeUsed(credential);'),
    'conformance/steps',
    'step 20: refuses a point',
  ),
  removed(
    '7.1 step 20: RSA key size',
    at(ATTESTATION, 'if (bits !== undefined && (', 'if (false && ('),
    'attacks/bombs',
    'an RSA modulus of 512 bits',
  ),
  removed(
    '7.1 step 21',
    at(REGISTER, 'throw new Error(`Unsupported Attestation Format: ${fmt}`);', 'verified = true;'),
    'conformance/steps',
    'step 21: refuses a statement format',
  ),
  removed(
    '7.1 step 22: none',
    at(REGISTER, 'if (attStmt.size > 0) {', NEVER),
    'conformance/steps',
    'step 22: refuses a statement where',
  ),
  removed(
    '7.1 step 22: self attestation',
    at(
      REGISTER,
      'verified = await (0, verifyAttestationPacked_js_1.verifyAttestationPacked)(verifierOpts);',
      'verified = true;',
    ),
    'conformance/steps',
    'step 22: refuses a self attestation',
  ),
  removed(
    '7.1 step 22: form of the signature',
    at(STATEMENT, "throw new Error('the attestation signature is not one of ECDSA');"),
    'conformance/test-vectors',
    'packed-es256 is refused at registration with any one bit flipped',
  ),
  removed(
    '7.1 step 22: Android path',
    at(
      STATEMENT,
      "if (!root) throw new Error('the android-key statement leads to no accepted root');",
      'if (!root) return;',
    ),
    'attacks/forged-attestation',
    'does not make the server call',
  ),
  removed(
    '7.1 step 23: metadata',
    at(
      TRUST,
      'if (!entry?.metadataStatement) throw',
      'if (!entry?.metadataStatement) return; else if (false) throw',
    ),
    'policies',
    'refuses other roots, unknown models',
  ),
  removed(
    '7.1 step 23: roots',
    at(
      'registration/attestation-roots.ts',
      'Object.entries(this.options.attestationRoots)',
      '[] as [string, Buffer[]][]',
    ),
    'conformance/test-vectors',
    'apple-es256 is accepted',
  ),
  removed(
    '7.1 step 24: format',
    at(ATTESTATION, 'formatIsAccepted(credential, request, policy);'),
    'policies',
    'asks for direct attestation',
  ),
  removed(
    '7.1 step 24: model',
    at(ATTESTATION, 'modelIsAccepted(credential, policy);'),
    'policies',
    'denies a model of authenticator',
  ),
  removed(
    '7.1 step 24: compromised',
    at(TRUST, 'refuseCompromised(entry);'),
    'policies',
    'refuses a model that is REVOKED',
  ),
  removed(
    '7.1 step 24: path',
    at(TRUST, 'attestationRootCertificates.map(convertCertBufferToPEM)', '[]'),
    'policies',
    'refuses other roots, unknown models',
  ),
  removed(
    '7.1 step 25',
    at(ATTESTATION, 'if (bytes.length > MAX_CREDENTIAL_ID_BYTES) {', NEVER),
    'registration-refusals',
    'a credential id of over 1023 bytes',
  ),
  removed(
    '7.1 step 26',
    at('registration/registration.service.ts', 'if (record.credential) throw', 'if (false) throw'),
    'registration-refusals',
    'is refused for a credential that is known already',
  ),
  removed(
    '7.1 step 26: race-free',
    at(
      'passkeys/credential-record.repository.ts',
      "if (violatedUniqueConstraint(error) === 'credential_records_rp_id_credential_id_key') {",
      NEVER,
    ),
    'registration-refusals',
    'is refused at identification when the credential was bound meanwhile',
  ),
  removed(
    '7.1 step 27: the id is the attested one',
    at(ATTESTATION, 'if (id !== credentialId) throw', 'if (false) throw'),
    'registration-refusals',
    "an id that is not the authenticator data's",
  ),
  removed(
    '7.1 step 27: user verification',
    at(ATTESTATION, 'uvInitialized: userVerified', 'uvInitialized: true'),
    'conformance/steps',
    'step 27: notes that the user was not verified',
  ),
];

const authentication = [
  removed(
    '7.2 step 3',
    step('step3ResponseIsOfAPublicKeyCredential(response);', AUTHENTICATE, 'if (id !== rawId) {'),
    'assertion-refusals',
    'an id that is not its rawId',
  ),
  removed(
    '7.2 step 5',
    at(ASSERTION, 'step5CredentialWasOffered(record, credential);'),
    'assertion-refusals',
    'is refused for a passkey that was added after',
  ),
  removed(
    '7.2 step 6: user handle',
    at(ASSERTION, 'step6UserHandleIsTheOwners(response, record, credential);'),
    'assertion-refusals',
    'is refused for a wrong user handle',
  ),
  removed(
    '7.2 step 6: user handle present',
    at(ASSERTION, 'if (userId === null && !decoy) throw', 'if (false) throw'),
    'assertion-refusals',
    'is refused without the user handle',
  ),
  removed(
    '7.2 step 6: identified user',
    at(AUTHENTICATION, 'this.refuseOtherUser(record, credential.userId, userId);'),
    'assertion-refusals',
    "is a conflict when it is valid but not of the identifier's user",
  ),
  removed(
    '7.2 step 8',
    at(CLIENT_DATA, 'new TextDecoder()', "new TextDecoder('utf-8', { ignoreBOM: true })"),
    'conformance/steps',
    'step 8: drops a byte order mark',
  ),
  removed(
    '7.2 step 10',
    step('step10TypeIsGet(parts);', AUTHENTICATE, "else if (type !== 'webauthn.get') {", `else ${NEVER}`),
    'assertion-refusals',
    'is refused for the type of a registration',
  ),
  removed(
    '7.2 step 11',
    step(
      'step11ChallengeIsTheRecords(parts, record);',
      AUTHENTICATE,
      'else if (challenge !== expectedChallenge) {',
      `else ${NEVER}`,
    ),
    'assertion-refusals',
    'is refused for another challenge',
  ),
  removed(
    '7.2 step 12',
    step(
      'step12OriginIsExpected(parts, relyingParty);',
      AUTHENTICATE,
      'if (!expectedOrigin.includes(origin)) {',
    ),
    'assertion-refusals',
    'is refused for a foreign origin',
  ),
  removed(
    '7.2 step 13',
    at(ASSERTION, 'steps13And14EmbeddingIsExpected(parts, relyingParty);'),
    'assertion-refusals',
    'is refused for a cross-origin iframe',
  ),
  removed(
    '7.2 step 14',
    at(CLIENT_DATA, 'else if (topOrigin !== undefined) {\n    throw', `else ${NEVER}\n    throw`),
    'policies',
    'lets listed top origins embed',
  ),
  removed(
    '7.2 step 15',
    step(
      'step15RpIdHashIsExpected(parts, expectedRpId(response, record, relyingParty));',
      RP_ID,
      'reject();',
      'resolve(expected);',
    ),
    'assertion-refusals',
    'is refused for a foreign relying party',
  ),
  removed(
    '7.2 step 15: AppID',
    at(
      ASSERTION,
      "policy.appid !== undefined && payload.clientExtensionResults?.['appid'] === true",
      'policy.appid !== undefined',
    ),
    'conformance/steps',
    'step 15: takes the hash of the AppID',
  ),
  removed(
    '7.2 step 16',
    step('step16UserIsPresent(parts);', AUTHENTICATE, 'if (!flags.up) {'),
    'assertion-refusals',
    'is refused for no user presence',
  ),
  removed(
    '7.2 step 17',
    step('step17UserIsVerified(parts, record);', AUTHENTICATE, 'if (requireUserVerification && !flags.uv) {'),
    'assertion-refusals',
    'is refused for no user verification',
  ),
  removed(
    '7.2 step 18',
    step(
      'step18BackedUpOnlyIfEligible(parts);',
      BACKUP_FLAGS,
      "if (credentialDeviceType === 'singleDevice' && credentialBackedUp) {",
    ),
    'conformance/steps',
    'step 18: refuses a device-bound passkey',
  ),
  removed(
    '7.2 step 19',
    at(ASSERTION, 'step19BackupEligibilityIsUnchanged(parts, credential);'),
    'assertion-refusals',
    'is refused for changed backup eligibility',
  ),
  removed(
    '7.2 steps 20 and 21',
    at(ASSERTION, 'if (!(await isSignatureValid(credential, signature, signed))) {', NEVER),
    'assertion-refusals',
    'is refused for its signature',
  ),
  removed(
    '7.2 step 20: client data is signed',
    at(ASSERTION, 'if (!(await isSignatureValid(credential, signature, signed))) {', NEVER),
    'conformance/steps',
    'steps 20 and 21: refuses client data',
  ),
  removed(
    '7.2 step 21: form of the signature',
    at('authentication/assertion-signature.ts', "throw new Error('the signature is not one of ECDSA');"),
    'fuzz/cases',
    'assertion-signature-with-another-tag',
  ),
  removed(
    '7.2 step 22',
    at(ASSERTION, 'step22SignCountHasMovedOn(parts, credential, relyingParty);'),
    'policies',
    'refuses, by default',
  ),
  removed(
    '7.2 step 22: race-free',
    at('authentication/authentication.repository.ts', 'AND ($8 OR ${COUNTER_MOVED_ON})', 'AND ($8 OR true)'),
    'assertion-refusals',
    'is accepted once among clones',
  ),
  removed(
    '7.2 step 24: backup state',
    at('authentication/authentication.repository.ts', 'backup_state = $5', 'backup_state = ($5 OR true)'),
    'conformance/steps',
    'step 24: keeps counter and backup state',
  ),
];

const attacks = [
  removed(
    'replay of a challenge',
    at(
      'records/verification-record.repository.ts',
      "SET status = 'spent'",
      "SET status = 'pending'",
    ),
    'challenge',
    'is spent by the first attempt that is right',
  ),
  removed(
    'a record before it is verified',
    at(
      'records/verification-record.repository.ts',
      "AND status = 'verified' AND expires_at > now()",
    ),
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
    at('interaction/interaction.repository.ts', 'WHERE i.user_id IS NULL OR i.user_id = excluded.user_id'),
    'challenge',
    'of somebody else does not change who is identified',
  ),
  removed(
    'planted interaction cookie',
    at(
      'interaction/identification.service.ts',
      'await this.interactions.renew(interactionId, request, response, transaction);',
    ),
    'attacks/accounts',
    'by an interaction cookie that was planted',
  ),
  removed(
    'an earlier session of the browser',
    at('session/cookie-session.ts', 'await this.sessions.delete(this.cookie.read(request, relyingParty));'),
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
    'suspended before the assertion',
    at(AUTHENTICATION, "if (credential.suspended) throw new ExperienceException('user.suspended');"),
    'attacks/accounts',
    'suspended between options and assertion',
  ),
  removed(
    'suspended before identification',
    at(
      'interaction/identification.service.ts',
      "if (suspended) throw new ExperienceException('user.suspended');",
    ),
    'challenge',
    'is void once the user is suspended',
  ),
  removed(
    'suspended before submit',
    at(
      'interaction/interaction.repository.ts',
      'u.id = i.user_id AND NOT u.suspended\n         RETURNING',
      'u.id = i.user_id\n         RETURNING',
    ),
    'attacks/accounts',
    'suspended between identification and submit',
  ),
  removed(
    'suspended with a session',
    at('session/sessions.repository.ts', 'AND NOT u.suspended'),
    'users',
    'leaves no session to a user who was suspended in the database itself',
  ),
  removed(
    'a passkey removed after the verification',
    at('interaction/identification.service.ts', 'if (!userId || gone) {', NEVER),
    'challenge',
    'is void once the passkey is removed',
  ),
  removed(
    'text that can not be stored',
    at('api/request-body.ts', 'if (unstorable.length > 0) {', NEVER),
    'fuzz/cases',
    'http-nul-in-a-name',
  ),
  removed(
    'invisible characters in names',
    at('users/identifier.ts', '|(?![\\u200C\\u200D\\uFE0F])\\p{DI}'),
    'attacks/unicode',
    'soft hyphen',
  ),
  removed(
    'normalisation of names',
    at('users/identifier.ts', "const username = value.normalize('NFC');", 'const username = value;'),
    'attacks/unicode',
    'in either normalisation are the same user',
  ),
  removed(
    'unknown passkeys named to strangers',
    at(AUTHENTICATION, "this.options.accountEnumeration === 'reveal'", 'true'),
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
    at(LOCKOUTS, 'this.refuse(pair);'),
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
