import { Inject, Injectable } from '@nestjs/common';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { SecretCookie } from '../api/cookies';
import type { HttpRequest, HttpResponse } from '../api/http-exchange';
import { RELYING_PARTY_PROVIDER, type RelyingPartyProvider } from '../ports/relying-party.port';
import type { UserId } from '../webauthn/webauthn-types';
import type { AuthenticationMethod, CurrentSession, SessionProvider } from '../ports/session.port';
import { SessionsRepository } from './sessions.repository';

/** The default sessions: a cookie whose hash is the key of a row. */
@Injectable()
export class CookieSession implements SessionProvider {
  private readonly cookie = new SecretCookie('experience_session');

  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(RELYING_PARTY_PROVIDER) private readonly relyingParties: RelyingPartyProvider,
    private readonly sessions: SessionsRepository,
  ) {}

  async start(
    request: HttpRequest,
    response: HttpResponse,
    user: { userId: UserId; amr: AuthenticationMethod[] },
  ): Promise<void> {
    const relyingParty = await this.relyingParties.forRequest(request);
    await this.sessions.delete(this.cookie.read(request, relyingParty));
    const id = this.cookie.issue(response, relyingParty, this.options.sessionTtl);
    await this.sessions.insert(id, user, this.options.sessionTtl);
  }

  async current(request: HttpRequest): Promise<CurrentSession | null> {
    const id = await this.idOf(request);
    return id && this.sessions.find(id);
  }

  async renew(request: HttpRequest, amr: AuthenticationMethod[]): Promise<void> {
    const id = await this.idOf(request);
    if (id) await this.sessions.renew(id, amr);
  }

  async end(request: HttpRequest, response: HttpResponse): Promise<void> {
    await this.sessions.delete(await this.idOf(request));
    this.cookie.clear(response, await this.relyingParties.forRequest(request));
  }

  private async idOf(request: HttpRequest): Promise<Buffer | null> {
    return this.cookie.read(request, await this.relyingParties.forRequest(request));
  }
}
