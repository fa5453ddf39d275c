import type { Exchange } from '../ports/exchange';
import type { CurrentSession } from '../ports/session.port';
import type { UserAccount } from '../users/users.repository';

export interface SessionInAccount {
  session: CurrentSession;
  account: UserAccount;
}

/** Finds a browser's session together with its user's account, in one statement, where sessions are the module's own. */
export interface AccountsOfSessions {
  /** As `SessionProvider.current`. */
  currentInAccount(exchange: Exchange): Promise<SessionInAccount | null>;
}

/** Null where a host keeps the sessions. */
export const ACCOUNTS_OF_SESSIONS = Symbol('ACCOUNTS_OF_SESSIONS');
