import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { NewAuditEvent } from '../audit/audit-event';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import type { Exchange } from '../ports/exchange';
import { EXPECTED_ACCOUNT } from '../api/expected-account';
import type { Caller } from '../ports/http-exchange';
import type { Identification } from '../ports/identification';
import {
  type CurrentSession,
  SESSION_PROVIDER,
  type SessionProvider,
  type SessionSummary,
} from '../ports/session.port';
import { ACCOUNTS_OF_SESSIONS, type AccountsOfSessions } from './accounts-of-sessions';
import type { UserProfile } from '../ports/user-directory.port';
import { Accounts } from '../users/accounts.service';
import { SessionOwners } from '../users/session-owners.service';
import type { UserAccount } from '../users/users.repository';
import { isUuid, type RpId, type UserId } from '../webauthn/webauthn-types';

/** Whose sessions end, and who asks for it. */
interface Ending {
  rpId: RpId;
  userId: UserId;
  caller: Caller;
}

/** Who is signed in on a browser, and may stay so; and where else. */
@Injectable()
export class Sessions {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SESSION_PROVIDER) private readonly provider: SessionProvider,
    @Inject(ACCOUNTS_OF_SESSIONS) private readonly accountsOfSessions: AccountsOfSessions | null,
    private readonly accounts: Accounts,
    private readonly owners: SessionOwners,
    private readonly audit: AuditService,
  ) {}

  /**
   * Null when nobody is.
   * @throws ExperienceException `session.account_mismatch` when the page shows another account
   */
  async current(exchange: Exchange): Promise<CurrentSession | null> {
    const session = await this.provider.current(exchange);
    return session && (await this.mayStay(exchange, session)) ? session : null;
  }

  /**
   * The same, with the user's account where one statement reads both.
   * @throws ExperienceException as `current` does
   */
  async currentInAccount(
    exchange: Exchange,
  ): Promise<{ session: CurrentSession; account: UserAccount | null } | null> {
    if (!this.accountsOfSessions) {
      const session = await this.current(exchange);
      return session && { session, account: null };
    }
    const found = await this.accountsOfSessions.currentInAccount(exchange);
    return found && (await this.mayStay(exchange, found.session)) ? found : null;
  }

  /** What is told of a signed-in user; null when the user is gone. */
  profileOf(userId: UserId, account: UserAccount | null): Promise<UserProfile | null> {
    return this.accounts.profileOf(userId, account);
  }

  /** @throws ExperienceException `session.account_mismatch` */
  private async mayStay(exchange: Exchange, { userId }: CurrentSession): Promise<boolean> {
    if (!(await this.accounts.mayStay(userId))) return false;
    const expected = exchange.request.headers[EXPECTED_ACCOUNT];
    if (expected !== undefined && expected !== userId) {
      throw new ExperienceException('session.account_mismatch');
    }
    return true;
  }

  list(userId: UserId): Promise<SessionSummary[]> {
    return this.provider.list(userId);
  }

  /**
   * Notes that the signed-in user has proved who they are again; the browser gets a new cookie.
   * @throws ExperienceException `auth.unauthorized` when the session has been ended meanwhile
   */
  async renew(
    exchange: Exchange,
    session: CurrentSession,
    proof: Pick<Identification, 'amr' | 'passkeyId'>,
  ): Promise<void> {
    await this.dataSource.transaction(async (transaction) => {
      await this.owners.lock(session, transaction);
      await this.provider.renew(exchange, proof, transaction);
    });
  }

  /**
   * Signs this browser out, also when nobody is signed in on it.
   * @throws ExperienceException `session.account_mismatch` when the page shows another account
   */
  async signOut(exchange: Exchange, caller: Caller): Promise<void> {
    if (exchange.request.headers[EXPECTED_ACCOUNT] !== undefined) await this.current(exchange);
    const session = await this.provider.current(exchange);
    await this.audit.transaction(caller, async (transaction) => {
      await this.provider.end(exchange, transaction);
      if (!session) return { event: null };
      const { id: rpId } = exchange.relyingParty;
      const details = { sessionId: session.id };
      return { event: { type: 'user.signed-out', rpId, userId: session.userId, details } };
    });
  }

  /** @throws ExperienceException `session.not_found` */
  async endOne(ending: Ending, id: string): Promise<void> {
    await this.audit.transaction(ending.caller, async (transaction) => {
      const ended = isUuid(id) && (await this.provider.endOne(ending.userId, id, transaction));
      if (!ended) throw new ExperienceException('session.not_found');
      return { event: endedEvent(ending, id) };
    });
  }

  /** Ends the user's sessions, but for that of `except`. */
  async endAll(ending: Ending, except?: Exchange): Promise<void> {
    await this.audit.transaction(ending.caller, async (transaction) => {
      // Else of two that end each other's sessions each waits for the other's own.
      await this.accounts.lockAny(ending.userId, transaction);
      await this.provider.endAll(ending.userId, transaction, except ? { except } : {});
      return { event: endedEvent(ending) };
    });
  }
}

const endedEvent = ({ rpId, userId }: Ending, sessionId?: string): NewAuditEvent => ({
  type: 'session.ended',
  rpId,
  userId,
  details: sessionId === undefined ? {} : { sessionId },
});
