import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { SecretCookie } from '../api/cookies';
import type { HttpRequest, HttpResponse } from '../api/http-exchange';
import { RELYING_PARTY_PROVIDER, type RelyingPartyProvider } from '../ports/relying-party.port';
import type { InteractionId, UserId } from '../webauthn/webauthn-types';
import type { InteractionEvent } from './interaction.entity';
import type { Identification, InteractionProvider } from '../ports/interaction.port';
import { InteractionRepository } from './interaction.repository';

/** The default interactions: a cookie whose hash is the key of a row, made once the row has something to say. */
@Injectable()
export class CookieInteraction implements InteractionProvider {
  private readonly cookie = new SecretCookie('experience_interaction');

  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(RELYING_PARTY_PROVIDER) private readonly relyingParties: RelyingPartyProvider,
    private readonly repository: InteractionRepository,
  ) {}

  async current(request: HttpRequest): Promise<InteractionId | null> {
    const relyingParty = await this.relyingParties.forRequest(request);
    return this.cookie.read(request, relyingParty) as InteractionId | null;
  }

  async currentOrNew(request: HttpRequest, response: HttpResponse): Promise<InteractionId> {
    return (await this.current(request)) ?? (await this.issue(request, response));
  }

  async restart(request: HttpRequest, response: HttpResponse, event: InteractionEvent): Promise<void> {
    const previous = await this.current(request);
    const id = await this.issue(request, response);
    await this.repository.restart(previous, id, event, this.options.interactionTtl);
  }

  async eventOf(id: InteractionId): Promise<InteractionEvent> {
    return (await this.repository.eventOf(id)) ?? 'SignIn';
  }

  identifiedUser(id: InteractionId): Promise<UserId | null> {
    return this.repository.identifiedUser(id);
  }

  async identify(id: InteractionId, user: Identification, transaction: EntityManager): Promise<void> {
    const identified = await this.repository.identify(id, user, this.options.interactionTtl, transaction);
    if (!identified) throw new ExperienceException('session.identity_conflict');
  }

  async renew(
    id: InteractionId,
    request: HttpRequest,
    response: HttpResponse,
    transaction: EntityManager,
  ): Promise<void> {
    await this.repository.move(id, await this.issue(request, response), transaction);
  }

  async finish(request: HttpRequest, response: HttpResponse): Promise<Identification> {
    const id = await this.current(request);
    if (!id) throw new ExperienceException('session.interaction_not_found');
    const identification = await this.repository.take(id);
    if (!identification) throw await this.whyNotFinished(id);
    this.cookie.clear(response, await this.relyingParties.forRequest(request));
    return identification;
  }

  async abandon(request: HttpRequest, response: HttpResponse): Promise<void> {
    const id = await this.current(request);
    if (id) await this.repository.delete(id);
    this.cookie.clear(response, await this.relyingParties.forRequest(request));
  }

  private async whyNotFinished(id: InteractionId): Promise<ExperienceException> {
    const found = await this.repository.find(id);
    if (!found) return new ExperienceException('session.interaction_not_found');
    return new ExperienceException(found.suspended ? 'user.suspended' : 'session.identifier_not_found');
  }

  private async issue(request: HttpRequest, response: HttpResponse): Promise<InteractionId> {
    const relyingParty = await this.relyingParties.forRequest(request);
    return this.cookie.issue(response, relyingParty, this.options.interactionTtl) as InteractionId;
  }
}
