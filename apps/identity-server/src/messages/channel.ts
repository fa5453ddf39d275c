import type { AccountMessage, MessageTry } from 'nestjs-passkey-sign-in';

/** A way to send messages. */
export interface Channel {
  /** @throws UndeliverableError when trying again is no use; any other error when it may be */
  send(message: AccountMessage, messageTry: MessageTry): Promise<void>;
  reaches(type: AccountMessage['to']['type']): boolean;
}
