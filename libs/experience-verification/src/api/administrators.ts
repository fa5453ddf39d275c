import type { Exchange } from '../ports/exchange';
import type { UserId } from '../webauthn/webauthn-types';

/** Users who manage with their session: the guard knows no sessions. */
export abstract class Administrators {
  /**
   * @param changes whether the call changes something, which asks for a recent passkey
   * @returns who is signed in, if that is an administrator
   * @throws ExperienceException `auth.unauthorized`, `auth.forbidden`, `session.account_mismatch`,
   *   `session.passkey_required`, `session.verification_required`
   */
  abstract admit(exchange: Exchange, changes: boolean): Promise<UserId>;
}
