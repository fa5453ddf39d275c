import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { columnOf, type UserLookup } from '../users/user-directory.port';
import type { AuthenticationRequest } from '../verification-record/verification-record.entity';
import type { InteractionId, OfferedCredential, RpId, VerificationId } from '../webauthn-types';

/** A pending verification record to be made. */
export interface PendingAuthentication {
  interactionId: InteractionId;
  id: VerificationId;
  challenge: Buffer;
  rpId: RpId;
  request: AuthenticationRequest;
  /** Seconds. */
  ttl: number;
}

const values = (pending: PendingAuthentication) => [
  pending.interactionId,
  pending.id,
  pending.challenge,
  pending.rpId,
  pending.request,
  pending.ttl,
];

@Injectable()
export class AuthenticationRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Finds the user's passkeys and makes the record, in one statement. Without a passkey no record is made,
   * unless `decoy`: then it is one that nothing can verify.
   * @returns null when there is no such user
   */
  async begin(
    pending: PendingAuthentication,
    lookup: UserLookup,
    decoy: boolean,
  ): Promise<OfferedCredential[] | null> {
    const rows = await this.dataSource.query<(OfferedCredential | { credentialId: null })[]>(
      `WITH account AS (SELECT id FROM users WHERE ${columnOf(lookup)} = $7),
            passkeys AS (
              SELECT c.credential_id, c.transports FROM account a
                JOIN credential_records c ON c.user_id = a.id AND c.rp_id = $4),
            record AS (
              INSERT INTO verification_records
                (interaction_id, id, ceremony, challenge, rp_id, request, expires_at, user_id, decoy)
              SELECT $1, $2, 'authentication', $3, $4, $5, now() + $6 * interval '1 second',
                     (SELECT id FROM account), NOT EXISTS (SELECT FROM passkeys)
               WHERE $8 OR EXISTS (SELECT FROM passkeys))
       SELECT p.credential_id AS "credentialId", p.transports FROM account LEFT JOIN passkeys p ON true`,
      [...values(pending), lookup.value, decoy],
    );
    if (rows.length === 0) return null;
    return rows.filter((row): row is OfferedCredential => row.credentialId !== null);
  }

  /** Makes the record of a ceremony whose user is not known yet. */
  async beginDiscoverable(pending: PendingAuthentication): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO verification_records (interaction_id, id, ceremony, challenge, rp_id, request, expires_at)
       VALUES ($1, $2, 'authentication', $3, $4, $5, now() + $6 * interval '1 second')`,
      values(pending),
    );
  }

  /**
   * Updates the credential record (WebAuthn Level 3, section 7.2, last step but one) and marks the verification
   * record verified, in one statement. False when the credential is gone, or its counter has moved on meanwhile.
   */
  async complete(
    record: { interactionId: Buffer; id: VerificationId },
    credential: { id: string; signCount: number; backupState: boolean },
    ttl: number,
  ): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `WITH credential AS (
         UPDATE credential_records SET sign_count = $4, backup_state = $5, last_used_at = now()
          WHERE id = $3 AND ($4 > sign_count OR ($4 = 0 AND sign_count = 0))
         RETURNING id, user_id),
       record AS (
         UPDATE verification_records r
            SET status = 'verified', user_id = c.user_id, credential_record_id = c.id,
                expires_at = now() + $6 * interval '1 second'
           FROM credential c WHERE r.interaction_id = $1 AND r.id = $2 AND r.status = 'spent'
         RETURNING r.id)
       SELECT FROM record`,
      [record.interactionId, record.id, credential.id, credential.signCount, credential.backupState, ttl],
    );
    return rows.length > 0;
  }
}
