import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PasskeysService } from '../passkeys/passkeys.service';
import type { Identification } from '../ports/identification';
import { Accounts } from '../users/accounts.service';
import type { UserId } from '../webauthn/webauthn-types';

/** Whether what an identification rests on still holds. */
@Injectable()
export class IdentificationValidity {
  constructor(
    private readonly accounts: Accounts,
    private readonly passkeys: PasskeysService,
  ) {}

  /**
   * Locks the user in `transaction`, then asks `read` how they were identified.
   * @returns that; null when it is not of `userId`, was voided since, or its passkey is gone
   */
  async stillHolding<T extends Identification>(
    userId: UserId | null,
    read: () => Promise<T | null>,
    transaction: EntityManager,
  ): Promise<T | null> {
    const user = userId && (await this.accounts.lock(userId, transaction));
    const identification = await read();
    const holds =
      user &&
      identification?.userId === userId &&
      identification.authenticatedAt.getTime() >= user.proofsVoidBefore * 1000 &&
      (identification.passkeyId === null ||
        (await this.passkeys.has(userId, identification.passkeyId, transaction)));
    return holds ? identification : null;
  }
}
