import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { SCHEMA } from '../database/schema';
import { DataSource } from 'typeorm';
import type { AuditEvent } from '../audit/audit-event';
import { AuditRepository, auditStatement } from '../audit/audit.repository';
import type { Identifier } from '../identifiers/identifier';
import { idByIdentifier, parametersOf } from '../users/user-lookup';
import { methodsOfPasskey } from '../ports/session.port';
import type { RegistrationRequest } from './verification-record.entity';
import type { InteractionId, RpId, UserId, VerificationId } from '../webauthn/webauthn-types';
import type { NewCredential } from '../webauthn/new-credential';

/** A pending verification record to be made. */
export interface PendingRegistration {
  interactionId: InteractionId;
  id: VerificationId;
  challenge: Buffer;
  rpId: RpId;
  request: RegistrationRequest;
  /** Null for a new user. */
  userId: UserId | null;
  userHandle: Buffer;
  /** Seconds. */
  ttl: number;
  /** Seconds for which another try of a new user has the same handle. */
  keepHandle: number;
}

@Injectable()
export class RegistrationRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SCHEMA) private readonly schema: string,
    private readonly audit: AuditRepository,
  ) {}

  /**
   * Makes the record, unless a user has the identifier: then null.
   * @returns the handle that the passkey will carry
   */
  async begin(pending: PendingRegistration, claimed: Identifier | null): Promise<Buffer | null> {
    const free = claimed ? `NOT EXISTS (${idByIdentifier(this.schema, 10)})` : 'true';
    const [record] = await this.dataSource.query<{ userHandle: Buffer }[]>(
      `WITH ${this.newUser(free)}
       INSERT INTO ${this.schema}.verification_records
         (interaction_id, id, ceremony, challenge, rp_id, request, user_id, user_handle, expires_at)
       SELECT $1, $2, 'registration', $3, $4, $5, $6, coalesce((SELECT user_handle FROM earlier), $7),
              now() + $8 * interval '1 second'
        WHERE ${free}
       RETURNING user_handle AS "userHandle"`,
      [
        pending.interactionId,
        pending.id,
        pending.challenge,
        pending.rpId,
        pending.request,
        pending.userId,
        pending.userHandle,
        pending.ttl,
        pending.keepHandle,
        ...(claimed ? parametersOf({ identifier: claimed }) : []),
      ],
    );
    return record?.userHandle ?? null;
  }

  /**
   * The handle that this browser was given when it tried the same identifier before, or else this one from now on: an
   * authenticator puts the passkey of another try in the place of that which came to nothing (section 6.3.3, step 7).
   */
  private newUser(free: string): string {
    const records = `${this.schema}.verification_records`;
    return `earlier AS (
         SELECT user_handle FROM ${records}
          WHERE interaction_id = $1 AND ceremony = 'new-user' AND rp_id = $4 AND expires_at > now()
            AND request->'identifier' = ($5::jsonb)->'identifier'
          ORDER BY created_at, id LIMIT 1),
       kept AS (
         INSERT INTO ${records} (interaction_id, id, ceremony, status, challenge, rp_id, request, user_handle, expires_at)
         SELECT $1, gen_random_uuid(), 'new-user', 'spent', '', $4, $5, $7, now() + $9 * interval '1 second'
          WHERE $6::uuid IS NULL AND ${free} AND NOT EXISTS (SELECT FROM earlier))`;
  }

  /** Marks the record verified, with the credential that waits to be bound, and records the event. */
  async complete(
    { interactionId, id }: { interactionId: Buffer; id: VerificationId },
    credential: NewCredential,
    ttl: number,
    event: AuditEvent,
  ): Promise<void> {
    await this.dataSource.query(
      `WITH record AS (
         UPDATE ${this.schema}.verification_records
            SET status = 'verified', new_credential = $3, amr = $5, verified_at = now(), expires_at = now() + $4 * interval '1 second'
          WHERE interaction_id = $1 AND id = $2 AND status = 'spent'
         RETURNING id),
       ${auditStatement(this.schema, 'record', 6)}
       SELECT FROM record`,
      [
        interactionId,
        id,
        credential,
        ttl,
        methodsOfPasskey(credential.backupEligible),
        ...this.audit.parametersOf(event),
      ],
    );
  }
}
