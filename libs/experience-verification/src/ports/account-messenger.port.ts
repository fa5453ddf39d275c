import type { Identifier } from '../identifiers/identifier';
import type { RpId } from '../webauthn/webauthn-types';

/** What is told to the owner of an account, or to who is invited to make one, of the relying party `rpId`. */
export type AccountMessage = { to: Identifier; rpId: RpId } & (
  | {
      kind: 'verification-code';
      code: string;
      /** Seconds. */
      validFor: number;
      /** Languages of the browser in which it was asked for (BCP 47), the best first. Notices have none: who acts on an account does not choose how its owner is warned. */
      locales: string[];
    }
  | {
      kind: 'invitation';
      /** Where the account is created. It has a secret in it. */
      url: string;
      /** ISO 8601. */
      expiresAt: string;
    }
  | {
      kind:
        | 'passkey-added'
        | 'passkey-deleted'
        | 'recovery-codes-created'
        | 'recovery-link-created'
        | 'account-recovered'
        | 'addresses-changed'
        | 'account-claimed'
        | 'passkey-maybe-copied'
        | 'sessions-ended'
        | 'account-suspended'
        | 'account-restored'
        | 'account-deleted';
    }
);

/** What tells an owner what has happened, and nothing more. */
export type Notice = Exclude<AccountMessage['kind'], 'verification-code' | 'invitation'>;

/** One of the tries to send a message. */
export interface MessageTry {
  /** UUID of the message: the same at each try, so that a receiver knows one that it has had. */
  id: string;
  /**
   * Aborted when the server stops and has given it two seconds to be sent; of a message that is tried again, also once the try
   * has taken 170 seconds: ten later another server may make the next.
   */
  signal: AbortSignal;
}

/** Trying again is no use: whoever is asked has said no, and would again. */
export class UndeliverableError extends Error {}

/**
 * The host's own way to reach the owner of an account: e-mail or text message, in the host's words. Identifiers
 * are unproven until their owner has answered.
 */
export interface AccountMessenger {
  /**
   * Resolves once the message is accepted for sending; a rejection is logged, and the API's answer stays.
   * @throws UndeliverableError when it need not be tried again
   */
  send(message: AccountMessage, messageTry: MessageTry): Promise<void>;
  /**
   * Whether messages wait in the database, sealed, and are tried again by any server until they are sent or over: a code when
   * it expires, a notice after a day, an invitation with whichever comes first. Left out: each is tried once.
   */
  readonly retries?: boolean;
  /** Whether messages can go to an address of that type. Left out: to each. */
  reaches?(to: Identifier): boolean;
}

export const ACCOUNT_MESSENGER = Symbol('ACCOUNT_MESSENGER');
