import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditEvent } from '../audit/audit-event';
import { AuditRepository, auditStatement } from '../audit/audit.repository';
import { TABLES } from '../database/tables';
import type { InteractionId, RpId, UserId, VerificationId } from '../webauthn/webauthn-types';
import type { Identifier } from '../identifiers/identifier';
import type { RecoveryRequest } from './verification-record.entity';

/** Where a verification record of a recovery stands. */
export interface RecoveryRecord {
  interactionId: InteractionId;
  id: VerificationId;
  rpId: RpId;
}

/** What a code that is sent is for: a way into an account, or a proof of an address to be put on one. */
export type CodeCeremony = 'recovery' | 'address';

/** A code that was sent and has not been tried rightly. */
export interface SentCode {
  ceremony: CodeCeremony;
  userId: UserId | null;
  request: RecoveryRequest;
}

const OF_CODES = `ceremony IN ('recovery', 'address')`;

/** What a code proves (RFC 8176). */
const BY_CODE = `'{otp}'::text[]`;

/** Of one who registers: `$1` the interaction, `$2` the relying party, `$3` the request with the address. */
const PROOF_OF_ADDRESS = `interaction_id = $1 AND rp_id = $2 AND ceremony = 'address' AND user_id IS NULL
  AND status = 'verified' AND expires_at > now() AND request @> $3::jsonb`;

/** A condition: what the user of the record proved when it was made still counts. */
const isNotVoid = (tables: string, record: string): string =>
  `NOT EXISTS (SELECT FROM ${tables}users u WHERE u.id = ${record}.user_id AND u.proofs_void_before > ${record}.created_at)`;

@Injectable()
export class RecoveryRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    private readonly audit: AuditRepository,
  ) {}

  /** Makes the verified record of a recovery code or link that was spent in `transaction`, and records the event. */
  async insertVerified(
    { interactionId, id, rpId }: RecoveryRecord,
    userId: UserId,
    request: { byLink?: true },
    ttl: number,
    event: AuditEvent,
    transaction: EntityManager,
  ): Promise<void> {
    await transaction.query(
      `WITH record AS (
         INSERT INTO ${this.tables}verification_records
           (interaction_id, id, rp_id, ceremony, status, challenge, request, user_id, amr, verified_at, expires_at)
         VALUES ($1, $2, $3, 'recovery', 'verified', '', $6, $4, ${BY_CODE}, now(), now() + $5 * interval '1 second')
         RETURNING id),
       ${auditStatement(this.tables, 'record', 7)}
       SELECT FROM record`,
      [interactionId, id, rpId, userId, ttl, request, ...this.audit.parametersOf(event)],
    );
  }

  /** Makes the record of a code that is sent; of a recovery without a user it is one that no code fits. */
  async beginSent(
    { interactionId, id, rpId }: RecoveryRecord,
    { ceremony, userId, request }: SentCode,
    codeHash: Buffer,
    ttl: number,
    event: AuditEvent,
    transaction: EntityManager,
  ): Promise<void> {
    await transaction.query(
      `WITH record AS (
         INSERT INTO ${this.tables}verification_records
           (interaction_id, id, rp_id, ceremony, challenge, request, user_id, decoy, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + $9 * interval '1 second')
         RETURNING id),
       ${auditStatement(this.tables, 'record', 10)}
       SELECT FROM record`,
      [
        interactionId,
        id,
        rpId,
        ceremony,
        codeHash,
        request,
        userId,
        ceremony === 'recovery' && userId === null,
        ttl,
        ...this.audit.parametersOf(event),
      ],
    );
  }

  /**
   * Takes the interaction's record of the other kind of code, by which the same user was recovered too, inside
   * `transaction`: of a saved code where `wasSent`, else of one that was sent. Null when there is none.
   */
  async takeOther(
    interactionId: InteractionId,
    userId: UserId,
    wasSent: boolean,
    transaction: EntityManager,
  ): Promise<{ sentTo?: Identifier } | null> {
    const [rows] = await transaction.query<[{ request: Partial<RecoveryRequest> }[], number]>(
      `DELETE FROM ${this.tables}verification_records r
        WHERE interaction_id = $1 AND user_id = $2 AND ceremony = 'recovery' AND status = 'verified'
          AND expires_at > now() AND (request ? 'countedFor') <> $3
          AND ${isNotVoid(this.tables, 'r')}
       RETURNING request`,
      [interactionId, userId, wasSent],
    );
    return rows[0]?.request ?? null;
  }

  /** Whether whoever registers has proved the address in this interaction. */
  async hasProved(
    { interactionId, rpId }: Omit<RecoveryRecord, 'id'>,
    address: Identifier,
  ): Promise<boolean> {
    const [row] = await this.dataSource.query<unknown[]>(
      `SELECT FROM ${this.tables}verification_records WHERE ${PROOF_OF_ADDRESS} LIMIT 1`,
      [interactionId, rpId, JSON.stringify({ sentTo: address })],
    );
    return row !== undefined;
  }

  /** The same, and takes the proofs, in `transaction`. */
  async takeProofs(
    { interactionId, rpId }: Omit<RecoveryRecord, 'id'>,
    address: Identifier,
    transaction: EntityManager,
  ): Promise<boolean> {
    const [, taken] = await transaction.query<[unknown[], number]>(
      `DELETE FROM ${this.tables}verification_records WHERE ${PROOF_OF_ADDRESS}`,
      [interactionId, rpId, JSON.stringify({ sentTo: address })],
    );
    return taken > 0;
  }

  /** What was asked with a pending record, and for whom; null when there is none. */
  async pending({ interactionId, id, rpId }: RecoveryRecord): Promise<SentCode | null> {
    const [row] = await this.dataSource.query<SentCode[]>(
      `SELECT ceremony, user_id AS "userId", request FROM ${this.tables}verification_records
        WHERE interaction_id = $1 AND id = $2 AND rp_id = $3 AND ${OF_CODES} AND status = 'pending'
          AND expires_at > now()`,
      [interactionId, id, rpId],
    );
    return row ?? null;
  }

  /**
   * Tries a code, in one statement of `transaction`: right, the record is verified and the event recorded. Null when no
   * pending record is left.
   * @param codeHashes of the one code, under each secret
   * @param event of the record's user, whom only the statement knows
   */
  async trySent(
    { interactionId, id, rpId }: RecoveryRecord,
    codeHashes: Buffer[],
    ttl: number,
    event: AuditEvent,
    transaction: EntityManager,
  ): Promise<{ userId: UserId | null; verified: boolean } | null> {
    const [row] = await transaction.query<{ userId: UserId | null; verified: boolean }[]>(
      `WITH tried AS (
         UPDATE ${this.tables}verification_records r
            SET status = CASE WHEN challenge = ANY($4::bytea[]) AND NOT decoy THEN 'verified' ELSE status END,
                amr = CASE WHEN challenge = ANY($4::bytea[]) AND NOT decoy THEN ${BY_CODE} ELSE amr END,
                verified_at = CASE WHEN challenge = ANY($4::bytea[]) AND NOT decoy THEN now() END,
                expires_at = CASE WHEN challenge = ANY($4::bytea[]) AND NOT decoy THEN now() + $5 * interval '1 second'
                                  ELSE expires_at END
          WHERE interaction_id = $1 AND id = $2 AND rp_id = $3 AND ${OF_CODES}
            AND status = 'pending' AND expires_at > now()
            AND ${isNotVoid(this.tables, 'r')}
         RETURNING user_id, status = 'verified' AS verified),
       verified AS (SELECT user_id FROM tried WHERE verified),
       ${auditStatement(this.tables, 'verified', 6, { userId: 'verified.user_id' })}
       SELECT user_id AS "userId", verified FROM tried`,
      [interactionId, id, rpId, codeHashes, ttl, ...this.audit.parametersOf(event)],
    );
    return row ?? null;
  }
}
