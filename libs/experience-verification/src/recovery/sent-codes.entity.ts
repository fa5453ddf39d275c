import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { VerificationId } from '../webauthn/webauthn-types';

/**
 * Codes that were sent to an account within a day, and wrong tries of them. A crash of the database must not make the
 * counts begin afresh, so that the table is logged, unlike those of the rate limits.
 */
@Entity('sent_codes')
export class SentCodeCounts {
  /** Hash of the user's id, or of an identifier that nobody has. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'sent_codes_pkey' })
  key!: Buffer;

  /** Record of the code that was sent last: earlier ones are void. */
  @Column('uuid', { name: 'verification_id' })
  verificationId!: VerificationId;

  /** Of the last day, in their order. */
  @Column('timestamptz', { array: true })
  sends!: Date[];

  /** Of the last 15 minutes, in their order. */
  @Column('timestamptz', { name: 'wrong_tries', array: true, default: '{}' })
  wrongTries!: Date[];

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
