import { Inject, Injectable } from '@nestjs/common';
import { MODULE_OPTIONS, type ResolvedOptions, usesHttps } from '../experience-verification.options';
import { SecretCookie } from '../http/cookies';
import type { HttpRequest, HttpResponse } from '../http/http-exchange';
import type { UserId } from '../webauthn-types';
import type { AuthenticationMethod, CurrentSession, SessionProvider } from './session.port';
import { SessionsRepository } from './sessions.repository';

/** The default sessions: a cookie whose hash is the key of a row. */
@Injectable()
export class CookieSession implements SessionProvider {
  private readonly cookie: SecretCookie;

  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly sessions: SessionsRepository,
  ) {
    this.cookie = new SecretCookie('experience_session', usesHttps(options));
  }

  async start(
    request: HttpRequest,
    response: HttpResponse,
    user: { userId: UserId; amr: AuthenticationMethod[] },
  ): Promise<void> {
    await this.sessions.delete(this.cookie.read(request));
    const id = this.cookie.issue(response, this.options.sessionTtl);
    await this.sessions.insert(id, user, this.options.sessionTtl);
  }

  async current(request: HttpRequest): Promise<CurrentSession | null> {
    const id = this.cookie.read(request);
    return id && this.sessions.find(id, this.options.recentSignIn);
  }

  async end(request: HttpRequest, response: HttpResponse): Promise<void> {
    await this.sessions.delete(this.cookie.read(request));
    this.cookie.clear(response);
  }
}
