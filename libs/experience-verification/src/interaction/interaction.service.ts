import { Inject, Injectable } from '@nestjs/common';
import type { Exchange } from '../ports/exchange';
import type { Caller } from '../ports/http-exchange';
import { AuditService } from '../audit/audit.service';
import type { InteractionEvent } from '../ports/interaction.port';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import { SESSION_PROVIDER, type SessionProvider } from '../ports/session.port';
import { Accounts } from '../users/accounts.service';
import { ExperienceException } from '../errors/experience.exception';
import { VerificationRecordService } from '../records/verification-record.service';

/** How an interaction begins and ends: its records end with it. */
@Injectable()
export class InteractionService {
  constructor(
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    @Inject(SESSION_PROVIDER) private readonly sessions: SessionProvider,
    private readonly records: VerificationRecordService,
    private readonly accounts: Accounts,
    private readonly audit: AuditService,
  ) {}

  /** Ends whatever interaction the browser is in, and begins one for `event`. */
  async restart(exchange: Exchange, event: InteractionEvent): Promise<void> {
    const previous = await this.interactions.current(exchange);
    const begun = await this.interactions.restart(exchange, event);
    if (previous) await this.records.carryOver(previous, begun);
  }

  async abandon(exchange: Exchange): Promise<void> {
    await this.records.deleteOf(await this.interactions.current(exchange));
    await this.interactions.abandon(exchange);
  }

  /**
   * Signs the identified user in.
   * @returns where the browser goes next
   * @throws ExperienceException `session.interaction_not_found`, `session.identifier_not_found`, `user.suspended`
   */
  async submit(exchange: Exchange, caller: Caller): Promise<string> {
    const interactionId = await this.interactions.current(exchange);
    const { userId, amr, redirectTo } = await this.interactions.finish(exchange);
    await this.records.deleteOf(interactionId);
    if (await this.accounts.isSuspended(userId, false)) throw new ExperienceException('user.suspended');
    await this.sessions.start(exchange, { userId, amr });
    const { id: rpId } = exchange.relyingParty;
    await this.audit.record({ type: 'user.signed-in', rpId, userId, details: { amr } }, caller);
    return redirectTo;
  }
}
