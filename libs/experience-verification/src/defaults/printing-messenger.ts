import { Injectable, Logger } from '@nestjs/common';
import type { AccountMessage, AccountMessenger, Notice } from '../ports/account-messenger.port';

const TEXT: Record<Notice, string> = {
  'passkey-added': 'A passkey was added to your account.',
  'passkey-deleted': 'A passkey was deleted from your account.',
  'recovery-codes-created': 'Your account has new recovery codes; earlier ones no longer work.',
  'recovery-link-created': 'A link by which you get back into your account was made for you.',
  'account-claimed':
    'Somebody has proved an address of your account: whoever was in it is signed out, and its passkeys and codes are gone.',
  'addresses-changed': 'The addresses of your account were changed.',
  'account-recovered': 'Your account was entered with a recovery code or link.',
  'passkey-maybe-copied': 'A passkey of your account may have been copied.',
  'sessions-ended': 'Your account was signed out on other devices.',
  'account-suspended': 'Your account was suspended.',
  'account-restored': 'Your account is no longer suspended.',
  'account-deleted': 'Your account was deleted.',
};

/** For development: prints in the log what a real messenger would send, codes included. */
@Injectable()
export class PrintingMessenger implements AccountMessenger {
  private readonly logger = new Logger(PrintingMessenger.name);

  send(message: AccountMessage): Promise<void> {
    this.logger.log({ to: message.to.value, kind: message.kind, text: textOf(message) });
    return Promise.resolve();
  }
}

function textOf(message: AccountMessage): string {
  switch (message.kind) {
    case 'verification-code':
      return `Your code is ${message.code}. It is valid for ${Math.round(message.validFor / 60)} minutes.`;
    case 'invitation':
      return `You are invited to create an account: ${message.url}`;
    default:
      return TEXT[message.kind];
  }
}
