import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { currentInteraction } from '../api/current-interaction';
import type { Exchange } from '../ports/exchange';
import type { Caller } from '../ports/http-exchange';
import type { AuditEvent, NewAuditEvent } from '../audit/audit-event';
import { AuditService } from '../audit/audit.service';
import type { InteractionEvent } from '../ports/interaction.port';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import { SIGN_IN_DESTINATION, type SignInDestination } from '../ports/sign-in-destination.port';
import { SESSION_PROVIDER, type SessionProvider } from '../ports/session.port';
import { Accounts } from '../users/accounts.service';
import { ExperienceException } from '../errors/experience.exception';
import type { InteractionId, UserId } from '../webauthn/webauthn-types';
import { VerificationRecordService } from '../records/verification-record.service';
import { IdentificationValidity } from './identification-validity';
import { SIGN_IN_AT_ONCE, type SignInAtOnce } from './sign-in-at-once';

/** How an interaction begins and ends: its records end with it. */
@Injectable()
export class InteractionService {
  private readonly logger = new Logger(InteractionService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    @Inject(SESSION_PROVIDER) private readonly sessions: SessionProvider,
    @Inject(SIGN_IN_AT_ONCE) private readonly atOnce: SignInAtOnce | null,
    @Inject(SIGN_IN_DESTINATION) private readonly destination: SignInDestination | null,
    private readonly records: VerificationRecordService,
    private readonly validity: IdentificationValidity,
    private readonly accounts: Accounts,
    private readonly audit: AuditService,
  ) {}

  /** Ends whatever interaction the browser is in, and begins one for `event`. */
  async restart(exchange: Exchange, event: InteractionEvent): Promise<void> {
    const previous = await currentInteraction(exchange, this.interactions);
    const begun = await this.interactions.restart(exchange, event);
    if (previous) await this.records.carryOver(previous, begun);
  }

  /** Makes the interaction that the browser is in one for `event`: its verification records stay. */
  async changeEvent(exchange: Exchange, event: InteractionEvent): Promise<void> {
    const previous = await currentInteraction(exchange, this.interactions);
    if (previous && (await this.interactions.eventOf(previous)) === event) return;
    const begun = await this.interactions.restart(exchange, event);
    if (previous) await this.records.move(previous, begun);
  }

  async abandon(exchange: Exchange): Promise<void> {
    await this.records.deleteOf(await currentInteraction(exchange, this.interactions));
    await this.interactions.abandon(exchange);
  }

  /**
   * Signs the identified user in, in one transaction that locks the user: what the identification rests on still holds,
   * or nothing has happened. A recovery ends the user's other sessions.
   * @returns where the browser goes next
   * @throws ExperienceException `session.interaction_not_found`, `session.identifier_not_found`, `user.suspended`
   */
  async submit(exchange: Exchange, caller: Caller): Promise<string> {
    const interactionId = await currentInteraction(exchange, this.interactions);
    const { redirectTo, event } =
      (interactionId && (await this.submitAtOnce(exchange, interactionId, caller))) ??
      (await this.submitInSteps(exchange, interactionId, caller));
    this.audit.publish(event);
    return (await this.destinationOf(exchange)) ?? redirectTo;
  }

  /** Where only the destination is to be known still, who is signed in stays so: they go where they would without one. */
  private async destinationOf(exchange: Exchange): Promise<string | null> {
    try {
      return (await this.destination?.of(exchange)) ?? null;
    } catch (error) {
      this.logger.warn({ problem: 'it is not known where a sign-in leads to', cause: String(error) });
      return null;
    }
  }

  private async submitAtOnce(
    exchange: Exchange,
    interactionId: InteractionId,
    caller: Caller,
  ): Promise<Submitted | null> {
    if (!this.atOnce) return null;
    const prepared = this.audit.prepare(signedIn(exchange), caller);
    const submitted = await this.atOnce.submit(exchange, interactionId, prepared);
    if (!submitted) return null;
    const { userId, amr, redirectTo } = submitted;
    return { redirectTo, event: { ...prepared, userId, details: { amr, ...prepared.details } } };
  }

  private async submitInSteps(
    exchange: Exchange,
    interactionId: InteractionId | null,
    caller: Caller,
  ): Promise<Submitted> {
    const identified = interactionId && (await this.interactions.identifiedUser(interactionId));
    return this.dataSource.transaction(async (transaction) => {
      const finished = await this.validity.stillHolding(
        identified,
        () => this.interactions.finish(exchange, transaction),
        transaction,
      );
      if (!finished) throw new ExperienceException('session.interaction_not_found');
      const { redirectTo, ...identification } = finished;
      const { userId, amr } = identification;
      await this.records.deleteOf(interactionId, transaction);
      if (amr.includes('otp')) await this.endEverything(userId, transaction);
      await this.sessions.start(exchange, identification, transaction);
      const event = { ...signedIn(exchange), userId, details: { amr } };
      return { redirectTo, event: await this.audit.write(event, caller, transaction) };
    });
  }

  /** Who recovers an account may have lost it to somebody who is in it. */
  private async endEverything(userId: UserId, transaction: EntityManager): Promise<void> {
    await this.accounts.voidProofs(userId, transaction);
    await this.sessions.endAll(userId, transaction);
  }
}

/** Where the browser goes, and what is to be published. */
interface Submitted {
  redirectTo: string;
  event: AuditEvent;
}

const signedIn = ({ relyingParty }: Exchange): NewAuditEvent => ({
  type: 'user.signed-in',
  rpId: relyingParty.id,
  userId: null,
  details: {},
});
