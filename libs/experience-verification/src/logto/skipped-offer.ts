import { createHash } from 'node:crypto';
import { cookieName, setCookie } from '../api/cookies';
import type { Exchange } from '../ports/exchange';
import type { UserId } from '../webauthn/webauthn-types';

const YEAR = 365 * 86_400;

/**
 * Whether somebody wants no passkey offered at sign-in. A cookie of their browser: it opens nothing, and needs no place in
 * the database.
 */
export const SkippedOffer = {
  of: (exchange: Exchange, userId: UserId): boolean =>
    exchange.cookies[nameFor(exchange)] === valueOf(userId),

  set(exchange: Exchange, userId: UserId, skipped: boolean): void {
    setCookie(exchange, nameFor(exchange), skipped ? valueOf(userId) : '', skipped ? YEAR : 0);
  },
};

const nameFor = (exchange: Exchange): string => cookieName(exchange, 'logto_passkey_skipped');

const valueOf = (userId: UserId): string => createHash('sha256').update(userId).digest('base64url');
