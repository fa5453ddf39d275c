import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SecretCookie } from '../api/cookies';
import type { Exchange } from '../ports/exchange';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { Identification } from '../ports/identification';
import type {
  CurrentSession,
  SessionProvider,
  SessionSelection,
  SessionSummary,
} from '../ports/session.port';
import type { AccountsOfSessions, SessionInAccount } from '../session/accounts-of-sessions';
import type { UserId } from '../webauthn/webauthn-types';
import { browserInWords, placeOf } from './session-place';
import { type NewSession, SessionsRepository } from './sessions.repository';

/** The default sessions: a cookie whose hash is the key of a row. */
@Injectable()
export class CookieSession implements SessionProvider, AccountsOfSessions {
  private readonly cookie = new SecretCookie('experience_session');

  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly sessions: SessionsRepository,
  ) {}

  async start(exchange: Exchange, user: Identification, transaction: EntityManager): Promise<void> {
    const { previous, set, ...session } = this.drawSession(exchange);
    const { sessionIdleTtl } = this.options;
    if (previous) await this.sessions.deleteBefore(user.userId, previous, sessionIdleTtl, transaction);
    await this.sessions.insert(session, user, transaction);
    set();
  }

  /** A session that is to begin on this browser, the one that it ends, and what sets its cookie. */
  drawSession(exchange: Exchange): NewSession & { previous: Buffer | null; set: () => void } {
    const { sessionTtl: ttl } = this.options;
    const { ip, headers } = exchange.request;
    return {
      publicId: randomUUID(),
      previous: this.cookie.read(exchange),
      address: placeOf(ip),
      browser: browserInWords(headers['user-agent']),
      ttl,
      ...this.cookie.draw(exchange, ttl),
    };
  }

  async current(exchange: Exchange): Promise<CurrentSession | null> {
    const id = this.cookie.read(exchange);
    return id && this.sessions.find(id, this.options.sessionIdleTtl, exchange.relyingParty.tenant);
  }

  async currentInAccount(exchange: Exchange): Promise<SessionInAccount | null> {
    const id = this.cookie.read(exchange);
    const { tenant } = exchange.relyingParty;
    return id && this.sessions.findInAccount(id, this.options.sessionIdleTtl, tenant);
  }

  async renew(
    exchange: Exchange,
    proof: Pick<Identification, 'amr' | 'passkeyId'>,
    transaction: EntityManager,
  ): Promise<void> {
    const id = this.cookie.read(exchange);
    if (!id) return;
    const renewed = this.cookie.draw(exchange, this.options.sessionTtl);
    // Where another call of the browser's has renewed it meanwhile, that one has brought its cookie.
    if (await this.sessions.renew(id, renewed.id, proof, transaction)) renewed.set();
  }

  counts({ id, userId }: CurrentSession, transaction: EntityManager): Promise<boolean> {
    return this.sessions.hold(userId, id, transaction);
  }

  async end(exchange: Exchange, transaction: EntityManager): Promise<void> {
    const id = this.cookie.read(exchange);
    if (id) await this.sessions.delete(id, transaction);
    this.cookie.clear(exchange);
  }

  list(userId: UserId): Promise<SessionSummary[]> {
    return this.sessions.list(userId, this.options.sessionIdleTtl);
  }

  endOne(userId: UserId, id: string, transaction: EntityManager): Promise<boolean> {
    return this.sessions.deleteOne(userId, id, transaction);
  }

  async endAll(
    userId: UserId,
    transaction: EntityManager,
    { passkeyId, except }: SessionSelection = {},
  ): Promise<void> {
    const kept = except ? this.cookie.read(except) : null;
    await this.sessions.deleteAllOf(userId, passkeyId ?? null, kept, transaction);
  }
}
