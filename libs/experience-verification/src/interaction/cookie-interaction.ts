import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions, usesHttps } from '../experience-verification.options';
import { SecretCookie } from '../http/cookies';
import type { HttpRequest, HttpResponse } from '../http/http-exchange';
import type { InteractionId } from '../webauthn-types';
import type { InteractionEvent } from './interaction.entity';
import type { Identification, InteractionProvider } from './interaction.port';
import { InteractionRepository } from './interaction.repository';

/** The default interactions: a cookie whose hash is the key of a row, made once the row has something to say. */
@Injectable()
export class CookieInteraction implements InteractionProvider {
  private readonly cookie: SecretCookie;

  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly repository: InteractionRepository,
  ) {
    this.cookie = new SecretCookie('experience_interaction', usesHttps(options));
  }

  current(request: HttpRequest): InteractionId | null {
    return this.cookie.read(request) as InteractionId | null;
  }

  currentOrNew(request: HttpRequest, response: HttpResponse): InteractionId {
    return this.current(request) ?? this.issue(response);
  }

  async restart(request: HttpRequest, response: HttpResponse, event: InteractionEvent): Promise<void> {
    const previous = this.current(request);
    if (previous) await this.repository.delete(previous);
    await this.repository.insert(this.issue(response), event, this.options.interactionTtl);
  }

  async eventOf(id: InteractionId): Promise<InteractionEvent> {
    return (await this.repository.eventOf(id)) ?? 'SignIn';
  }

  async identify(id: InteractionId, user: Identification, transaction: EntityManager): Promise<void> {
    const identified = await this.repository.identify(id, user, this.options.interactionTtl, transaction);
    if (!identified) throw new ExperienceException('session.identity_conflict');
  }

  async finish(request: HttpRequest, response: HttpResponse): Promise<Identification> {
    const id = this.current(request);
    if (!id) throw new ExperienceException('session.interaction_not_found');
    const identification = await this.repository.take(id);
    if (!identification) throw await this.whyNotFinished(id);
    this.cookie.clear(response);
    return identification;
  }

  async abandon(request: HttpRequest, response: HttpResponse): Promise<void> {
    const id = this.current(request);
    if (id) await this.repository.delete(id);
    this.cookie.clear(response);
  }

  private async whyNotFinished(id: InteractionId): Promise<ExperienceException> {
    const found = await this.repository.find(id);
    if (!found) return new ExperienceException('session.interaction_not_found');
    return new ExperienceException(found.suspended ? 'user.suspended' : 'session.identifier_not_found');
  }

  private issue(response: HttpResponse): InteractionId {
    return this.cookie.issue(response, this.options.interactionTtl) as InteractionId;
  }
}
