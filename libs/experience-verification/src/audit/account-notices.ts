import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type { AuditEvent, AuditEventType } from './audit-event';
import { Accounts } from '../users/accounts.service';
import type { UserId } from '../webauthn/webauthn-types';
import {
  ACCOUNT_MESSENGER,
  type AccountMessage,
  type AccountMessenger,
} from '../ports/account-messenger.port';

type Notice = Exclude<AccountMessage['kind'], 'verification-code' | 'addresses-changed'>;

/** What the owner should know, should it have been somebody else. */
const NOTICES: Partial<Record<AuditEventType, Notice>> = {
  'passkey.added': 'passkey-added',
  'passkey.deleted': 'passkey-deleted',
  'recovery-codes.created': 'recovery-codes-created',
  'recovery.succeeded': 'account-recovered',
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
  send({ type, userId }: AuditEvent): void {
    const kind = NOTICES[type];
    if (!this.messenger || !kind || !userId) return;
    this.notify(this.messenger, kind, userId).catch((error: unknown) => {
      this.logger.error({ problem: 'a notice was not sent', kind, userId, cause: String(error) });
    });
  }

  private async notify(messenger: AccountMessenger, kind: Notice, userId: UserId): Promise<void> {
    const [to] = await this.accounts.addressesOf(userId);
    if (to) await messenger.send({ kind, to });
  }
}
