import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SecretCookie } from '../api/cookies';
import type { Exchange } from '../ports/exchange';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { Identification } from '../ports/identification';
import type { FinishedInteraction, InteractionProvider } from '../ports/interaction.port';
import type { InteractionId, UserId } from '../webauthn/webauthn-types';
import type { InteractionEvent } from '../ports/interaction.port';
import { InteractionRepository } from './interaction.repository';

/** Pages name their tab, so that each has an interaction of its own. */
const TAB_HEADER = 'interaction-tab';

/** Ends the cookie of an interaction for a registration, so that its identification knows which statement to begin with. */
const REGISTERS = '-register';

function tabOf({ request }: Exchange): string {
  const tab = request.headers[TAB_HEADER];
  return typeof tab === 'string' && /^[A-Za-z0-9]{1,32}$/.test(tab) ? `_${tab}` : '';
}

/** The default interactions: a cookie whose hash is the key of a row, made once the row has something to say. */
@Injectable()
export class CookieInteraction implements InteractionProvider {
  private readonly cookie = new SecretCookie('experience_interaction', tabOf);

  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly repository: InteractionRepository,
  ) {}

  current(exchange: Exchange): InteractionId | null {
    return this.cookie.read(exchange) as InteractionId | null;
  }

  currentOrNew(exchange: Exchange): InteractionId {
    return this.current(exchange) ?? this.issue(exchange);
  }

  async restart(exchange: Exchange, event: InteractionEvent): Promise<InteractionId> {
    const previous = this.current(exchange);
    const id = this.issue(exchange, event === 'Register' ? REGISTERS : '');
    await this.repository.restart(previous, id, event, this.options.interactionTtl);
    return id;
  }

  async eventOf(id: InteractionId): Promise<InteractionEvent> {
    return (await this.repository.eventOf(id)) ?? 'SignIn';
  }

  async identifiedUser(id: InteractionId): Promise<UserId | null> {
    return (await this.repository.identification(id))?.userId ?? null;
  }

  identification(id: InteractionId, transaction: EntityManager): Promise<Identification | null> {
    return this.repository.identification(id, transaction);
  }

  async identify(id: InteractionId, user: Identification, transaction: EntityManager): Promise<void> {
    const identified = await this.repository.identify(id, user, this.options.interactionTtl, transaction);
    if (!identified) throw new ExperienceException('session.identity_conflict');
  }

  async renew(id: InteractionId, exchange: Exchange, transaction: EntityManager): Promise<InteractionId> {
    const renewed = this.issue(exchange);
    await this.repository.move(id, renewed, transaction);
    return renewed;
  }

  async finish(exchange: Exchange, transaction: EntityManager): Promise<FinishedInteraction> {
    const id = this.current(exchange);
    if (!id) throw new ExperienceException('session.interaction_not_found');
    const identification = await this.repository.take(id, transaction);
    if (!identification) throw await this.whyNotFinished(id, transaction);
    return { redirectTo: this.leave(exchange, identification), ...identification };
  }

  /** Whether it seems to be for a registration: what it is for, the row says. */
  registers(exchange: Exchange): boolean {
    return this.cookie.bears(exchange, REGISTERS);
  }

  /** The id that the interaction of this browser is to have, and what sets its cookie. */
  drawRenewal(exchange: Exchange): { id: InteractionId; set: () => void } {
    return this.cookie.draw(exchange, this.options.interactionTtl) as { id: InteractionId; set: () => void };
  }

  /** Clears the cookie of an interaction that is spent. @returns where the browser goes */
  leave(exchange: Exchange, { amr }: Pick<Identification, 'amr'>): string {
    this.cookie.clear(exchange);
    // Whoever came in without a passkey is led to a new one.
    return this.targetFor(exchange) + (amr.includes('pop') ? '' : '#recovered');
  }

  async abandon(exchange: Exchange): Promise<void> {
    const id = this.current(exchange);
    if (id) await this.repository.delete(id);
    this.cookie.clear(exchange);
  }

  /**
   * A front end on another origin has a target of its own; without one it goes to this server's page, which its own
   * origin has not. Which origin is this server's, the configuration says: a Host header alone says nothing.
   */
  private targetFor({ request, relyingParty: { origins, redirects } }: Exchange): string {
    const { origin, host } = request.headers;
    const { redirectTo } = this.options;
    if (origin === undefined) return redirectTo;
    const own = origins.find((one) => URL.canParse(one) && new URL(one).host === host);
    const elsewhere = own !== undefined && own !== origin;
    return redirects[origin] ?? (elsewhere ? new URL(redirectTo, own).href : redirectTo);
  }

  private async whyNotFinished(id: InteractionId, transaction: EntityManager): Promise<ExperienceException> {
    const found = await this.repository.find(id, transaction);
    if (!found) return new ExperienceException('session.interaction_not_found');
    return new ExperienceException(found.suspended ? 'user.suspended' : 'session.identifier_not_found');
  }

  private issue(exchange: Exchange, mark?: string): InteractionId {
    return this.cookie.issue(exchange, this.options.interactionTtl, mark) as InteractionId;
  }
}
