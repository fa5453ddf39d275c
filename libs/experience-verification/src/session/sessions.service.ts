import { Inject, Injectable } from '@nestjs/common';
import type { Exchange } from '../ports/exchange';
import { type CurrentSession, SESSION_PROVIDER, type SessionProvider } from '../ports/session.port';
import { Accounts } from '../users/accounts.service';

/** Who is signed in on a browser, and may stay so. */
@Injectable()
export class Sessions {
  constructor(
    @Inject(SESSION_PROVIDER) private readonly provider: SessionProvider,
    private readonly accounts: Accounts,
  ) {}

  /** Null when nobody is. */
  async current(exchange: Exchange): Promise<CurrentSession | null> {
    const session = await this.provider.current(exchange);
    return session && (await this.accounts.mayStay(session.userId)) ? session : null;
  }
}
