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
}

@Injectable()
export class RegistrationRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SCHEMA) private readonly schema: string,
    private readonly audit: AuditRepository,
  ) {}

  /** Makes the record, unless a user has the identifier: then false. */
  async begin(pending: PendingRegistration, claimed: Identifier | null): Promise<boolean> {
    const free = claimed ? `NOT EXISTS (${idByIdentifier(this.schema, 9)})` : 'true';
    const rows = await this.dataSource.query<unknown[]>(
      `INSERT INTO ${this.schema}.verification_records
         (interaction_id, id, ceremony, challenge, rp_id, request, user_id, user_handle, expires_at)
       SELECT $1, $2, 'registration', $3, $4, $5, $6, $7, now() + $8 * interval '1 second'
        WHERE ${free}
       RETURNING id`,
      [
        pending.interactionId,
        pending.id,
        pending.challenge,
        pending.rpId,
        pending.request,
        pending.userId,
        pending.userHandle,
        pending.ttl,
        ...(claimed ? parametersOf({ identifier: claimed }) : []),
      ],
    );
    return rows.length > 0;
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
