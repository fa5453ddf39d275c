import type { Identifier } from '../identifiers/identifier';

/** What is told to the owner of an account. */
export type AccountMessage = { to: Identifier } & (
  | { kind: 'verification-code'; code: string; /** Seconds. */ validFor: number }
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

/**
 * The host's own way to reach the owner of an account: e-mail or text message, in the host's words. Identifiers
 * are unproven until their owner has answered.
 */
export interface AccountMessenger {
  /** Resolves once the message is accepted for sending; a rejection is logged, and the API's answer stays. */
  send(message: AccountMessage): Promise<void>;
}

export const ACCOUNT_MESSENGER = Symbol('ACCOUNT_MESSENGER');
