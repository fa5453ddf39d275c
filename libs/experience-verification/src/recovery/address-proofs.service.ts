import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Attempts } from '../attempts/attempts.service';
import type { Identifier } from '../identifiers/identifier';
import { identifierHashOf, sharedKey } from '../limits/limit-key';
import type { Exchange } from '../ports/exchange';
import type { Caller } from '../ports/http-exchange';
import { VerificationRecordService } from '../records/verification-record.service';
import type { InteractionId, UserId, VerificationId } from '../webauthn/webauthn-types';
import { SentCodes } from './sent-codes.service';

/** Who wants an address on an account, and from where. */
export interface AddressAsked {
  exchange: Exchange;
  interactionId: InteractionId;
  /** Null: whoever registers. */
  userId: UserId | null;
  caller: Caller;
}

/**
 * Proofs of addresses that are to be put on accounts: a code is sent there, whoever has the address, so that the answer
 * tells nothing of others. A proof ends with its interaction, in 10 minutes, once it is used, and by a newer code to the
 * address; a user's also with all that the user had proved before.
 */
@Injectable()
export class AddressProofs {
  constructor(
    private readonly sentCodes: SentCodes,
    private readonly records: VerificationRecordService,
    private readonly attempts: Attempts,
  ) {}

  /**
   * Sends a code to the address.
   * @throws ExperienceException `recovery.channel_not_available`; `request.too_many` after three in 15 minutes, or ten in
   *   a day, to the address
   */
  send(
    { exchange: { relyingParty }, interactionId, userId, caller }: AddressAsked,
    address: Identifier,
  ): Promise<VerificationId> {
    const { id: rpId } = relyingParty;
    this.sentCodes.requireMessenger(address);
    const attempt = this.attempts.begin({ rpId, caller, failure: 'address.failed', userId });
    const countedFor = sharedKey(`address ${identifierHashOf(address, relyingParty)}`);
    const request = { countedFor, sentTo: address };
    return this.sentCodes.send(attempt, { interactionId, rpId }, { ceremony: 'address', userId, request });
  }

  /**
   * Tries the code that was sent for a signed-in user. Right, the proof is taken, and `whatFollows` done with the address,
   * in one transaction.
   * @throws ExperienceException `verification_code.code_mismatch`, `session.mfa.pending_info_not_found`,
   *   `session.verification_session_not_found`, `request.too_many`, and what `whatFollows` throws
   */
  use<T>(
    {
      exchange,
      interactionId,
      userId,
      caller,
    }: Omit<AddressAsked, 'interactionId'> & {
      interactionId: InteractionId | null;
      userId: UserId;
    },
    verificationId: string,
    code: string,
    whatFollows: (address: Identifier, transaction: EntityManager) => Promise<T>,
  ): Promise<T> {
    const { id: rpId } = exchange.relyingParty;
    const attempt = this.attempts.begin({ rpId, caller, failure: 'address.failed', verificationId });
    return attempt.make(async () => {
      const pending = await this.sentCodes.pending(attempt, { interactionId, rpId }, verificationId);
      const { ceremony, userId: askedBy, request } = pending.sent;
      const { sentTo } = request;
      if (ceremony !== 'address' || askedBy !== userId || !sentTo) throw await pending.gone();
      return this.sentCodes.try(attempt, pending, code, async (transaction) => {
        await this.records.take(interactionId, verificationId, transaction);
        return whatFollows(sentTo, transaction);
      });
    });
  }
}
