const { removed, body, text } = require('../removals.cjs');

const GUARD = 'limits/rate-limit.guard.ts';
const LOCKOUTS = 'limits/lockouts.service.ts';

/** Limits and locks. */
module.exports = [
  removed(
    'limit by address',
    text(GUARD, 'address !== undefined', 'false'),
    'limits',
    'refuse an address that asks too often',
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
];
