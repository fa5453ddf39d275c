import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ExperienceException } from '../errors/experience.exception';
import { type CurrentSession, SESSION_PROVIDER, type SessionProvider } from '../ports/session.port';
import { Accounts } from './accounts.service';
import { UsersRepository } from './users.repository';

/** Users as their sessions ask for something: apart from `Accounts`, so that a host's sessions may have audit events written. */
@Injectable()
export class SessionOwners {
  constructor(
    private readonly accounts: Accounts,
    private readonly users: UsersRepository,
    @Inject(SESSION_PROVIDER) private readonly sessions: SessionProvider,
  ) {}

  /**
   * Locks the user until `transaction` ends, and then sees whether the session has been ended while that was waited for.
   * @throws ExperienceException `auth.unauthorized` when it has, or the user is suspended or gone
   */
  async lock(session: CurrentSession, transaction: EntityManager): Promise<void> {
    const { userId } = session;
    const user = await this.users.lock(userId, transaction);
    const mayStay = user && !(await this.accounts.isSuspended(userId, user.suspended, transaction));
    const counts = mayStay && ((await this.sessions.counts?.(session, transaction)) ?? true);
    if (!counts) throw new ExperienceException('auth.unauthorized');
  }
}
