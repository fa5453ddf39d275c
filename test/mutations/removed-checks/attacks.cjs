const { removed, body, text } = require('../removals.cjs');

const RECORDS_SQL = 'records/sign-in.statements.ts';
const INTERACTION_SQL = 'defaults/interaction.repository.ts';
const IDENTIFICATION = 'interaction/identification.service.ts';
const INTERACTION_PASSKEYS = 'interaction/interaction-passkeys.service.ts';
const SUBMIT = 'interaction/interaction.service.ts';
const VALIDITY = 'interaction/identification-validity.ts';
const LOCKED_USER_SUSPENDED = 'user && (await this.isSuspended(userId, user.suspended, transaction))';

const RECOVERY_LINKS = 'recovery/recovery-links.service.ts';

const ADMINISTRATORS = 'administrators/administrators.service.ts';

const SIGN_UPS = 'invitations/sign-ups.service.ts';
const INVITATIONS_SQL = 'invitations/invitations.repository.ts';

/** What docs/attacks.md is about. */
module.exports = [
  removed(
    'an invitation, where sign-up is by it, before a passkey is made',
    text(SIGN_UPS, 'requireOpen(relyingParty);\n      return undefined', 'return undefined'),
    'sign-up',
    'by invitation is refused without one',
  ),
  removed(
    'an invitation, where sign-up is by it, before an account is created',
    text(SIGN_UPS, 'requireOpen(relyingParty);\n      return { events', 'return { events'),
    'sign-up',
    'is refused at identification, too',
  ),
  removed(
    'an invitation where sign-up is closed',
    text(
      SIGN_UPS,
      "signUpOf(relyingParty) === 'closed' ? null : await this.invitations.spend(",
      'await this.invitations.spend(',
    ),
    'sign-up',
    'is refused at identification, too',
  ),
  removed(
    'an invitation that is used up',
    text(INVITATIONS_SQL, ' AND i.uses < i.max_uses', ''),
    'sign-up',
    'is used exactly as often as it may be',
  ),
  removed(
    'an invitation that has expired',
    text(INVITATIONS_SQL, ' AND i.expires_at > now()', ''),
    'sign-up',
    'ends when it expires',
  ),
  removed(
    'an invitation of another relying party',
    text(INVITATIONS_SQL, 'i.rp_id = $1 AND i.secret_hash', '$1::text IS NOT NULL AND i.secret_hash'),
    'sign-up',
    'is its own, and its invitations and administrators are nobody else’s',
  ),
  removed(
    'the role of who has made an invitation',
    text(INVITATIONS_SQL, ' AND u.administrator AND NOT u.suspended', ''),
    'sign-up',
    'ends when it is of an administrator who is suspended',
  ),
  removed(
    'an invitation that has lost a group',
    text(SIGN_UPS, 'throw notFound(relyingParty);\n    const events', 'void 0;\n    const events'),
    'sign-up',
    'ends when it loses a group',
  ),
  removed(
    'the role of an administrator',
    text(ADMINISTRATORS, '!user?.administrator', '!user'),
    'administrators',
    'is nobody else: a user without the role is refused everywhere',
  ),
  removed(
    'a recent passkey before what an administrator changes',
    text(ADMINISTRATORS, 'changes && session.age > this.options.recentSignIn', 'false'),
    'administrators',
    'is asked for a passkey before changes',
  ),
  removed(
    'a passkey in the session of an administrator',
    text(ADMINISTRATORS, '!isProvenByPasskey(session)', 'false'),
    'administrators',
    'manages nothing in a session that came by a code or a link',
  ),
  removed(
    'the origin of what an administrator changes',
    body('api/origin.guard.ts', 'OriginGuard.canActivate', 'return true;'),
    'administrators',
    'is not made to change anything by a page of another origin',
  ),
  removed(
    'a link for an administrator that has expired',
    text('administrators/administrator-links.repository.ts', ' AND expires_at > now()', ''),
    'administrators',
    'does not once there is another, or after an hour',
  ),
  removed(
    'a recovery link from before a suspension',
    text(RECOVERY_LINKS, 'createdAt < user.proofsVoidBefore', 'false'),
    'recovery-links',
    'lets no suspended user in, nor one who was suspended since',
  ),
  removed(
    'a recovery link that has expired',
    text('recovery/recovery-links.repository.ts', ' AND expires_at > now()', ''),
    'recovery-links',
    'is void after 15 minutes',
  ),
  removed(
    'a recovery link of a suspended user',
    text(
      RECOVERY_LINKS,
      'const user = await this.accounts.lock(userId, transaction);',
      'await this.accounts.lockAny(userId, transaction); const user = { proofsVoidBefore: 0 };',
    ),
    'recovery-links',
    'lets no suspended user in',
  ),
  removed(
    'replay of a challenge',
    text(RECORDS_SQL, 'AND id = ${id} AND ${PENDING_STILL}', 'AND id = ${id}'),
    'challenge',
    'is spent by the first attempt that is right',
  ),
  removed(
    'replay of challenges by calls that share a statement',
    text(RECORDS_SQL, 'AND r.rp_id = call.rp_id AND ${PENDING_STILL}', 'AND r.rp_id = call.rp_id'),
    'shared-statements/neighbours',
    'are refused all when they use their challenges again',
  ),
  removed(
    'a secret for each receiver of webhooks',
    text('apps/identity-server/src/configuration/events.ts', 'secrets[index] ?? secrets[0]', 'secrets[0]'),
    'audit-events',
    'are signed for each receiver by its own secret',
  ),
  removed(
    'codes sent for one address in an hour',
    text('recovery/recovery.controller.ts', '@RateLimited(undefined, SENDS_AN_HOUR)', '@RateLimited()'),
    'limits',
    'have so many codes sent to whomever in an hour',
  ),
  removed(
    'the ids of decoys',
    text('registration/registration.service.ts', 'isDecoy ? {', 'false ? {'),
    'account-enumeration',
    'knows the ids of decoys for its own',
  ),
  removed(
    'refusals at a time of their own',
    text('attempts/answer-times.ts', 'await isOver();\n      throw', 'throw'),
    'account-enumeration',
    'refuses wrong assertions late, by a time that is random',
  ),
  removed(
    'answers at a time of their own',
    text('attempts/answer-times.ts', 'finally {\n      await isOver();', 'finally {'),
    'account-enumeration',
    'answers options late, by a time that is random',
  ),
  removed(
    'taken names tried by one address',
    text('registration/taken-names.service.ts', 'this.rates.refuseFull(rate)', ''),
    'account-enumeration',
    'tells one address of ten names that are taken in an hour',
  ),
  removed(
    'a name of another tenant',
    text('users/user-lookup.ts', 'lookup.tenant', "'default'"),
    'tenants',
    'have users of their own: one name may be two people',
  ),
  removed(
    'a passkey of a user of another tenant',
    text(
      'authentication/authentication.service.ts',
      'credential && isOfTenant(credential, relyingParty) ? credential : null',
      'credential',
    ),
    'tenants',
    'do not sign in a user of another tenant by a passkey from before',
  ),
  removed(
    'a user of another tenant, managed',
    text('management/users.service.ts', '(!relyingParty || isOfTenant(user, relyingParty))', 'true'),
    'tenants',
    'manage their own users alone, and read their own events',
  ),
  removed(
    'an imported passkey with the user handle of another tenant’s user',
    text('passkeys/passkey-transfer.service.ts', 'owner && !isOfTenant(owner, relyingParty)', 'false'),
    'tenants',
    'import and export by tenant, and share no user handle',
  ),
  removed(
    'a management token of another tenant',
    text('api/management-token.guard.ts', '(relyingParties ?? [rpId]).includes(rpId)', 'true'),
    'tenants',
    'are each managed by tokens that are limited to them',
  ),
  removed(
    'a record before it is verified',
    text(RECORDS_SQL, "AND status = 'verified' AND expires_at > now()", ''),
    'challenge',
    'is no use before it is verified',
  ),
  removed(
    'a step-up used as a sign-in',
    text(IDENTIFICATION, "record.ceremony !== 'authentication' && record.ceremony !== 'recovery'", 'false'),
    'attacks/replay-and-mix-ups',
    'of a step-up signs nobody in',
  ),
  removed(
    'a passkey of who is signed in, bound to whom a sign-in has identified',
    text('records/verification-record.service.ts', '&& taken.userId === userId', ''),
    'adapters/logto',
    'bind to whom a sign-in has identified no passkey',
  ),
  removed(
    'a second passkey in a sign-in by a code: options',
    text(INTERACTION_PASSKEYS, '(await this.passkeys.count(userId, rpId)) === 0', 'true'),
    'adapters/logto',
    'give a passkey to no account that has one',
  ),
  removed(
    'a second passkey in a sign-in by a code: binding',
    text(INTERACTION_PASSKEYS, '(await this.passkeys.count(userId, rpId, transaction)) > 0', 'false'),
    'adapters/logto',
    'binds one of two registrations that were verified',
  ),
  removed(
    'a record of another flow creates an account',
    text(IDENTIFICATION, "record.ceremony !== 'registration' || !identifier", 'false'),
    'attacks/replay-and-mix-ups',
    'of a signed-in user’s registration creates no account',
  ),
  removed(
    'binding to another account',
    text('records/verification-record.service.ts', '&& taken.userId === userId', ''),
    'attacks/accounts',
    'by changing the session between registration and binding',
  ),
  removed(
    'another user in one interaction',
    text(INTERACTION_SQL, 'WHERE i.user_id IS NULL OR i.user_id = excluded.user_id', ''),
    'challenge',
    'of somebody else does not change who is identified',
  ),
  removed(
    'planted interaction cookie',
    body('defaults/cookie-interaction.ts', 'CookieInteraction.renew', 'return id;'),
    'attacks/accounts',
    'by an interaction cookie that was planted',
  ),
  removed(
    'records of a submitted interaction',
    text(
      'interaction/interaction.service.ts',
      'await this.records.deleteOf(interactionId, transaction);',
      '',
    ),
    'ports/interaction-and-session',
    'records follow the browser to the renewed interaction, and end with it',
  ),
  removed(
    'records of an abandoned interaction',
    body(
      'interaction/interaction.service.ts',
      'InteractionService.abandon',
      'await this.interactions.abandon(exchange);',
    ),
    'ports/interaction-and-session',
    'records of an interaction that is abandoned',
  ),
  removed(
    'an earlier session of the browser',
    text(
      'defaults/cookie-session.ts',
      'if (previous) await this.sessions.delete(previous, transaction);',
      '',
    ),
    'attacks/accounts',
    'by the attacker’s own session',
  ),
  removed(
    'cookies of another tenant',
    body('api/cookies.ts', 'hashOf', "return hash('sha256', value, 'buffer');"),
    'tenants',
    'refuse each other’s pages',
  ),
  removed(
    'foreign origins',
    body('api/origin.guard.ts', 'OriginGuard.canActivate', 'return true;'),
    'attacks/forged-requests',
    'from a foreign origin, at every endpoint',
  ),
  removed(
    'forms and plain text',
    text(
      'apps/identity-server/src/http/json-body.ts',
      "addContentTypeParser('application/json'",
      "addContentTypeParser('*'",
    ),
    'attacks/forged-requests',
    'as a form or as plain text',
  ),
  removed(
    'suspended before identification',
    text('users/accounts.service.ts', LOCKED_USER_SUSPENDED, 'false'),
    'challenge',
    'is void once the user is suspended',
  ),
  removed(
    'suspended before submit',
    text(INTERACTION_SQL, 'AND u.id = i.user_id AND NOT u.suspended', 'AND u.id = i.user_id'),
    'ports/interaction-and-session',
    'is of no use to a suspended user',
  ),
  removed(
    'suspended with a session',
    text(
      'defaults/sessions.repository.ts',
      'AND ${alive(idleTtl)} AND NOT u.suspended',
      'AND ${alive(idleTtl)}',
    ),
    'users',
    'leaves no session to a user who was suspended in the database itself',
  ),
  removed(
    'suspended before identification, in one statement',
    text(RECORDS_SQL, ' AND NOT u.suspended FOR NO KEY UPDATE', ' FOR NO KEY UPDATE'),
    'sign-in-at-once',
    'of a user who is suspended in the database itself',
  ),
  removed(
    'suspended between verification and identification, in one statement',
    text(RECORDS_SQL, ' AND r.created_at >= owner.proofs_void_before', ''),
    'sign-in-at-once',
    'of a user who was suspended meanwhile',
  ),
  removed(
    'suspended between identification and submit, in one statement',
    text(RECORDS_SQL, ' AND i.authenticated_at >= owner.proofs_void_before', ''),
    'sign-in-at-once',
    'of a user who was suspended before submit',
  ),
  removed(
    'a record that has expired, in one statement',
    text(RECORDS_SQL, 'AND r.expires_at > now() AND r.created_at', 'AND r.created_at'),
    'sign-in-at-once',
    'by a record that has expired',
  ),
  removed(
    'another user in the interaction, in one statement',
    text(RECORDS_SQL, ' OR p.user_id <> owner.id', ''),
    'sign-in-at-once',
    'of two users',
  ),
  removed(
    'a recovery code with a passkey, in one statement',
    text(RECORDS_SQL, " AND NOT 'otp' = ANY (i.amr)", ''),
    'sign-in-at-once',
    'with a recovery code before the passkey',
  ),
  removed(
    'suspended by the host, verification',
    text(
      'authentication/authentication.service.ts',
      'await this.accounts.isSuspended(credential.userId, credential.suspended)',
      'credential.suspended',
    ),
    'ports/user-directory',
    'a table of the host a suspended user is signed out, and does not sign in',
  ),
  removed(
    'suspended by the host, identification',
    text('users/accounts.service.ts', LOCKED_USER_SUSPENDED, 'user?.suspended'),
    'ports/user-directory',
    'a table of the host a user who is suspended after the verification',
  ),
  removed(
    'suspended by the host, submit',
    text('users/accounts.service.ts', LOCKED_USER_SUSPENDED, 'user?.suspended'),
    'ports/user-directory',
    'a table of the host a user who is suspended after the identification',
  ),
  removed(
    'suspended by the host, second factor',
    text('authentication/step-up.controller.ts', '(await this.accounts.isSuspended(userId, false))', 'false'),
    'ports/user-directory',
    'a table of the host a user who is suspended after the identification',
  ),
  removed(
    'suspended by the host, session',
    body('session/sessions.service.ts', 'Sessions.current', 'return this.provider.current(exchange);'),
    'ports/user-directory',
    'a table of the host a suspended user is signed out',
  ),
  removed(
    'an account that a host gives away',
    text(
      'users/accounts.service.ts',
      'throw new ExperienceException(IDENTIFIERS[user.identifier.type].alreadyInUse);',
      '',
    ),
    'ports/user-directory',
    'opens no account that is known',
  ),
  removed(
    'how many passkeys an account has',
    body('passkeys/passkeys.service.ts', 'PasskeysService.requireRoom', ''),
    'bounds',
    'are so many at most, also of many bindings',
  ),
  removed(
    'pages elsewhere that send no Origin',
    text('api/origin.guard.ts', "request.headers['sec-fetch-site'] !== 'cross-site'", 'true'),
    'bounds',
    'from elsewhere is refused also without Origin',
  ),
  removed(
    'two Host headers',
    text('apps/identity-server/src/application.ts', 'namesSeveralHosts(request.raw)', 'false'),
    'bounds',
    'with two Host headers',
  ),
  removed(
    'bytes that are no UTF-8',
    text('apps/identity-server/src/http/json-body.ts', '!isUtf8(bytes)', 'false'),
    'bounds',
    'with bytes that are no UTF-8',
  ),
  removed(
    'a recovery code of a suspended user',
    text('recovery/recovery.service.ts', 'await this.accounts.lock(owner, transaction);', ''),
    'bounds',
    'a recovery code of a suspended user',
  ),
  removed(
    'what was proved before a suspension, at submit',
    text(VALIDITY, 'identification.authenticatedAt.getTime() >= user.proofsVoidBefore * 1000', 'true'),
    'sessions',
    'suspended and taken back, nothing from before comes back',
  ),
  removed(
    'what was proved before a suspension, at identification',
    text('records/verification-record.service.ts', 'if (record?.void) throw notFound();', ''),
    'sessions',
    'suspended and taken back, nothing from before comes back',
  ),
  removed(
    'options of before a suspension',
    text('records/verification-record.service.ts', 'record?.void && !record.credential?.suspended', 'false'),
    'sessions',
    'options of before a suspension',
  ),
  removed(
    'sessions of before a recovery',
    text(SUBMIT, "if (amr.includes('otp')) await this.endEverything(userId, transaction);", ''),
    'sessions',
    'recovered, whoever else was in it is out',
  ),
  removed(
    'the passkey of an identified user, at submit',
    text(VALIDITY, '(await this.passkeys.has(userId, identification.passkeyId, transaction))', 'true'),
    'sessions',
    'revoked before submit, nobody is signed in',
  ),
  removed(
    'sessions of a passkey that its owner deletes',
    text(
      'passkeys/passkeys.service.ts',
      'await this.sessions.endAll(userId, transaction, { passkeyId: id, except: exchange });',
      '',
    ),
    'sessions',
    'deleted by its owner, every session of it ends',
  ),
  removed(
    'sessions of a passkey that management revokes',
    text(
      'passkeys/passkeys.service.ts',
      'await this.sessions.endAll(userId, transaction, { passkeyId: id });',
      '',
    ),
    'sessions',
    'revoked by management, every session of it ends',
  ),
  removed(
    'a passkey where a handler asks for one',
    text('session/session.guard.ts', "methods.includes('passkey')", 'false'),
    'step-up',
    'one decorator asks for a passkey',
  ),
  removed(
    'a passkey where a code came in',
    body('passkeys/passkeys.service.ts', 'PasskeysService.requirePasskey', ''),
    'sessions',
    'adds one passkey, and nothing more',
  ),
  removed(
    'the earlier cookie after a step-up',
    body(
      'defaults/cookie-session.ts',
      'CookieSession.renew',
      'const id = this.cookie.read(exchange); if (id) await this.sessions.renew(id, id, proof, transaction);',
    ),
    'step-up',
    'further methods and a new cookie',
  ),
  removed(
    'a session of somebody else',
    text('defaults/sessions.repository.ts', 'WHERE user_id = $1 AND public_id = $2', 'WHERE public_id = $2'),
    'sessions',
    'ends one by one',
  ),
  removed(
    'an idle session',
    text(
      'defaults/sessions.repository.ts',
      "AND s.last_seen_at > now() - ${idleTtl} * interval '1 second'",
      'AND ${idleTtl} > 0',
    ),
    'sessions',
    'is over after a time of idleness',
  ),
  removed(
    'a passkey removed after the verification',
    text(IDENTIFICATION, '!present || passkeyRemoved', 'false'),
    'challenge',
    'is void once the passkey is removed',
  ),
  removed(
    'text that can not be stored',
    body('validation/storable-text.ts', 'isUnstorable', 'return false;'),
    'bounds',
    'take no name with a lone surrogate',
  ),
  removed(
    'invisible characters in names',
    text('identifiers/identifier.ts', '|(?![\\u200C\\u200D\\uFE0F])\\p{DI}', ''),
    'attacks/unicode',
    'soft hyphen',
  ),
  removed(
    'normalisation of names',
    text('identifiers/identifier.ts', "value.normalize('NFC')", 'value'),
    'attacks/unicode',
    'in either normalisation are the same user',
  ),
  removed(
    'unknown passkeys named to strangers',
    text('authentication/authentication.service.ts', "this.options.accountEnumeration !== 'reveal'", 'false'),
    'account-enumeration',
    'is not told apart from a wrong assertion',
  ),
  removed(
    'a sign-in long ago',
    text('session/session.guard.ts', 'session.age > maxAge', 'false'),
    'my-passkeys',
    'are added and deleted after a recent sign-in only',
  ),
  removed(
    'the last passkey',
    text('passkeys/credential-record.repository.ts', "if (ids.length === 1) return 'last';", ''),
    'my-passkeys',
    'are deleted, but for the last one',
  ),
  removed(
    'scopes of management tokens',
    text('api/management-token.guard.ts', '!scopes.includes(scope)', 'false'),
    'management',
    'are good for what their scopes say',
  ),
  removed(
    'the hash of a management token',
    text('api/bearer-tokens.ts', 'timingSafeEqual(token.hash, hash)', 'true'),
    'management',
    'are not the hashes that the file has',
  ),
  removed(
    'how often wrong management tokens are tried',
    text('attempts/recorded-management-refusals.ts', 'this.options.limits !== null', 'false'),
    'management',
    'are refused for a while after many from one address',
  ),
  removed(
    'the length of a management token',
    text('apps/identity-server/src/configuration/protection.ts', 'secret.length >= length', 'true'),
    'configuration',
    'MANAGEMENT_API_TOKEN',
  ),
  removed(
    'what else lets into an account whose address somebody proves',
    text('recovery/account-claims.service.ts', 'if (!isOwner) {', 'if (false) {'),
    'proven-addresses',
    'that somebody else wrote on an account',
  ),
  removed(
    'addresses that nobody has proved',
    text('users/accounts.service.ts', '(address) => !isOf(unproven)(address)', '() => true'),
    'proven-addresses',
    'is no way into an account that has a better one',
  ),
  removed(
    'user names that read as an address',
    text('identifiers/username-rule.ts', "type !== 'username'", 'false'),
    'attacks/usernames',
    'that reads as an email address is refused',
  ),
  removed(
    'user names of several scripts',
    text('identifiers/username-rule.ts', '!isHighlyRestrictive(name)', 'false'),
    'attacks/usernames',
    'that reads as Hebrew and Arabic',
  ),
  removed(
    'user names that look alike',
    text('identifiers/username-rule.ts', 'LOOK_ALIKES[character] ?? character', 'character'),
    'attacks/usernames',
    'with r and n for m',
  ),
  removed(
    'two forms of one domain',
    text('identifiers/identifier.ts', 'domainToASCII(typed.slice(at))', 'typed.slice(at)'),
    'proven-addresses',
    'is one, whichever form of its domain is typed',
  ),
  removed(
    'lists where one object belongs',
    text('validation/request-body.ts', 'withoutLists(dto, value as Members), {', 'value, {'),
    'attacks/cost',
    'bodies of numbers',
  ),
  removed(
    'the proof of an address before its registration is answered',
    body('registration/registration-options.service.ts', 'RegistrationOptionsService.requireProof', ''),
    'account-enumeration',
    'tells of an address that it is taken only to whoever has proved to be reached there',
  ),
  removed(
    'a proof of an address that somebody else asked for',
    text('recovery/address-proofs.service.ts', 'askedBy !== userId || ', ''),
    'my-account',
    'has a proof used by nobody else, and for nothing else',
  ),
  removed(
    'a proof of an address as a way in',
    text(
      'recovery/recovery.service.ts',
      "if (ceremony === 'address' && userId) throw await pending.gone();",
      '',
    ),
    'my-account',
    'has a proof used by nobody else, and for nothing else',
  ),
  removed(
    'a passkey for what the owner changes',
    body('account/account.service.ts', 'AccountService.requireOwner', ''),
    'my-account',
    'proves lately by a passkey who it is, for every change',
  ),
];
