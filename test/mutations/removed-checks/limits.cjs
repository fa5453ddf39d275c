const { removed, body, text } = require('../removals.cjs');

const GUARD = 'limits/rate-limit.guard.ts';
const LOCKOUTS = 'limits/lockouts.service.ts';
const RECOVERY = 'recovery/sent-codes.service.ts';

/** Limits and locks. */
module.exports = [
  removed(
    'limit by address',
    text(GUARD, 'address !== undefined', 'false'),
    'limits',
    'refuse an address that asks too often',
  ),
  removed(
    'share of the processor',
    text('limits/processor-shares.ts', 'this.spentOf(network) > this.burst', 'false'),
    'limits',
    'is an address’s to use as long as it is alone',
  ),
  removed(
    'limit by identifier',
    text(GUARD, 'if (identifierHash !== null) {', 'if (false) {'),
    'limits',
    'count an identifier together with the address',
  ),
  removed(
    'limit by interaction',
    text(GUARD, 'if (interactionId) {', 'if (false) {'),
    'limits',
    'count an interaction, from whichever address',
  ),
  removed(
    'lockout',
    body(LOCKOUTS, 'Lockouts.refuse', ''),
    'limits',
    'lock that identifier for that address',
  ),
  removed(
    'lockout of challenges collected before',
    text(LOCKOUTS, 'this.refuse(key);', ''),
    'limits',
    'lock also who collected challenges before',
  ),
  removed(
    'limits shared by servers',
    text('limits/rate-limits.service.ts', 'await this.access.within(this.shareSoon())', 'new Map()'),
    'limits',
    'count what other servers have admitted',
  ),
  removed(
    'wrong codes of an account, however many were sent',
    text(RECOVERY, 'counted.wait > 0', 'false'),
    'recovery',
    'can be tried wrongly five times',
  ),
  removed(
    'tries that can be no code',
    text(
      RECOVERY,
      "if (read === null) throw new ExperienceException('verification_code.code_mismatch', UNREADABLE);",
      '',
    ),
    'recovery',
    'is not used up by what can be no code',
  ),
  removed(
    'codes before the one that was sent last',
    text(RECOVERY, 'counted?.latest !== record.id', '!counted'),
    'recovery',
    'is void once a newer one was sent',
  ),
  removed(
    'how often codes are sent to an account',
    text(RECOVERY, 'if (wait > 0)', 'if (false)'),
    'recovery',
    'is sent three times in 15 minutes',
  ),
  removed(
    'the second code, where the policy asks for it',
    text('interaction/identification.service.ts', 'if (!other)', 'if (false)'),
    'recovery',
    'one of each kind',
  ),
];
