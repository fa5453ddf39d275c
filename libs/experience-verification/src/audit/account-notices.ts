import { Injectable, Logger } from '@nestjs/common';
import type { AuditEvent, AuditEventType } from './audit-event';
import { Accounts } from '../users/accounts.service';
import type { Identifier } from '../identifiers/identifier';
import { Messages } from '../messages/messages.service';
import type { AccountMessage, Notice } from '../ports/account-messenger.port';
import type { RpId, UserId } from '../webauthn/webauthn-types';

/** What the owner should know, should it have been somebody else. */
const NOTICES: Partial<Record<AuditEventType, Notice>> = {
  'passkey.added': 'passkey-added',
  'passkey.imported': 'passkey-added',
  'passkey.deleted': 'passkey-deleted',
  'passkey.clone-suspected': 'passkey-maybe-copied',
  'recovery-codes.created': 'recovery-codes-created',
  'recovery-link.created': 'recovery-link-created',
  'recovery.succeeded': 'account-recovered',
  'session.ended': 'sessions-ended',
  'user.suspended': 'account-suspended',
  'user.restored': 'account-restored',
};

/** Tells owners of changes of their accounts, over the host's messenger. */
@Injectable()
export class AccountNotices {
  private readonly logger = new Logger(AccountNotices.name);

  constructor(
    private readonly accounts: Accounts,
    private readonly messages: Messages,
  ) {}

  /**
   * Sends in the background; a failure is logged.
   * @param known addresses of the user, by who has them at hand
   */
  send({ type, userId, rpId }: AuditEvent, known?: Identifier[]): void {
    const kind = NOTICES[type];
    if (!this.messages.areSent || !kind || !userId) return;
    Promise.resolve(known ?? this.accounts.addressesOf(userId))
      .then(async (addresses) => {
        const to = addresses.find(this.reaches);
        if (to) await this.write({ kind, to, rpId }, userId);
      })
      .catch((error: unknown) => {
        this.logger.error({ problem: 'a notice was not sent', kind, userId, cause: String(error) });
      });
  }

  /** The same, to addresses that the account need not have any more: an end of the account is no end of these. */
  tell(addresses: Identifier[], kind: Notice, rpId: RpId): void {
    for (const to of addresses.filter(this.reaches)) {
      this.write({ kind, to, rpId }, null).catch((error: unknown) => {
        this.logger.error({ problem: 'a notice was not sent', kind, cause: String(error) });
      });
    }
  }

  private async write(message: AccountMessage, userId: UserId | null): Promise<void> {
    this.messages.publish(await this.messages.write({ message, userId }));
  }

  private readonly reaches = (to: Identifier): boolean => this.messages.reaches(to);
}
