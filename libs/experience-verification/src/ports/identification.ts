import type { AuthenticationMethod } from './session.port';
import type { UserId } from '../webauthn/webauthn-types';

/** Who was authenticated, how, when, and by what: an interaction and a session hang on it. */
export interface Identification {
  userId: UserId;
  amr: AuthenticationMethod[];
  /** When the proof was verified, by the database's clock. */
  authenticatedAt: Date;
  /** The credential record that proved it; null when none did. */
  passkeyId: string | null;
}
