import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { unpadded } from '../validation/base64url';
import { ExperienceException } from '../errors/experience.exception';
import { Accounts } from '../users/accounts.service';
import type { Identifier } from '../identifiers/identifier';
import {
  fromBase64Url,
  type InteractionId,
  isUuid,
  type UserId,
  type RpId,
  type VerificationId,
} from '../webauthn/webauthn-types';
import type { Ceremony } from './verification-record.entity';
import {
  type ListedRecord,
  type RecordReference,
  type SpentRecord,
  type TakenRegistration,
  type TakenRecord,
  VerificationRecordRepository,
} from './verification-record.repository';

const notFound = () => new ExperienceException('session.verification_session_not_found');

/** What becomes of a verification record: spent by the first attempt, taken by the one who uses it. */
@Injectable()
export class VerificationRecordService {
  constructor(
    private readonly records: VerificationRecordRepository,
    private readonly accounts: Accounts,
  ) {}

  /**
   * Spends the challenge before anything of the answer is looked at, but for the credential ID to read with it.
   * @throws ExperienceException `session.verification_session_not_found`, `session.mfa.pending_info_not_found`
   */
  async spend<C extends Ceremony>(
    interactionId: InteractionId | null,
    verificationId: string | null | undefined,
    expected: Pick<RecordReference<C>, 'ceremony' | 'rpId'>,
    payload: object,
  ): Promise<SpentRecord<C>> {
    if (!interactionId) throw notFound();
    const reference = { interactionId, id: toVerificationId(verificationId), ...expected };
    const credentialId =
      'id' in payload && typeof payload.id === 'string' ? fromBase64Url(unpadded(payload.id)) : null;
    const record = await this.records.spend(reference, credentialId);
    // Who is suspended still is told so.
    if (record?.void && !record.credential?.suspended) throw notFound();
    if (record) return record;
    throw await this.whyNotPending(reference);
  }

  /** The error of a record that is not, or no longer, pending. */
  async whyNotPending(reference: RecordReference): Promise<ExperienceException> {
    const status = await this.records.statusOf(reference);
    return status ? new ExperienceException('session.mfa.pending_info_not_found') : notFound();
  }

  /**
   * Takes a verified record, inside `transaction`, in which its user is locked: who is suspended, or deleted, in the
   * same moment comes before or after all of what is done with it.
   * @throws ExperienceException `session.verification_session_not_found`, `session.verification_failed`,
   *   `user.suspended`
   */
  async take(
    interactionId: InteractionId | null,
    verificationId: string,
    transaction: EntityManager,
  ): Promise<TakenRecord> {
    const id = toVerificationId(verificationId);
    if (!interactionId || !id) throw notFound();
    const owner = await this.records.ownerOf({ interactionId, id }, transaction);
    if (owner) await this.accounts.lock(owner, transaction);
    const record = await this.records.take({ interactionId, id }, transaction);
    if (record?.void) throw notFound();
    if (record) return record;
    const status = await this.records.statusOf({ interactionId, id }, transaction);
    throw status ? new ExperienceException('session.verification_failed') : notFound();
  }

  /**
   * Takes a verified registration likewise, which must have been begun for the user.
   * @throws ExperienceException as `take` does
   */
  async takeRegistration(
    userId: UserId,
    interactionId: InteractionId | null,
    verificationId: string,
    transaction: EntityManager,
  ): Promise<TakenRegistration> {
    const taken = await this.take(interactionId, verificationId, transaction);
    if (taken.ceremony === 'registration' && taken.userId === userId) return taken;
    throw new ExperienceException('session.verification_session_not_found', {
      reason: 'the record is not a registration for the user',
    });
  }

  /** The interaction's records that have not expired, the oldest first. */
  list(interactionId: InteractionId, rpId: RpId): Promise<ListedRecord[]> {
    return this.records.list(interactionId, rpId);
  }

  /** For which new user a registration was begun last in the interaction, if it can still be finished. */
  async newUserOf(interactionId: InteractionId | null, rpId: RpId): Promise<Identifier | null> {
    return interactionId && this.records.newUserOf(interactionId, rpId);
  }

  /** Gives an interaction's records its new id. */
  async move(from: InteractionId, to: InteractionId, transaction?: EntityManager): Promise<void> {
    await this.records.move(from, to, transaction);
  }

  /** Ends the records of an interaction in whose place another has begun, but for what its page asked for ahead. */
  async carryOver(ended: InteractionId, begun: InteractionId): Promise<void> {
    await this.records.carryOver(ended, begun);
  }

  /** Deletes the records of an interaction that ends; null: there is none. */
  async deleteOf(interactionId: InteractionId | null, transaction?: EntityManager): Promise<void> {
    if (interactionId) await this.records.deleteOf(interactionId, transaction);
  }
}

function toVerificationId(value: string | null | undefined): VerificationId | undefined {
  if (value == null) return undefined;
  if (!isUuid(value)) throw notFound();
  return value as VerificationId;
}
