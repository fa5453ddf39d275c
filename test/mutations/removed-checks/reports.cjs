const { removed, text } = require('../removals.cjs');

/** What docs/known-reports.md is about. */
module.exports = [
  removed(
    'a passkey that was deleted, told apart from one that the database does not know',
    text('authentication/assertion-answer.ts', 'userId === null && deletedHere ?', 'userId === null ?'),
    'account-enumeration',
    'a database that lost its data lets nobody lose a passkey',
  ),
  removed(
    'the account that a page shows',
    text('session/sessions.service.ts', "throw new ExperienceException('session.account_mismatch');", ''),
    'side-by-side',
    'that show another account than the one signed in change, and learn, nothing',
  ),
  removed(
    'a code for an address that the account has lost',
    text(
      'recovery/recovery.service.ts',
      '(await this.accounts.hasAddress(userId, address))) return;',
      'true) return;',
    ),
    'recovery',
    'is dead once the account has lost the address',
  ),
  removed(
    'suspension in an import',
    text(
      'passkeys/passkey-transfer.service.ts',
      'const suspended = user.suspended ?? false;',
      'const suspended = false;',
    ),
    'passkey-transfer',
    'of a suspended user sign nobody in',
  ),
  removed(
    'the zone of an imported date',
    text('passkeys/passkey-transfer.dto.ts', '(Z|[+-]\\d\\d(:?\\d\\d)?)$/i', '(Z|[+-]\\d\\d(:?\\d\\d)?)?$/i'),
    'passkey-transfer',
    'of 2026-01-31T12:00:00 are refused for it',
  ),
  removed(
    'imported dates that are later than now',
    text('passkeys/credential-record.repository.ts', '(date < now ? date : now)', 'date'),
    'passkey-transfer',
    'sign in at once though the clock that dated them is ahead',
  ),
  removed(
    'a user name of before that looks like an address',
    text(
      'identifiers/identifier.ts',
      'return identifier ? { ...identifier, ...(username && { asUsername: username.value }) } : username;',
      'return identifier;',
    ),
    'sign-in',
    'finds a username made before that looks like',
  ),
  removed(
    'U+FFFD in a name',
    text('identifiers/identifier.ts', '\\uFFF9-\\uFFFB\\uFFFD]', '\\uFFF9-\\uFFFB]'),
    'identifier',
    'is nobody',
  ),
  removed(
    'a schema of a later release',
    text('database/migrate.ts', 'if (unknown.length > 0) {', 'if (false) {'),
    'migrations',
    'are refused, and so is the start, on a schema that a later release has changed',
  ),
  removed(
    'credentials in the address of a webhook',
    text(
      'apps/identity-server/src/configuration/events.ts',
      'if (parsed.username || parsed.password) {',
      'if (false) {',
    ),
    'audit-events',
    'are refused at the start, and the address is not repeated',
  ),
  removed(
    'a counter that goes back, of a passkey bound to its device',
    text(
      'authentication/steps/credential.steps.ts',
      'if (isAfter(signCount, credential.signCount)) return;',
      'return;',
    ),
    'policies',
    'refuses a passkey bound to its device, by default',
  ),
];
