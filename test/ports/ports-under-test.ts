import type { InteractionProvider, SessionProvider, UserId } from 'nestjs-passkey-sign-in';
import type { EntityManager } from 'typeorm';

/** Implementations of the ports, and users for them. */
export interface PortsUnderTest {
  interactions: InteractionProvider;
  sessions: SessionProvider;
  /** Not within a transaction: each statement takes effect by itself. */
  manager: EntityManager;
  newUser: () => Promise<UserId>;
  suspend: (userId: UserId) => Promise<void>;
}
