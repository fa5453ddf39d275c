import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountNotices } from '../audit/account-notices';
import type { AuditEvent } from '../audit/audit-event';
import { AuditService } from '../audit/audit.service';
import { type Identifier, isSameIdentifier } from '../identifiers/identifier';
import { PasskeysService } from '../passkeys/passkeys.service';
import type { Caller } from '../ports/http-exchange';
import { SESSION_PROVIDER, type SessionProvider } from '../ports/session.port';
import { Accounts } from '../users/accounts.service';
import type { RpId, UserId } from '../webauthn/webauthn-types';
import { RecoveryCodesRepository } from './recovery-codes.repository';
import { RecoveryLinksRepository } from './recovery-links.repository';

/** Whose address was proved. */
export interface AddressProof {
  userId: UserId;
  address: Identifier;
  provedAt?: Date;
  /** Whether it is known to be the account's owner by another proof. */
  isOwner: boolean;
}

/** What has become true; to be told once it is committed. */
export interface Claim {
  event: AuditEvent;
  /** Addresses that the account has lost. The one that was proved is told of the recovery. */
  former: Identifier[];
}

/**
 * Whoever first proves an address is its owner, and need not be who wrote it on the account: an account may wait under
 * somebody's address for that person to come.
 */
@Injectable()
export class AccountClaims {
  constructor(
    private readonly accounts: Accounts,
    private readonly passkeys: PasskeysService,
    private readonly codes: RecoveryCodesRepository,
    private readonly links: RecoveryLinksRepository,
    @Inject(SESSION_PROVIDER) private readonly sessions: SessionProvider,
    private readonly audit: AuditService,
    private readonly notices: AccountNotices,
  ) {}

  /**
   * Notes that the user has proved an address; null when that was known. In `transaction`, in which the user is locked.
   * Unless it is the owner, all by which somebody else could be in the account ends: passkeys, sessions, recovery codes
   * and links, other addresses, and what was proved before.
   */
  async prove(
    { userId, address, provedAt, isOwner }: AddressProof,
    rpId: RpId,
    caller: Caller,
    transaction: EntityManager,
  ): Promise<Claim | null> {
    const former = (await this.accounts.addressesOf(userId, transaction)).filter(
      (known) => !isSameIdentifier(known, address),
    );
    if (!(await this.accounts.prove(userId, address, transaction))) return null;
    if (!isOwner) {
      await this.passkeys.deleteAll(userId, transaction);
      await this.codes.deleteAll(userId, transaction);
      await this.links.delete(userId, transaction);
      await this.sessions.endAll(userId, transaction);
      await this.accounts.voidProofs(userId, transaction, provedAt);
      await this.accounts.keepAddress(userId, address, transaction);
    }
    const type = isOwner ? 'user.address-proved' : 'user.claimed';
    const event = await this.audit.write({ type, rpId, userId, details: {} }, caller, transaction);
    return { event, former: isOwner ? [] : former };
  }

  publish({ event, former }: Claim): void {
    this.audit.publish(event);
    this.notices.tell(former, 'account-claimed', event.rpId);
  }
}
