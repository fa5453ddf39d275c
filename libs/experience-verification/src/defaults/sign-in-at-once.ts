import { Inject, Injectable } from '@nestjs/common';
import type { AuditEvent } from '../audit/audit-event';
import { AuditRepository } from '../audit/audit.repository';
import { violatedUniqueConstraint } from '../database/database-availability';
import { type PreparedStatement, PreparedStatements } from '../database/prepared-statements';
import { TABLES } from '../database/tables';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { NewPerson, Registered, SignInAtOnce } from '../interaction/sign-in-at-once';
import type { Exchange } from '../ports/exchange';
import type { Identification } from '../ports/identification';
import { INTERACTION_PROVIDER, type InteractionEvent } from '../ports/interaction.port';
import { SESSION_PROVIDER } from '../ports/session.port';
import { identify, register, submit } from '../records/identification.statements';
import { type InteractionId, isUuid, type UserId } from '../webauthn/webauthn-types';
import type { CookieInteraction } from './cookie-interaction';
import type { CookieSession } from './cookie-session';

/** With the default interactions and sessions. */
@Injectable()
export class CookieSignIn implements SignInAtOnce {
  private readonly identified: PreparedStatement;
  private readonly registered: PreparedStatement;
  private readonly submitted: PreparedStatement;

  constructor(
    @Inject(INTERACTION_PROVIDER) private readonly interactions: CookieInteraction,
    @Inject(SESSION_PROVIDER) private readonly sessions: CookieSession,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(TABLES) tables: string,
    private readonly statements: PreparedStatements,
    private readonly audit: AuditRepository,
  ) {
    this.identified = identify(tables);
    this.registered = register(tables);
    this.submitted = submit(tables, options.sessionIdleTtl);
  }

  async identify(exchange: Exchange, interactionId: InteractionId, verificationId: string) {
    const { id, set } = this.interactions.drawRenewal(exchange);
    const [row] = await this.statements.query<{ userId: UserId | null; event: InteractionEvent | null }>(
      this.identified,
      [interactionId, idOf(verificationId), id, this.options.interactionTtl],
    );
    if (row?.userId) set();
    return { userId: row?.userId ?? null, event: row?.event ?? 'SignIn' };
  }

  async register(
    exchange: Exchange,
    interactionId: InteractionId,
    verificationId: string,
    { userId, passkeyId, registered, added }: NewPerson,
  ) {
    const { id, set } = this.interactions.drawRenewal(exchange);
    try {
      const [row] = await this.statements.query<Registered>(this.registered, [
        ...[interactionId, idOf(verificationId), id],
        ...[userId, exchange.relyingParty.tenant, this.options.usernames.version, passkeyId],
        ...this.audit.parametersOf(registered),
        ...this.audit.parametersOf(added),
      ]);
      if (row) set();
      return row ?? null;
    } catch (error) {
      if (violatedUniqueConstraint(error) === null) throw error;
      return null;
    }
  }

  registers(exchange: Exchange): boolean {
    return this.interactions.registers(exchange);
  }

  async submit(exchange: Exchange, interactionId: InteractionId, event: AuditEvent) {
    const { previous, id, publicId, address, browser, ttl, set } = this.sessions.drawSession(exchange);
    const [user] = await this.statements.query<Pick<Identification, 'userId' | 'amr'>>(this.submitted, [
      ...[interactionId, previous, id, publicId, address, browser, ttl],
      ...this.audit.parametersOf(event),
    ]);
    if (!user) return null;
    set();
    return { redirectTo: this.interactions.leave(exchange, user), ...user };
  }
}

const idOf = (verificationId: string): string | null => (isUuid(verificationId) ? verificationId : null);
