import type { Identifier } from '../identifiers/identifier';
import type { RpId } from '../webauthn/webauthn-types';

/** What is told to the owner of an account, of the relying party `rpId`. */
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
  /** Whether messages can go to an address of that type. Left out: to each. */
  reaches?(to: Identifier): boolean;
}

export const ACCOUNT_MESSENGER = Symbol('ACCOUNT_MESSENGER');
