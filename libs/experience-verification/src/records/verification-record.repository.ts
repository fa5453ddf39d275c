import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { prepared, type PreparedStatement, PreparedStatements } from '../database/prepared-statements';
import { SCHEMA } from '../database/schema';
import type { RpId, UserId, VerificationId } from '../webauthn/webauthn-types';
import type { VerificationRecord } from './verification-record.entity';

/** Which record is meant: without `id`, the interaction's latest one. */
export interface RecordReference {
  interactionId: Buffer;
  id?: VerificationId;
  ceremony: VerificationRecord['ceremony'];
  rpId: RpId;
}

/** The credential record that an answer names, with what is needed of its owner. */
export interface KnownCredential {
  id: string;
  userId: UserId;
  /** Null: imported from a system that did not keep it. */
  userHandle: Buffer | null;
  suspended: boolean;
  publicKey: Buffer;
  signCount: number;
  /** Null: imported, and not known yet. */
  backupEligible: boolean | null;
  /** Registered before the options were made, so that it was in their allowCredentials. */
  offered: boolean;
}

/** A record whose challenge the caller, and nobody else, has just spent. */
export interface SpentRecord extends Pick<
  VerificationRecord,
  'id' | 'interactionId' | 'rpId' | 'challenge' | 'request' | 'userId' | 'decoy' | 'userHandle'
> {
  /** The user whom the interaction has identified already. */
  identifiedUserId: UserId | null;
  credential: KnownCredential | null;
}

/** A verified record, taken to be used, with the present state of its user and passkey. */
export interface TakenRecord extends Pick<
  VerificationRecord,
  'ceremony' | 'userId' | 'userHandle' | 'request' | 'newCredential'
> {
  /** Null when the user is gone, or not created yet. */
  suspended: boolean | null;
  /** Of the passkey that was used; null when it has been removed meanwhile. */
  backupEligible: boolean | null;
}

type SpentRow = Omit<SpentRecord, 'credential'> &
  Omit<KnownCredential, 'id' | 'userId' | 'userHandle'> & {
    credentialRecordId: string | null;
    ownerId: UserId;
    ownerHandle: Buffer | null;
  };

const spend = (schema: string, id: string) =>
  prepared(
    `WITH spent AS (
       UPDATE ${schema}.verification_records SET status = 'spent'
        WHERE interaction_id = $1 AND ceremony = $2 AND rp_id = $3 AND id = ${id}
          AND status = 'pending' AND expires_at > now()
       RETURNING *)
     SELECT r.id, r.interaction_id AS "interactionId", r.rp_id AS "rpId", r.challenge, r.request,
            r.user_id AS "userId", r.decoy, r.user_handle AS "userHandle", i.user_id AS "identifiedUserId",
            c.id AS "credentialRecordId", c.user_id AS "ownerId", c.user_handle AS "ownerHandle", u.suspended,
            c.public_key AS "publicKey", c.sign_count::float8 AS "signCount",
            c.backup_eligible AS "backupEligible", c.created_at <= r.created_at AS offered
       FROM spent r
       LEFT JOIN ${schema}.interactions i ON i.id = r.interaction_id AND i.expires_at > now()
       LEFT JOIN ${schema}.credential_records c ON c.rp_id = r.rp_id AND c.credential_id = $4
       LEFT JOIN ${schema}.users u ON u.id = c.user_id`,
  );

const spendLatest = (schema: string) =>
  spend(
    schema,
    `(SELECT id FROM ${schema}.verification_records
     WHERE interaction_id = $1 AND ceremony = $2 AND rp_id = $3 AND status = 'pending' AND expires_at > now()
     ORDER BY created_at DESC LIMIT 1)`,
  );

@Injectable()
export class VerificationRecordRepository {
  private readonly spendOne: PreparedStatement;
  private readonly spendLatest: PreparedStatement;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly statements: PreparedStatements,
    @Inject(SCHEMA) private readonly schema: string,
  ) {
    this.spendOne = spend(schema, '$5::uuid');
    this.spendLatest = spendLatest(schema);
  }

  /**
   * Spends the pending challenge in one atomic statement, and reads with it the credential record that the
   * answer names. Null when there was none to spend.
   */
  async spend(
    { interactionId, id, ceremony, rpId }: RecordReference,
    credentialId: Buffer | null,
  ): Promise<SpentRecord | null> {
    const named = [interactionId, ceremony, rpId, credentialId];
    const [row] = id
      ? await this.statements.query<SpentRow>(this.spendOne, [...named, id])
      : await this.statements.query<SpentRow>(this.spendLatest, named);
    if (!row) return null;
    const { credentialRecordId, ownerId, ownerHandle, ...record } = row;
    const credential = { ...record, id: credentialRecordId, userId: ownerId, userHandle: ownerHandle };
    return { ...record, credential: credentialRecordId === null ? null : (credential as KnownCredential) };
  }

  /** The state of a record that could not be spent; null when there is none, or it has expired. */
  async statusOf(
    { interactionId, id, ceremony, rpId }: Pick<RecordReference, 'interactionId'> & Partial<RecordReference>,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<VerificationRecord['status'] | null> {
    const [row] = await manager.query<Pick<VerificationRecord, 'status'>[]>(
      `SELECT status FROM ${this.schema}.verification_records
        WHERE interaction_id = $1 AND id = coalesce($2, id) AND ceremony = coalesce($3, ceremony)
          AND rp_id = coalesce($4, rp_id) AND expires_at > now()
        ORDER BY created_at DESC LIMIT 1`,
      [interactionId, id ?? null, ceremony ?? null, rpId ?? null],
    );
    return row?.status ?? null;
  }

  /**
   * Takes a verified record out of the table, inside `transaction`: it is used once. Null when there is none.
   */
  async take(
    { interactionId, id }: { interactionId: Buffer; id: VerificationId },
    transaction: EntityManager,
  ): Promise<TakenRecord | null> {
    const [record] = await transaction.query<TakenRecord[]>(
      `WITH taken AS (
         DELETE FROM ${this.schema}.verification_records
          WHERE interaction_id = $1 AND id = $2 AND status = 'verified' AND expires_at > now()
         RETURNING *)
       SELECT r.ceremony, r.user_id AS "userId", r.user_handle AS "userHandle", r.request,
              r.new_credential AS "newCredential", u.suspended, c.backup_eligible AS "backupEligible"
         FROM taken r
         LEFT JOIN ${this.schema}.users u ON u.id = r.user_id
         LEFT JOIN ${this.schema}.credential_records c ON c.id = r.credential_record_id AND c.user_id = r.user_id`,
      [interactionId, id],
    );
    return record ?? null;
  }
}
