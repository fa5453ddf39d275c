import { createHash } from 'node:crypto';
import { serialize } from 'cookie';
import type { Exchange } from '../ports/exchange';
import { nodeResponse } from '../ports/http-exchange';
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
    const cookie = serialize(nameFor(exchange), skipped ? valueOf(userId) : '', {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure: isSecure(exchange),
      maxAge: skipped ? YEAR : 0,
    });
    nodeResponse(exchange.response).appendHeader('set-cookie', cookie);
  },
};

const isSecure = ({ relyingParty }: Exchange): boolean =>
  relyingParty.origins.some((origin) => origin.startsWith('https:'));

const nameFor = (exchange: Exchange): string => `${isSecure(exchange) ? '__Host-' : ''}logto_passkey_skipped`;

const valueOf = (userId: UserId): string => createHash('sha256').update(userId).digest('base64url');
