import type { AccountMessage } from 'nestjs-passkey-sign-in';

/** A way to send messages. */
export interface Channel {
  /** @throws UndeliverableError when trying again is no use; any other error when it may be */
  send(message: AccountMessage, signal: AbortSignal): Promise<void>;
  reaches(type: AccountMessage['to']['type']): boolean;
}

/** The receiver has said no, and would again. */
export class UndeliverableError extends Error {}
