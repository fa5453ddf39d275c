import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type { AuditEvent, AuditEventType } from './audit-event';
import { Accounts } from '../users/accounts.service';
import type { Identifier } from '../identifiers/identifier';
import {
  ACCOUNT_MESSENGER,
  type AccountMessage,
  type AccountMessenger,
} from '../ports/account-messenger.port';
import type { RpId } from '../webauthn/webauthn-types';

export type Notice = Exclude<AccountMessage['kind'], 'verification-code'>;

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
    @Optional() @Inject(ACCOUNT_MESSENGER) private readonly messenger: AccountMessenger | null,
  ) {}

  /** Sends in the background; a failure is logged. */
  send({ type, userId, rpId }: AuditEvent): void {
    const kind = NOTICES[type];
    if (!this.messenger || !kind || !userId) return;
    this.accounts
      .addressesOf(userId)
      .then((addresses) => {
        this.tell(addresses.filter(this.reaches).slice(0, 1), kind, rpId);
      })
      .catch((error: unknown) => {
        this.logger.error({ problem: 'a notice was not sent', kind, userId, cause: String(error) });
      });
  }

  /** The same, to addresses that the account need not have any more. */
  tell(addresses: Identifier[], kind: Notice, rpId: RpId): void {
    for (const to of addresses.filter(this.reaches)) {
      this.messenger?.send({ kind, to, rpId }).catch((error: unknown) => {
        this.logger.error({ problem: 'a notice was not sent', kind, cause: String(error) });
      });
    }
  }

  private readonly reaches = (to: Identifier): boolean => this.messenger?.reaches?.(to) ?? true;
}
