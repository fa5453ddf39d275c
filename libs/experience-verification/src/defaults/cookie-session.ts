import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SecretCookie } from '../api/cookies';
import type { Exchange } from '../ports/exchange';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { AuthenticationMethod, CurrentSession, SessionProvider } from '../ports/session.port';
import type { UserId } from '../webauthn/webauthn-types';
import { SessionsRepository } from './sessions.repository';

/** The default sessions: a cookie whose hash is the key of a row. */
@Injectable()
export class CookieSession implements SessionProvider {
  private readonly cookie = new SecretCookie('experience_session');

  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly sessions: SessionsRepository,
  ) {}

  async start(exchange: Exchange, user: { userId: UserId; amr: AuthenticationMethod[] }): Promise<void> {
    await this.sessions.delete(this.cookie.read(exchange));
    const id = this.cookie.issue(exchange, this.options.sessionTtl);
    await this.sessions.insert(id, user, this.options.sessionTtl);
  }

  async current(exchange: Exchange): Promise<CurrentSession | null> {
    const id = this.cookie.read(exchange);
    return id && this.sessions.find(id);
  }

  async renew(exchange: Exchange, amr: AuthenticationMethod[]): Promise<void> {
    const id = this.cookie.read(exchange);
    if (id) await this.sessions.renew(id, amr);
  }

  async end(exchange: Exchange): Promise<void> {
    await this.sessions.delete(this.cookie.read(exchange));
    this.cookie.clear(exchange);
  }

  endAll(userId: UserId, transaction: EntityManager): Promise<void> {
    return this.sessions.deleteAllOf(userId, transaction);
  }
}
